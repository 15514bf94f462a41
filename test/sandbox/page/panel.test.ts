import { describe, expect, it } from 'vitest';
import { faultSchema } from '../../../src/sandbox/cms/fault.ts';
import { createFaults } from '../../../src/sandbox/cms/faults.ts';
import { FAULT_MENU, faultLabel } from '../../../src/sandbox/page/client/fault-menu.ts';
import { ringsFor, WAYS_TO_RING } from '../../../src/sandbox/page/rings.ts';

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

  it('uses numbers alone that nobody has', () => {
    for (const how of WAYS_TO_RING)
      for (const { callerNo } of ringsFor(how))
        expect(callerNo).toMatch(/^$|^44\d+(?:496|7946)0\d{3}$|^441914980\d{3}$|^1000000000000\d{6}$/);
  });
});
