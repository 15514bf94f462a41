import { describe, expect, it } from 'vitest';
import { createGuide, type Deed } from '../../../src/sandbox/page/guide.ts';

const ticked = (...deeds: Deed[]) => {
  const guide = createGuide();
  for (const deed of deeds) guide.did(deed);
  return guide
    .shown()
    .steps.filter(({ done }) => done)
    .map(({ id }) => id);
};
const command = (text: string): Deed => ({ kind: 'command', text });
const claim: Deed = { kind: 'click', actionId: 'claim:7' };
const subscribe = command('/missed digest vdn 159 hourly');

describe('the first steps', () => {
  it('tick off what was done', () => {
    const deeds: Deed[] = [command('/missed 159 today'), claim, { kind: 'switch' }, subscribe];
    expect(ticked(...deeds, { kind: 'ring' }, { kind: 'clock' })).toEqual([
      'ask',
      'claim',
      'switch',
      'subscribe',
      'ring',
      'hour',
    ]);
  });

  it.each(['/missed', '/missed help', '/remind me', '/missed digest list', '/missed digest pause 1'])(
    'do not take %s for a question or a subscription',
    (text) => expect(ticked(command(text))).toEqual([]),
  );

  it('count an hour only when somebody waits for a digest, a colleague only when there is something to see', () => {
    expect(ticked({ kind: 'clock' }, { kind: 'switch' })).toEqual([]);
    expect(ticked(subscribe, { kind: 'clock' })).toEqual(['subscribe', 'hour']);
    expect(ticked(claim, { kind: 'switch' })).toEqual(['claim', 'switch']);
  });

  it('do not take other clicks for a claim', () => {
    expect(ticked({ kind: 'click', actionId: 'page:1' })).toEqual([]);
  });

  it('go away when asked to', () => {
    const guide = createGuide();
    expect(guide.shown().dismissed).toBe(false);
    guide.dismiss();
    expect(guide.shown().dismissed).toBe(true);
  });
});
