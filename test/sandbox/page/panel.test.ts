import { describe, expect, it, onTestFinished } from 'vitest';
import { faultSchema } from '../../../src/sandbox/cms/fault.ts';
import { createFaults } from '../../../src/sandbox/cms/faults.ts';
import { startContactCentre } from '../../../src/sandbox/cms/server.ts';
import { FAULT_MENU, faultLabel } from '../../../src/sandbox/page/client/fault-menu.ts';
import { ringsFor, WAYS_TO_RING } from '../../../src/sandbox/page/rings.ts';
import { letTalk, WAYS_TO_TALK } from '../../../src/sandbox/page/talks.ts';

const menu = FAULT_MENU.flatMap(({ faults }) => faults);

describe('the panel of the contact centre', () => {
  it('offers every way in which the stand-in can fail', () => {
    const kinds = faultSchema.options.map(({ shape }) => shape.kind.value);
    expect(new Set(menu.map(({ fault }) => fault.kind))).toEqual(new Set(kinds));
  });

  it('calls each fault by its own name, also after it was made', () => {
    expect(new Set(menu.map(({ label }) => label)).size).toBe(menu.length);
    const faults = createFaults();
    for (const { fault } of menu) faults.add(fault);
    expect(faults.active().map(({ fault }) => faultLabel(fault))).toEqual(menu.map(({ label }) => label));
  });

  it('lets other callers ring at each click, and one caller three times where that is asked', () => {
    const numbers = [...ringsFor('once'), ...ringsFor('burst'), ...ringsFor('once')].map(
      (call) => call.callerNo,
    );
    expect(new Set(numbers).size).toBe(8);
    expect(new Set(ringsFor('repeat').map(({ callerNo }) => callerNo)).size).toBe(1);
    expect(ringsFor('repeat')).toHaveLength(3);
  });

  it('lets whoever was missed last be called back, or answered, or nearly so', async () => {
    const clock = { now: () => Date.parse('2026-11-23T10:40:00Z') };
    const centre = await startContactCentre({ clock, accessKey: 'A', secretKey: 'S', seed: null });
    onTestFinished(() => centre.close());
    expect(() => letTalk(centre, 7, 'called')).toThrow('Nobody');
    const [call] = ringsFor('once');
    centre.calls.ring({ vdn: 7, ...call });
    centre.calls.ring({ vdn: 7, callerNo: '' });
    for (const how of WAYS_TO_TALK) letTalk(centre, 7, how);
    const heard = centre.talks
      .list(7)
      .map(({ isCallIn, callerNo, calleeNo, answeredAt, endedAt }) => [
        isCallIn,
        isCallIn ? callerNo : calleeNo,
        endedAt - (answeredAt ?? 0),
      ]);
    expect(heard).toEqual(
      expect.arrayContaining([
        [false, call?.callerNo, 120_000],
        [true, call?.callerNo, 90_000],
        [false, call?.callerNo, 4_000],
      ]),
    );
  });

  it('uses numbers alone that nobody has', () => {
    for (const how of WAYS_TO_RING)
      for (const { callerNo } of ringsFor(how))
        expect(callerNo).toMatch(/^$|^44\d+(?:496|7946)0\d{3}$|^441914980\d{3}$|^1000000000000\d{6}$/);
  });
});
