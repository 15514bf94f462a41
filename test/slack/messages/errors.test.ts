import { expect, it } from 'vitest';
import {
  databaseInTrouble,
  unexpected,
  unknownAction,
  unknownCommand,
} from '../../../src/slack/messages/errors.ts';
import { TROUBLES } from '../../../src/work/trouble.ts';
import { english, read } from './examples.ts';

it('gives the reference that stands in the log', () => {
  expect(read(unexpected('1a2b3c4d', english))).toContain('this reference: `1a2b3c4d`');
});

it('points to help for an unknown command, to a fresh list for an unknown button', () => {
  expect(read(unknownCommand(english))).toContain('`/missed help`');
  expect(read(unknownAction(english))).toContain('Ask again for a fresh list.');
});

it('says what is wrong with the database in words of its own, and who is told more', () => {
  const said = TROUBLES.map((trouble) => read(databaseInTrouble(trouble, english)));
  expect(new Set(said).size).toBe(TROUBLES.length);
  for (const text of said) expect(text).toContain('`/missed health`');
});
