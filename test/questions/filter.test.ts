import { describe, expect, it } from 'vitest';
import type { CallFilter } from '../../src/calls/filter.ts';
import { type FilteredCall, passesFilter } from '../../src/questions/filter.ts';

const call: FilteredCall = {
  callerNo: '013800000990',
  calleeNo: '31045665',
  callerKey: 'tel:+8613800000990',
  mediaType: 53,
  subMediaType: 2,
  waitBeginAt: 1_000_000,
  callEndAt: 1_030_000,
};
const passes = (filter: CallFilter, changes: Partial<FilteredCall> = {}) =>
  passesFilter({ ...call, ...changes }, filter);

describe('a filter', () => {
  it('that says nothing lets every call pass', () => {
    expect(passes({})).toBe(true);
  });

  it.each([
    ['013800000990', true],
    ['8613800000990', true],
    ['13800000990', false],
    ['0138*', true],
    ['8613*', true],
    ['*0990', true],
    ['*0000*', true],
    ['*8888*', false],
    ['0990*', false],
    ['*0138', false],
  ])('of caller %s is met: %s', (caller, met) => {
    expect(passes({ caller })).toBe(met);
  });

  it('compares digits, however the contact centre writes the number', () => {
    expect(passes({ caller: '0138*' }, { callerNo: '(0138) 0000-0990', callerKey: null })).toBe(true);
    expect(passes({ callee: '310*' }, { calleeNo: '+310 456' })).toBe(true);
  });

  it('of a caller is not met by a call without a number', () => {
    expect(passes({ caller: '8888*' }, { callerNo: '', callerKey: null })).toBe(false);
  });

  it('of a callee looks at the called number alone', () => {
    expect(passes({ callee: '31045665' })).toBe(true);
    expect(passes({ callee: '0138*' })).toBe(false);
  });

  it('of media is met by any of them, and by every platform where none is named', () => {
    expect(passes({ media: [{ mediaType: 53, subMediaType: null }] })).toBe(true);
    expect(passes({ media: [{ mediaType: 53, subMediaType: 3 }] })).toBe(false);
    expect(
      passes({
        media: [
          { mediaType: 5, subMediaType: null },
          { mediaType: 53, subMediaType: 2 },
        ],
      }),
    ).toBe(true);
    expect(passes({ media: [{ mediaType: 5, subMediaType: null }] }, { mediaType: null })).toBe(false);
  });

  it('of waiting is met by longer waits, not by the same', () => {
    expect(passes({ waitOverMs: 29_999 })).toBe(true);
    expect(passes({ waitOverMs: 30_000 })).toBe(false);
  });

  it('must be met in every part', () => {
    expect(passes({ caller: '0138*', waitOverMs: 60_000 })).toBe(false);
  });

  it('leaves the state of the callback to others', () => {
    expect(passes({ state: 'done' })).toBe(true);
  });
});
