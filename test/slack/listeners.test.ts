import { describe, expect, it } from 'vitest';
import { actions, commands, events, shortcuts, views } from '../../src/slack/listeners.ts';
import { ACTIONS } from '../../src/slack/messages/actions.ts';
import { ASK } from '../../src/slack/views/ask.ts';
import { ERASE } from '../../src/slack/views/erase.ts';

describe('the listener table', () => {
  it('does something for every button that messages have', () => {
    expect(actions.map(({ name }) => name).sort()).toEqual(Object.values(ACTIONS).sort());
  });

  it('asks for a right before everything but what looks at it itself', () => {
    const all = [...commands, ...actions, ...views];
    const exempt = all.filter(({ needs }) => 'itself' in needs).map(({ name }) => name);
    // What is asked in a form is looked at as what is typed; whom to erase, VDN by VDN.
    expect(exempt).toEqual([
      '/missed',
      ACTIONS.claimNext,
      ACTIONS.homePage,
      ACTIONS.settings,
      ACTIONS.settingsChoice,
      ACTIONS.askRange,
      ERASE,
      ASK,
    ]);
    for (const { name, needs } of all) expect(Object.keys(needs), name).not.toEqual([]);
  });

  it('lets nobody change by a click or a form what they may only see', () => {
    const onlySee = [...actions, ...views]
      .filter(({ needs }) => 'right' in needs && needs.right === 'see')
      .map(({ name }) => name);
    expect(onlySee).toEqual([ACTIONS.history, ACTIONS.page, ACTIONS.ask]);
  });

  it.each([
    ['commands', commands],
    ['actions', actions],
    ['events', events],
    ['views', views],
    ['shortcuts', shortcuts],
  ])('has each of its %s once', (_, listeners) => {
    const names = listeners.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('names its shortcuts within what Slack shows of them', () => {
    for (const { label, description } of shortcuts) {
      expect(label.length).toBeLessThanOrEqual(24);
      expect(description.length).toBeLessThanOrEqual(150);
    }
  });

  it('describes its commands within what Slack shows of them', () => {
    for (const { name, description, usageHint } of commands) {
      expect(name).toMatch(/^\/[a-z-]{1,31}$/);
      expect(description.length).toBeLessThanOrEqual(2000);
      expect(usageHint.length).toBeLessThanOrEqual(1000);
    }
  });
});
