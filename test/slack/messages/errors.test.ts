import { expect, it } from 'vitest';
import { unexpected, unknownAction, unknownCommand } from '../../../src/slack/messages/errors.ts';
import { english, read } from './examples.ts';

it('gives the reference that stands in the log', () => {
  expect(read(unexpected('1a2b3c4d', english))).toContain('this reference: `1a2b3c4d`');
});

it('points to help for an unknown command, to a fresh list for an unknown button', () => {
  expect(read(unknownCommand(english))).toContain('`/missed help`');
  expect(read(unknownAction(english))).toContain('Ask again for a fresh list.');
});
