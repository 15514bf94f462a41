import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { pathOf } from './seam-paths.ts';
import { inAll, isInPart, placed, seamName } from './seams.ts';
import { shortSeams } from './short.ts';
import { createTally } from './tally.ts';

it('places what all desks have come by, each time of it', () => {
  const found = placed([['before chat.update', 'after chat.update'], ['before chat.update']], false);
  expect(found.map((place) => seamName('claim', place))).toEqual([
    'claim: before chat.update',
    'claim: before chat.update (2)',
    'claim: after chat.update',
  ]);
});

it('spares what is always followed at once by the next thing of the same desk', () => {
  const first = ['before ack', 'after ack', 'before chat.update', 'after chat.update'] as const;
  expect(placed([first], true).map(({ seam }) => seam)).not.toContain('after ack');
  expect(placed([first], true).map(({ seam }) => seam)).toContain('after chat.update');
  expect(placed([first, ['after ack']], true).map(({ seam }) => seam)).toContain('after ack');
});

it('counts on what every run has come by', () => {
  const [one, two] = [{ seam: 'before ack', nth: 1 } as const, { seam: 'before ack', nth: 2 } as const];
  expect(inAll([[one, two], [one]])).toEqual([one]);
});

it('deals every seam to one part, and to each in turn', () => {
  const parts = [0, 1, 2];
  const partOf = (seed: number) =>
    parts.filter((part) => isInPart('claim: before ack', { seed, part, of: 3 }));
  expect(parts.flatMap(partOf).toSorted()).toEqual(parts);
});

it('takes the same seams with the same seed, and others with another', () => {
  const names = Array.from({ length: 30 }, (_, n) => `claim: before something${n}`);
  const taken = (seed: number) => shortSeams(seed).map(({ takes }) => names.filter(takes));
  expect(taken(1)).toEqual(taken(1));
  expect(taken(1)).not.toEqual(taken(2));
});

it('finds the path of a seam by its name', () => {
  expect(pathOf('undo: after commit of update callbacks set state (2)')).toBe('claim');
  expect(pathOf('digest: before chat.postMessage')).toBe('digest');
  expect(() => pathOf('snooze: before ack')).toThrow(RangeError);
});

it('gives each number to one of those who count together', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tally-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [one, other] = [createTally(folder), createTally(folder)];
  expect([one(), other(), other(), one()]).toEqual([1, 2, 3, 4]);
});
