import { beforeEach, describe, expect, it } from 'vitest';
import { SourceError } from '../../src/calls/source.ts';
import { createErasureStore } from '../../src/storage/erasure-store.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from './scripted-centre.ts';
import { everything, NINE, type SyncDesk, syncDesk, TEAM, VDN } from './sync-desk.ts';

let desk: SyncDesk;
beforeEach(async () => {
  desk = await syncDesk();
  desk.centre.pageSize = 3;
});

const ringMany = (count: number, vdn = VDN) => {
  for (let n = 1; n <= count; n++) desk.centre.ring(`call ${n}`, NINE - n * MINUTE_MS, { vdn });
};

describe('reading a window', () => {
  it('stores each page as it comes', async () => {
    ringMany(7);
    const storedBefore: number[] = [];
    desk.centre.beforePage = async () => {
      storedBefore.push((await desk.stored()).length);
    };
    const report = await desk.due();
    expect(storedBefore).toEqual([0, 3, 6]);
    expect(report).toEqual({
      complete: true,
      endAt: NINE,
      fetched: 7,
      inserted: 7,
      malformed: 0,
      outsideWindow: 0,
    });
  });

  it('asks for the next page while one is being stored', async () => {
    ringMany(7);
    const askedAgain = Promise.withResolvers<void>();
    desk.centre.beforePage = async (number) => {
      if (number === 1) askedAgain.resolve();
    };
    const { calls } = desk;
    const insertNew: typeof calls.insertNew = async (...page) => {
      await askedAgain.promise;
      return await calls.insertNew(...page);
    };
    const sync = desk.restarted({ calls: { ...calls, insertNew } });
    const report = await sync.due({ teamId: TEAM, vdn: VDN, neededFromAt: NINE });
    expect(report).toMatchObject({ complete: true, inserted: 7 });
  });

  it('has stored what it has read before it fails', async () => {
    ringMany(7);
    const events: string[] = [];
    const { promise: failed, resolve } = Promise.withResolvers<void>();
    desk.centre.beforePage = async (number) => {
      if (number === 0) return;
      setImmediate(resolve);
      throw new SourceError('unreachable', 'The contact centre is gone');
    };
    const { calls } = desk;
    const insertNew: typeof calls.insertNew = async () => {
      await failed;
      events.push('stored');
      return 3;
    };
    const sync = desk.restarted({ calls: { ...calls, insertNew } });
    await sync.due({ teamId: TEAM, vdn: VDN, neededFromAt: NINE }).catch(() => events.push('failed'));
    expect(events).toEqual(['stored', 'failed']);
  });

  it('says of each page that it has come', async () => {
    ringMany(7);
    let came = 0;
    const onPage = () => void came++;
    await desk.sync.range({ teamId: TEAM, vdn: VDN, fromAt: NINE - HOUR_MS, toAt: NINE, onPage });
    expect(came).toBe(3);
  });

  it('stores nothing twice', async () => {
    ringMany(7);
    await desk.due();
    const report = await desk.due();
    expect(report.fetched).toBe(7);
    expect(report.inserted).toBe(0);
    expect(await desk.stored()).toHaveLength(7);
  });

  it('counts rows that could not be read, and is complete without them', async () => {
    ringMany(7);
    desk.centre.malformed = 2;
    expect(await desk.due()).toMatchObject({ complete: true, fetched: 7, malformed: 2 });
    expect(desk.centre.asked).toHaveLength(1);
  });

  it("reads numbers in the VDN's country", async () => {
    await desk.vdns.seed(TEAM, [{ number: VDN, name: null, timeZone: null, country: 'CN' }]);
    desk.centre.ring('a', NINE - MINUTE_MS, { callerNo: '138 0013 8000' });
    desk.centre.ring('b', NINE - MINUTE_MS, { vdn: 160, callerNo: '138 0013 8000' });
    await desk.due();
    await desk.due(NINE, 160);
    const keys = async (vdn: number) =>
      (await desk.calls.inWindow(TEAM, vdn, everything)).map((c) => c.callerKey);
    expect(await keys(VDN)).toEqual(['tel:+8613800138000']);
    expect(await keys(160)).toEqual(['num:13800138000']);
  });

  it('keeps the times as they came beside what was derived from them', async () => {
    desk.centre.ring('a', NINE - MINUTE_MS);
    await desk.due();
    const [call] = await desk.calls.inWindow(TEAM, VDN, everything);
    expect(call).toMatchObject({
      waitBeginRaw: '2026-11-23 08:59:00',
      callEndRaw: '2026-11-23 08:59:20',
      waitBeginAt: NINE - MINUTE_MS,
      callEndAt: NINE - MINUTE_MS + 20_000,
    });
  });

  it('stores no call that is older than calls are kept, and none that was erased', async () => {
    const short = await syncDesk({ retentionMs: 30 * MINUTE_MS });
    short.centre.ring('too old', NINE - 31 * MINUTE_MS);
    short.centre.ring('kept', NINE - 29 * MINUTE_MS);
    await short.range(NINE - HOUR_MS);
    expect(await short.stored()).toEqual(['kept']);

    const caller = { teamId: TEAM, vdn: VDN, keys: ['num:13800138000'] };
    await createErasureStore(short.knex).erase(caller, { actorId: 'U1', now: NINE });
    await short.range(NINE - HOUR_MS);
    expect(await short.stored()).toEqual([]);
  });
});

describe('when the total moves between pages', () => {
  /** A call appears between the first two pages of each reading, for so many readings: every row behind it shifts. */
  const appearing = (readings: number) => {
    let appeared = 0;
    desk.centre.beforePage = (n) => {
      if (n !== 1 || appeared === readings) return;
      appeared++;
      desk.centre.ring(`new ${appeared}`, NINE - MINUTE_MS + appeared * SECOND_MS);
    };
  };

  it('it reads the same window again, until it holds still', async () => {
    ringMany(7);
    appearing(2);
    const report = await desk.due();
    expect(report).toMatchObject({ complete: true, fetched: 9, inserted: 9 });
    expect(desk.windows()).toEqual(Array(3).fill({ beginAt: NINE - 2 * HOUR_MS, endAt: NINE }));
    expect([...(await desk.stored())].sort()).toEqual(desk.centre.appeared().sort());
    expect(await desk.sync.completeUntil(TEAM, VDN)).toBe(NINE);
  });

  it('and keeps moving, it stores what all readings found, says so, and does not move the last end', async () => {
    ringMany(7);
    appearing(99);
    const report = await desk.due();
    expect(desk.centre.asked).toHaveLength(4);
    expect(report.complete).toBe(false);
    // The one that came during the last reading is not known to it; the three before it are.
    expect(await desk.stored()).toHaveLength(10);
    expect(report.inserted).toBe(10);
    expect(await desk.sync.completeUntil(TEAM, VDN)).toBeNull();
    expect(desk.warnings).toHaveLength(1);
  });

  it('it notices also where as many went as came', async () => {
    ringMany(7);
    let readings = 0;
    desk.centre.beforePage = (n) => {
      if (n === 0) readings++;
      if (n !== 1 || readings > 1) return;
      desk.centre.ring('new', NINE - 30 * SECOND_MS);
      desk.centre.forget('call 7');
    };
    expect(await desk.due()).toMatchObject({ complete: true, fetched: 7 });
    expect(readings).toBe(2);
    expect(await desk.stored()).toContain('new');
  });
});

describe('a total that is wrong', () => {
  const completeUntil = () => desk.sync.completeUntil(TEAM, VDN);

  it('because a page lists a call twice is complete at once', async () => {
    ringMany(2);
    desk.centre.ring('call 2', NINE - 2 * MINUTE_MS);
    expect(await desk.due()).toMatchObject({ complete: true, fetched: 2, inserted: 2 });
    expect(desk.centre.asked).toHaveLength(1);
    expect(desk.warnings).toEqual([]);
  });

  it('because two pages list a call, or of calls that it never lists, is believed no more when two readings agree', async () => {
    ringMany(4);
    desk.centre.ring('call 3', NINE - 3 * MINUTE_MS - SECOND_MS);
    expect(await desk.due()).toMatchObject({ complete: true, fetched: 4, inserted: 4 });
    expect(desk.centre.asked).toHaveLength(2);
    expect(await completeUntil()).toBe(NINE);

    desk.clock.at += MINUTE_MS;
    desk.centre.overcount = 5;
    expect(await desk.due()).toMatchObject({ complete: true, fetched: 4, inserted: 0 });
    expect(await completeUntil()).toBe(NINE + MINUTE_MS);
    expect(desk.warnings).toEqual([{ vdn: VDN, total: 5, listed: 4 }]);
  });

  it('is not told from one that is right by two readings of as many, but other calls', async () => {
    ringMany(4);
    await desk.due();
    // All are stored, so that none is new; each reading lacks another one.
    desk.centre.overcount = 1;
    let readings = 0;
    desk.centre.beforePage = (n) => {
      if (n > 0) return;
      if (readings > 0) desk.centre.ring(`call ${readings}`, NINE - readings * MINUTE_MS);
      desk.centre.forget(`call ${++readings}`);
    };
    expect(await desk.due()).toMatchObject({ complete: false, fetched: 3, inserted: 0 });
    expect(readings).toBe(4);
  });

  it('stays a reason to doubt where a page only repeats the one before: such a server ignores the offset', async () => {
    ringMany(5);
    desk.centre.ignoresOffset = true;
    expect(await desk.due()).toMatchObject({ complete: false, fetched: 3 });
    expect(await completeUntil()).toBeNull();
  });
});

describe('two syncs at once', () => {
  it('of one VDN follow each other, and of different VDNs do not wait', async () => {
    const log: string[] = [];
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    desk.centre.beforePage = async () => {
      const vdn = desk.centre.asked.at(-1)?.vdn;
      log.push(`asks for ${vdn}`);
      if (log.length === 1) await gate;
    };
    const first = desk.due(NINE);
    await new Promise((resolve) => setImmediate(resolve));
    const second = desk.range(NINE - HOUR_MS);
    await desk.due(NINE, 160);
    expect(log).toEqual([`asks for ${VDN}`, 'asks for 160']);
    open();
    await Promise.all([first, second]);
    expect(log).toEqual([`asks for ${VDN}`, 'asks for 160', `asks for ${VDN}`]);
  });

  it('share one run where they ask for the same and it has not begun', async () => {
    const [first, second, third] = [desk.due(), desk.due(), desk.due(NINE - HOUR_MS)];
    expect(await second).toBe(await first);
    await third;
    expect(desk.centre.asked).toHaveLength(2);
    await desk.due();
    expect(desk.centre.asked).toHaveLength(3);
  });

  it('do not share a run that has begun: it may have missed what is new', async () => {
    const { promise: asked, resolve: tellAsked } = Promise.withResolvers<void>();
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    desk.centre.beforePage = async () => {
      tellAsked();
      await gate;
    };
    const first = desk.due();
    await asked;
    const second = desk.due();
    open();
    expect(await second).not.toBe(await first);
    expect(desk.centre.asked).toHaveLength(2);
  });

  it('fail each by itself', async () => {
    let asked = 0;
    desk.centre.beforePage = () => {
      if (++asked === 1) throw new SourceError('unreachable', 'Connection reset');
    };
    const [first, second] = await Promise.allSettled([desk.due(NINE), desk.due(NINE - HOUR_MS)]);
    expect([first.status, second.status]).toEqual(['rejected', 'fulfilled']);
  });
});

describe('a sync that is called off', () => {
  it('stops at the next page and keeps what it has', async () => {
    ringMany(7);
    const stop = new AbortController();
    desk.centre.beforePage = (n) => {
      if (n === 1) stop.abort(new Error('Stopping'));
    };
    const called = desk.sync.due({ teamId: TEAM, vdn: VDN, neededFromAt: NINE, signal: stop.signal });
    await expect(called).rejects.toThrow('Stopping');
    expect(desk.centre.asked[0]?.signal?.aborted).toBe(true);
    expect(await desk.stored()).toHaveLength(3);
    expect(await desk.sync.completeUntil(TEAM, VDN)).toBeNull();
  });

  it('while it waits for its turn asks nobody, and takes nobody with it', async () => {
    const stop = new AbortController();
    const asked = { teamId: TEAM, vdn: VDN, neededFromAt: NINE };
    const both = [desk.sync.due(asked), desk.sync.due({ ...asked, signal: stop.signal })];
    stop.abort(new Error('Stopping'));
    const [first, second] = await Promise.allSettled(both);
    expect([first?.status, second?.status]).toEqual(['fulfilled', 'rejected']);
    expect(desk.centre.asked).toHaveLength(1);
  });
});
