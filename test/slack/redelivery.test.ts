import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Log, silentLog } from '../../src/log.ts';
import {
  createRedeliveries,
  type Deliveries,
  markOfEnvelope,
  markOfEvent,
  markOfRequest,
} from '../../src/slack/redelivery.ts';
import { movableClock } from '../sandbox/slack/harness.ts';

const HOUR = 60 * 60_000;

function memoryDeliveries(): Deliveries {
  const known = new Map<string, number>();
  return {
    async remember(id, now) {
      if (known.has(id)) return false;
      known.set(id, now);
      return true;
    },
    async removeOlderThan(at) {
      const old = [...known].filter(([, then]) => then < at);
      for (const [id] of old) known.delete(id);
      return old.length;
    },
  };
}

function open(deliveries = memoryDeliveries(), log: Log = silentLog) {
  const clock = movableClock();
  return { clock, deliveries, ...createRedeliveries(deliveries, clock, log) };
}

const envelope = (envelope_id: string) => ({ ...markOfEnvelope({ envelope_id }) });
const request = (body: string, headers = {}) => ({
  ...markOfRequest({ rawBody: Buffer.from(body), headers }),
});
const retried = { 'x-slack-retry-num': '1' };

describe('a delivery of Slack’s', () => {
  it('is a repeat when its envelope has come before, to this desk or to another one', async () => {
    const { isRepeat, deliveries } = open();
    expect(await isRepeat(envelope('one'))).toBe(false);
    expect(await isRepeat(envelope('two'))).toBe(false);
    expect(await isRepeat(envelope('one'))).toBe(true);
    expect(await open(deliveries).isRepeat(envelope('two'))).toBe(true);
  });

  it('is a repeat when its request has come before, and says that it is one', async () => {
    const { isRepeat, deliveries } = open();
    expect(await isRepeat(request('text=159'))).toBe(false);
    expect(await isRepeat(request('text=159', retried))).toBe(true);
    expect(await open(deliveries).isRepeat(request('text=159', retried))).toBe(true);
  });

  it('is a repeat when its event has come before, in another envelope or request', async () => {
    const { isRepeat } = open();
    expect(await isRepeat(markOfEvent({ event_id: 'Ev1' }))).toBe(false);
    expect(await isRepeat(markOfEvent({ event_id: 'Ev1' }))).toBe(true);
    expect(await isRepeat(markOfEvent({ event_id: 'Ev2' }))).toBe(false);
  });

  it('is none when somebody types the same again, or when the first one never came', async () => {
    const { isRepeat } = open();
    expect(await isRepeat(request('text=159'))).toBe(false);
    expect(await isRepeat(request('text=159'))).toBe(false);
    expect(await isRepeat(request('text=160', retried))).toBe(false);
  });

  it('is none without a mark', async () => {
    const { isRepeat } = open();
    for (const none of [markOfEnvelope({}), markOfEvent({}), {}, {}])
      expect(await isRepeat(none)).toBe(false);
  });

  it('is done when the database does not say, since somebody waits for it', async () => {
    const warned: string[] = [];
    const log: Log = { ...silentLog, warn: (_, message) => void warned.push(message) };
    const remember = () => Promise.reject(new Error('no such table'));
    const { isRepeat } = open({ ...memoryDeliveries(), remember }, log);
    expect([await isRepeat(envelope('one')), await isRepeat(envelope('one'))]).toEqual([false, false]);
    expect(warned).toHaveLength(2);
  });

  it('is forgotten after an hour', async () => {
    const { clock, deliveries, forgetting, isRepeat } = open();
    await isRepeat(envelope('one'));
    clock.move(HOUR + 1);
    await isRepeat(envelope('two'));
    const forgot = vi.spyOn(deliveries, 'removeOlderThan');
    onTestFinished(() => forgetting.stop());
    forgetting.start();
    await vi.waitFor(() => expect(forgot).toHaveResolvedWith(1));
    expect(await isRepeat(envelope('two'))).toBe(true);
    expect(await isRepeat(envelope('one'))).toBe(false);
  });
});
