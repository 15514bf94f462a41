import { describe, expect, it } from 'vitest';
import { chooseVdn } from '../../src/grammar/choose-vdn.ts';

const support = { number: 159, name: 'Support' };
const sales = { number: 160, name: 'Sales' };
const unsaid = { vdn: null, vdnSpan: null, text: 'today' };
const said = (vdn: number) => ({ vdn, vdnSpan: { start: 0, end: 3 }, text: `${vdn} today` });

describe('the VDN that is meant', () => {
  it('is the one that was said', () => {
    const choices = { known: [support, sales], subscribedInChannel: [160] };
    expect(chooseVdn(said(159), choices)).toEqual({ ok: true, value: 159 });
  });

  it('is any that was said where none are named', () => {
    expect(chooseVdn(said(777), { known: [], subscribedInChannel: [] })).toEqual({ ok: true, value: 777 });
  });

  it('is not one that the workspace has not named: the error points at it and lists those that it has', () => {
    expect(chooseVdn(said(777), { known: [support, sales], subscribedInChannel: [] })).toEqual({
      ok: false,
      error: {
        code: 'vdn-unknown',
        span: { start: 0, end: 3 },
        found: '777',
        expected: ['vdn 159', 'vdn 160'],
        vdns: [support, sales],
      },
    });
  });

  it('is the only one there is, when none was said', () => {
    expect(chooseVdn(unsaid, { known: [support], subscribedInChannel: [] })).toEqual({
      ok: true,
      value: 159,
    });
  });

  it('is the one that the channel is subscribed to', () => {
    const choices = { known: [support, sales], subscribedInChannel: [160, 160] };
    expect(chooseVdn(unsaid, choices)).toEqual({ ok: true, value: 160 });
    expect(chooseVdn(unsaid, { known: [], subscribedInChannel: [42] })).toEqual({ ok: true, value: 42 });
  });

  it('must be said where there are several', () => {
    const several = chooseVdn(unsaid, { known: [support, sales], subscribedInChannel: [159, 160] });
    expect(several).toMatchObject({
      ok: false,
      error: { code: 'vdn-needed', span: { start: 5, end: 5 }, found: '', vdns: [support, sales] },
    });
  });

  it('must be said where none is known, and the error shows how', () => {
    expect(chooseVdn(unsaid, { known: [], subscribedInChannel: [] })).toMatchObject({
      ok: false,
      error: { code: 'vdn-needed', expected: ['vdn 159'], vdns: [] },
    });
  });

  it('is not one that the channel is still subscribed to and the workspace no longer names', () => {
    const choices = { known: [support, sales], subscribedInChannel: [777] };
    expect(chooseVdn(unsaid, choices)).toMatchObject({ ok: false, error: { code: 'vdn-needed' } });
  });
});
