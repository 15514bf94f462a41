import { expect, it } from 'vitest';
import { unexpected, unknownAction, unknownCommand } from '../../../src/slack/messages/errors.ts';
import { problemsOf } from '../limits-checker.ts';
import { chinese, english, read } from './examples.ts';

it('gives the reference that stands in the log', () => {
  expect(read(unexpected('1a2b3c4d', english))).toContain('this reference: `1a2b3c4d`');
});

it('points to help for an unknown command, to a fresh list for an unknown button', () => {
  expect(read(unknownCommand(english))).toContain('`/missed help`');
  expect(read(unknownAction(english))).toContain('Ask again for a fresh list.');
});

it('is sound in both languages', () => {
  for (const context of [english, chinese]) {
    for (const message of [unexpected('<!here>', context), unknownCommand(context), unknownAction(context)]) {
      expect(problemsOf(message)).toEqual([]);
    }
  }
});
