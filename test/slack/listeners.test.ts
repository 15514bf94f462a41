import { describe, expect, it } from 'vitest';
import { actions, commands, events, shortcuts, views } from '../../src/slack/listeners.ts';
import { ACTIONS } from '../../src/slack/messages/actions.ts';

describe('the listener table', () => {
  it('does something for every button that messages have', () => {
    expect(actions.map(({ name }) => name).sort()).toEqual(Object.values(ACTIONS).sort());
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
