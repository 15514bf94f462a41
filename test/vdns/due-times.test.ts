import { describe, expect, it } from 'vitest';
import type { Callback } from '../../src/callbacks/callback.ts';
import { HOUR_MS } from '../../src/calls/wall-time.ts';
import { createDueTimes } from '../../src/vdns/due-times.ts';
import { unsetSettings, type VdnSettings } from '../../src/vdns/settings.ts';
import { at, callback } from '../slack/messages/examples.ts';

const support = unsetSettings({ number: 159, name: 'Support', timeZone: 'Asia/Shanghai', country: 'CN' });
const workday = [{ from: 9 * 60, to: 18 * 60 }];
/** Two hours of open time, Monday to Friday from 9 to 18; 23 November 2026 is a Monday. */
const measured: VdnSettings = {
  ...support,
  week: [workday, workday, workday, workday, workday, [], []],
  targetMs: 2 * HOUR_MS,
};

function dues(
  settings: VdnSettings | undefined,
  missedAt: number | undefined,
  now: number,
  ...all: Callback[]
) {
  const times = createDueTimes({
    settingsOf: async () => settings,
    callbacks: {
      missedSince: async (_, ids) => new Map(missedAt === undefined ? [] : ids.map((id) => [id, missedAt])),
    },
    clock: { now: () => now },
  });
  return times.of('T01', all);
}

describe('when a caller is due', () => {
  it('counts the target in open time, over night and over the weekend', async () => {
    const of = async (missedAt: number) => (await dues(measured, missedAt, 0, callback('open'))).get(7)?.at;
    expect(await of(at('10:00'))).toBe(at('12:00'));
    expect(await of(at('17:00'))).toBe(at('10:00', '2026-11-24'));
    expect(await of(at('17:00', '2026-11-27'))).toBe(at('10:00', '2026-11-30'));
    expect(await of(at('12:00', '2026-11-28'))).toBe(at('11:00', '2026-11-30'));
  });

  it('counts no holiday', async () => {
    const holidays = [{ date: '2026-11-30', open: [] }];
    const due = await dues({ ...measured, holidays }, at('17:00', '2026-11-27'), 0, callback('open'));
    expect(due.get(7)).toEqual({ at: at('10:00', '2026-12-01'), overdue: false });
  });

  it('is late from that moment on', async () => {
    const late = async (now: number) =>
      (await dues(measured, at('10:00'), now, callback('claimed'))).get(7)?.overdue;
    expect([await late(at('12:00') - 1), await late(at('12:00'))]).toEqual([false, true]);
  });

  it('is said of nobody who was called back or tried, nor where there is no target, nor where it never opens', async () => {
    const tried = callback('claimed', { attempts: 1 });
    expect(await dues(measured, at('10:00'), 0, callback('done'), tried)).toEqual(new Map());
    expect(await dues(support, at('10:00'), 0, callback('open'))).toEqual(new Map());
    expect(await dues(undefined, at('10:00'), 0, callback('open'))).toEqual(new Map());
    const closed = { ...measured, week: [[], [], [], [], [], [], []] };
    expect(await dues(closed, at('10:00'), 0, callback('open'))).toEqual(new Map());
  });

  it('counts from its opening where its calls are no longer kept', async () => {
    expect((await dues(measured, undefined, 0, callback('open'))).get(7)?.at).toBe(at('11:12'));
  });
});
