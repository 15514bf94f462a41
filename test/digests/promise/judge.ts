import type { RungCall } from './centre.ts';
import { MINUTE } from './history.ts';
import { slotFrom } from './slots.ts';
import type { Life, Message, World } from './world.ts';

/** The latest of two desks' clocks, and of one that is put right. */
const CLOCKS_DIFFER_MS = 6 * MINUTE;
/** What ends and appears within that is found by the overlap of the next sync, however old the look-back is. */
const SOON_MS = 110 * MINUTE;
/** A failure before may have put off a run that is due; no longer than to the next try. */
const RETRY_MS = 16 * MINUTE;
/** A window that does not hold still is read so often. */
const READINGS = 4;

/** What is wrong with what the channels were told; nothing where every promise was kept. */
export async function judge(world: World): Promise<string[]> {
  const messages = await world.messages();
  const complaints = [...world.complaints];
  for (const life of world.lives) {
    const own = messages.filter(
      ({ subscriptionId, seq }) =>
        subscriptionId === life.subscriptionId && seq > life.afterSeq && seq <= life.lastSeq,
    );
    const said = own.filter(({ state }) => state !== 'failed');
    const found = [
      ...judgeCalls(world, life, own),
      ...judgeTime(world, life, own),
      ...judgeNotices(said),
      ...judgeGaps(world, own),
      ...said.flatMap((message) => judgeFigures(world, life, message)),
    ];
    complaints.push(
      ...found.map((complaint) => `#${life.number} (since ${clock(life.beganAt)}) ${complaint}`),
    );
  }
  return complaints;
}

const isDigest = ({ kind }: Message) => kind === 'digest';
const clock = (at: number) => new Date(at).toISOString().slice(5, 19).replace('T', ' ');

/** Told is what belongs to it, each call once. */
function judgeCalls({ centre }: World, life: Life, own: Message[]): string[] {
  const complaints: string[] = [];
  const byId = new Map(centre.calls.map((call) => [call.callId, call]));
  const told = own.filter(({ state }) => state !== 'failed').flatMap(({ calls }) => calls);
  for (const [callId, times] of Map.groupBy(told, (id) => id)) {
    const call = byId.get(callId);
    if (times.length > 1) complaints.push(`was told ${callId} ${times.length} times`);
    if (!call || !belongs(call, life)) complaints.push(`was told ${callId}, which is none of its calls`);
  }
  // Refused, and then a person ended it: nobody is owed those any more.
  const refused = new Set(own.filter(({ state }) => state === 'failed').flatMap(({ calls }) => calls));
  for (const call of centre.calls.filter((one) => belongs(one, life) && isOwed(one, life))) {
    const excused = life.endedAt !== Number.POSITIVE_INFINITY && refused.has(call.callId);
    if (!told.includes(call.callId) && !excused) complaints.push(`was never told ${call.callId}`);
  }
  return complaints;
}

const belongs = (call: RungCall, { vdn, startsAt }: Life) => call.vdn === vdn && call.callEndAt >= startsAt;

/** At the end of the world everything is; of a life that a person ended, what was stored when its last run began. */
const isOwed = (call: RungCall, life: Life) =>
  call.storedAt + CLOCKS_DIFFER_MS < life.toldUntil || life.endedAt === Number.POSITIVE_INFINITY;

/** While nothing is wrong, a call is told by the first run after it could be seen. */
function judgeTime(world: World, life: Life, own: Message[]): string[] {
  const digests = own.filter(isDigest);
  return world.centre.calls
    .filter((call) => belongs(call, life))
    .flatMap((call) => {
      // One of two desks may run the slot before, by its clock, although the call could not be seen yet.
      const seenAt = call.appearsAt + world.firstToKnowMs;
      const index = life.schedules.findLastIndex(({ fromAt }) => fromAt <= seenAt);
      const inForce = life.schedules[index];
      if (!inForce || seenAt - call.waitBeginAt > SOON_MS) return [];
      const slotAt = slotFrom(inForce.schedule, seenAt, inForce.timeZone);
      const untilAt = slotAt + RETRY_MS + longestReadingMs(world);
      const changesAt = life.schedules[index + 1]?.fromAt ?? life.endedAt;
      const troubled = world.troubles.some(
        ({ fromAt, toAt }) => fromAt <= untilAt && toAt >= seenAt - 2 * RETRY_MS,
      );
      const refused = world.pauses.some(
        ({ subscriptionId, fromAt, toAt }) =>
          subscriptionId === life.subscriptionId && fromAt <= untilAt && toAt >= seenAt - 2 * RETRY_MS,
      );
      if (changesAt <= untilAt || untilAt > world.time.at || troubled || refused) return [];
      const inTime = digests.some(
        ({ calls, writtenAt }) => calls.includes(call.callId) && writtenAt <= untilAt,
      );
      return inTime ? [] : [`was not told ${call.callId} by ${clock(slotAt)}`];
    });
}

/** How long the pages of one VDN take at most, where each desk reads all of them again and again, one after the other. */
function longestReadingMs({ centre, history }: World): number {
  const { pageSize, pageMs, doubles } = history.centre;
  const pages = Math.ceil((centre.calls.length * (doubles ? 2 : 1)) / pageSize);
  return pages * pageMs * READINGS * history.desks;
}

/** "No data" once, then "it is back" once. */
function judgeNotices(said: Message[]): string[] {
  const kinds = said.map(({ kind }) => kind).filter((kind) => kind !== 'digest');
  return kinds.flatMap((kind, n) => {
    const expected = kinds[n - 1] === 'source-down' ? 'source-back' : 'source-down';
    return kind === expected ? [] : [`was told ${kind} where ${expected} was to come`];
  });
}

/** A digest says that there was a gap where there was one, and only there. (That of an absence is owed from its end on: see play.ts.) */
function judgeGaps({ absences }: World, own: Message[]): string[] {
  let backAt: number | null = null;
  let refused = false;
  let refusedCalls = false;
  return own.flatMap(({ kind, state, data, seq, writtenAt, calls }) => {
    if (state === 'failed') {
      refused = true;
      refusedCalls ||= calls.length > 0;
      return [];
    }
    // It comes just before its digest; alone where nothing was missed.
    if (kind === 'source-back') backAt = writtenAt;
    if (kind !== 'digest') return [];
    const cause = data.gap?.cause ?? null;
    const sinceAt = data.gap?.sinceAt ?? 0;
    const away = absences.some(({ fromAt }) => Math.abs(fromAt - sinceAt) <= CLOCKS_DIFFER_MS);
    const back = backAt === writtenAt;
    const wrong =
      (refusedCalls && cause !== 'paused' && 'it was paused') ||
      (back && cause === null && 'there was no data') ||
      (cause === 'paused' && !refused && 'it was not paused') ||
      (cause === 'no-data' && !back && 'there was data') ||
      (cause === 'offline' && !away && 'the desk was there');
    refused = refusedCalls = false;
    return wrong ? [`was sent message ${seq}, whose gap is ${cause}, but ${wrong}`] : [];
  });
}

function judgeFigures({ centre }: World, { schedules }: Life, message: Message): string[] {
  const { kind, data, calls, figures, seq } = message;
  if (kind !== 'digest') return [];
  if (figures === null) {
    const allClear = !data.manual && schedules.some(({ schedule }) => schedule.allClear);
    return allClear ? [] : [`was sent message ${seq}, which tells nothing`];
  }
  if (calls.length === 0) return [`was sent message ${seq}, which tells of no call`];
  const told = centre.calls.filter(({ callId }) => calls.includes(callId));
  const numbers = told.map(({ callerNo }) => callerNo).filter((callerNo) => callerNo !== '');
  const expected = {
    calls: calls.length,
    callers: new Set(numbers).size,
    withoutNumber: told.length - numbers.length,
    longestWaitMs: Math.max(...told.map(({ waitBeginAt, callEndAt }) => callEndAt - waitBeginAt)),
  };
  const differs = Object.entries(expected).some(
    ([name, value]) => figures[name as keyof typeof figures] !== value,
  );
  return differs ? [`was sent message ${seq} with figures that are not those of its calls`] : [];
}
