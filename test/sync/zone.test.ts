import { describe, expect, it } from 'vitest';
import { zoneHint } from '../../src/sync/zone-hint.ts';
import { HOUR_MS, MINUTE_MS } from './scripted-centre.ts';
import { everything, NINE, type SyncDesk, syncDesk, TEAM, VDN } from './sync-desk.ts';

/** Rows as a contact centre writes them whose clock on the wall is so many hours ahead of UTC. */
const rows = (count: number, hours: number, menuMinutes = (n: number) => n % 5) =>
  Array.from({ length: count }, (_, n) => {
    const at = NINE + n * 7 * MINUTE_MS;
    const shown = at + menuMinutes(n) * MINUTE_MS + hours * HOUR_MS;
    return {
      callId: `${at / 1000}-${n}`,
      waitBegin: new Date(shown).toISOString().slice(0, 19).replace('T', ' '),
    };
  });

describe('what callIds say of the zone', () => {
  it.each([-10, -3, 0, 5.5, 5.75, 8, 13])('is found: %d hours', (hours) => {
    expect(zoneHint(rows(40, hours))).toBe(hours * HOUR_MS);
  });

  it('is found in spite of a few that stay long in the menu', () => {
    expect(zoneHint(rows(40, 8, (n) => (n % 20 === 0 ? 50 : 1)))).toBe(8 * HOUR_MS);
  });

  it('is found with the dates of the documented rows, which are not those of their callIds', () => {
    const documented = [
      { callId: '1668048253-16797218', waitBegin: '2022-11-17 23:44:13' },
      { callId: '1668050023-1859', waitBegin: '2022-11-17 00:13:43' },
    ];
    expect(zoneHint(documented)).toBeNull();
    expect(zoneHint(Array(6).fill(documented).flat())).toBe(-3 * HOUR_MS);
  });

  it('is nothing where rows are few, disagree, or have other ids', () => {
    expect(zoneHint(rows(9, 8))).toBeNull();
    expect(zoneHint([...rows(20, 8), ...rows(20, 2)])).toBeNull();
    expect(zoneHint(rows(40, 8).map((row, n) => ({ ...row, callId: `call-${n}` })))).toBeNull();
    expect(zoneHint([])).toBeNull();
  });
});

describe('a wrong CMS_TIME_ZONE', () => {
  /** Calls through the two hours before nine, a minute apart. */
  const ringMany = ({ centre }: SyncDesk, id: (at: number) => string) => {
    for (let n = 1; n <= 100; n++) centre.ring(id(NINE - n * MINUTE_MS), NINE - n * MINUTE_MS);
  };
  const byTime = (at: number) => `${at / 1000}-1`;
  const byName = (at: number) => `call ${at}`;

  it('is suspected when calls lie outside the window that was asked for: once, not once a sync', async () => {
    const desk = await syncDesk();
    desk.centre.timeZone = 'Asia/Shanghai';
    ringMany(desk, byName);
    expect((await desk.due()).outsideWindow).toBe(100);
    await desk.due();
    await desk.range(NINE - HOUR_MS);
    expect(desk.warnings).toEqual([
      {
        setting: 'CMS_TIME_ZONE',
        timeZone: 'UTC',
        finding: 'calls lie outside the window that was asked for',
        vdn: VDN,
        outsideWindow: 100,
      },
    ]);
  });

  it('is named, with what it looks like, where callIds agree', async () => {
    const desk = await syncDesk({ timeZone: 'America/Sao_Paulo' });
    desk.centre.timeZone = 'Asia/Shanghai';
    ringMany(desk, byTime);
    await desk.due();
    await desk.due();
    expect(desk.warnings).toMatchObject([
      { setting: 'CMS_TIME_ZONE', timeZone: 'America/Sao_Paulo', finding: 'its times look like UTC+08:00' },
    ]);
  });

  it.each(['UTC', 'Asia/Shanghai', 'Asia/Kathmandu', 'America/St_Johns'])(
    'is not suspected where it is right: %s',
    async (timeZone) => {
      const desk = await syncDesk({ timeZone });
      desk.centre.timeZone = timeZone;
      ringMany(desk, byTime);
      expect((await desk.due()).outsideWindow).toBe(0);
      expect(desk.warnings).toEqual([]);
    },
  );

  it('is not suspected in the night when clocks go back', async () => {
    const desk = await syncDesk({ timeZone: 'Europe/Berlin' });
    desk.centre.timeZone = 'Europe/Berlin';
    const repeated = Date.UTC(2026, 9, 25, 1);
    desk.centre.ring('second time 02:10', repeated + 10 * MINUTE_MS, { waitMs: 5 * MINUTE_MS });
    desk.clock.at = repeated + HOUR_MS;
    expect((await desk.range(repeated)).outsideWindow).toBe(0);
    const [call] = await desk.calls.inWindow(TEAM, VDN, everything);
    expect(call).toMatchObject({
      waitBeginAt: repeated + 10 * MINUTE_MS,
      callEndAt: repeated + 15 * MINUTE_MS,
    });
  });

  it('that is put right derives the stored times anew, once, and says so', async () => {
    const desk = await syncDesk();
    desk.centre.timeZone = 'Asia/Shanghai';
    desk.centre.ring('a', NINE - MINUTE_MS);
    await desk.sync.rederiveIfZoneChanged();
    await desk.due();
    desk.warnings.length = 0;

    const corrected = { timeZone: 'Asia/Shanghai' };
    await desk.restarted(corrected).rederiveIfZoneChanged();
    const [call] = await desk.calls.inWindow(TEAM, VDN, everything);
    expect(call).toMatchObject({ waitBeginAt: NINE - MINUTE_MS, callEndAt: NINE - MINUTE_MS + 20_000 });
    expect(desk.warnings).toEqual([
      { setting: 'CMS_TIME_ZONE', before: 'UTC', timeZone: 'Asia/Shanghai', changed: 1 },
    ]);

    await desk.restarted(corrected).rederiveIfZoneChanged();
    expect(desk.warnings).toHaveLength(1);
  });
});
