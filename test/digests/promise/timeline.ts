import type { Schedule } from '../../../src/digests/schedule.ts';
import { type History, HOUR, MINUTE, type Step, vdnOf } from './history.ts';
import type { World } from './world.ts';

/** A history as people read it: what happened when (true time, UTC), and what was said when (the desk's time). */
export async function timelineOf(world: World): Promise<string> {
  const { history } = world;
  const { desks, centre, zones, startAt } = history;
  let at = startAt;
  const lines = history.steps.map((step) => {
    at += step.afterMs;
    return { at, text: described(step) };
  });
  for (const call of world.centre.calls) {
    const late = call.appearsAt > call.callEndAt ? `, seen ${clock(call.appearsAt)}` : '';
    const text = `  ${call.callId} of VDN ${call.vdn} ends after ${span(call.callEndAt - call.waitBeginAt)}${late}`;
    lines.push({ at: call.callEndAt, text });
  }
  for (const { writtenAt, subscriptionId, kind, state, seq, calls, data } of await world.messages()) {
    const gap = data.gap ? ` gap ${data.gap.cause}` : '';
    const text = `    → message ${seq} (${state}) of subscription ${subscriptionId}: ${kind}${gap} ${calls.join(', ')}`;
    lines.push({ at: writtenAt, text });
  }
  const head = `${desks} desk(s), VDNs in ${zones.join(' and ')}, contact centre ${JSON.stringify(centre)}`;
  const body = lines.sort((a, b) => a.at - b.at).map((line) => `${clock(line.at)} ${line.text}`);
  return [head, ...body].join('\n');
}

const clock = (at: number) => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

function described(step: Step): string {
  const { what } = step;
  switch (what) {
    case 'calls':
      return `${step.calls.length} calls at VDN ${vdnOf(step.vdn)}`;
    case 'subscribe':
      return `C${step.channel + 1} subscribes to VDN ${vdnOf(step.vdn)} ${scheduleText(step.schedule)}`;
    case 'change':
      return `subscription ${step.which} (by remainder) changes to ${scheduleText(step.schedule)}${soon(step)}`;
    case 'pause':
    case 'resume':
    case 'remove':
      return `${what} subscription ${step.which} (by remainder)`;
    case 'now':
      return `now, subscription ${step.which} (by remainder)${soon(step)}`;
    case 'question':
      return `a question about VDN ${vdnOf(step.vdn)}, ${span(step.lengthMs)} from ${span(step.fromBackMs)} ago${soon(step)}`;
    case 'zone':
      return `VDN ${vdnOf(step.vdn)} is said to be in ${step.timeZone}`;
    case 'weather':
      return `the contact centre: ${step.weather}`;
    case 'away':
      return `no desk for ${span(step.ms)}${step.clean ? ', stopped in good order' : ''}`;
    case 'crash':
      return `a desk dies ${step.before ? 'before' : 'after'} operation ${step.atOp} from now, for ${span(step.awayMs)}`;
    case 'database-fails':
      return `operation ${step.atOp} from now fails`;
    case 'refuse':
    case 'mend':
      return `Slack: ${what} C${step.channel + 1}`;
    case 'slack':
      return `Slack takes ${step.takes ? 'messages' : 'no messages'}`;
    case 'clock':
      return `the desks' clock is ahead by ${span(step.aheadMs)}`;
  }
}

const soon = ({ meanwhile }: { meanwhile: boolean }) => (meanwhile ? ', with the next runs' : '');

const span = (ms: number): string => {
  const sign = ms < 0 ? '-' : '';
  const hours = Math.floor(Math.abs(ms) / HOUR);
  const minutes = Math.floor((Math.abs(ms) % HOUR) / MINUTE);
  const seconds = (Math.abs(ms) % MINUTE) / 1000;
  return `${sign}${hours}:${String(minutes).padStart(2, '0')}:${String(seconds).padStart(2, '0')}`;
};

function scheduleText({ every, weekdays, hours, allClear }: Schedule): string {
  const often =
    'minutes' in every ? `every ${every.minutes}m` : `daily ${every.dailyAt.hour}:${every.dailyAt.minute}`;
  return [often, weekdays && 'weekdays', hours && `${hours.from}-${hours.to}`, allClear && 'all-clear']
    .filter(Boolean)
    .join(' ');
}

export type { History };
