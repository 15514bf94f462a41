import { describe, expect, it } from 'vitest';
import { actions, commands, events, views } from '../../src/slack/listeners.ts';
import { ACTIONS } from '../../src/slack/messages/actions.ts';

describe('the listener table', () => {
  it('does something for every button that messages have', () => {
    expect(actions.map(({ name }) => name).sort()).toEqual(Object.values(ACTIONS).sort());
  });

  it('asks for a right before everything but what looks at it itself', () => {
    const all = [...commands, ...actions, ...views];
    const exempt = all.filter(({ needs }) => 'itself' in needs).map(({ name }) => name);
    expect(exempt).toEqual(['/missed']);
    for (const { name, needs } of all) expect(Object.keys(needs), name).not.toEqual([]);
  });

  it('lets nobody change by a click or a form what they may only see', () => {
    const onlySee = [...actions, ...views]
      .filter(({ needs }) => 'right' in needs && needs.right === 'see')
      .map(({ name }) => name);
    // Reveal looks itself at who may claim: its refusal says more, also in a form.
    expect(onlySee).toEqual([ACTIONS.history, ACTIONS.reveal, ACTIONS.page]);
  });

  it.each([
    ['commands', commands],
    ['actions', actions],
    ['events', events],
    ['views', views],
  ])('has each of its %s once', (_, listeners) => {
    const names = listeners.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('describes its commands within what Slack shows of them', () => {
    for (const { name, description, usageHint } of commands) {
      expect(name).toMatch(/^\/[a-z-]{1,31}$/);
      expect(description.length).toBeLessThanOrEqual(2000);
      expect(usageHint.length).toBeLessThanOrEqual(1000);
    }
  });
});
