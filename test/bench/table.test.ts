import { describe, expect, it } from 'vitest';
import { alone, compared, reached } from '../../bench/figure.ts';
import { median, percentile } from '../../bench/statistics.ts';
import { renderTable } from '../../bench/table.ts';

describe('the table of figures', () => {
  it('shows each figure beside its floor, with the ratio of the rounds and whether the aim is reached', () => {
    const rounds = [
      { value: 2, floor: 1 },
      { value: 3, floor: 2 },
      { value: 13, floor: 10 },
    ];
    const table = renderTable([
      compared('ack', 'ms', rounds, { ratio: 1.15 }),
      alone('digests', 's', [4.25, 1234.5], { below: 1000 }),
      alone('size', 'KB', [8]),
    ]);
    expect(table.split('\n')).toEqual([
      '| what    |  desk | floor | ratio |    spread |      aim |     |',
      '| ------- | ----: | ----: | ----: | --------: | -------: | --: |',
      '| ack     |  3 ms |  2 ms |  1.50 |    1.30–2 |   ≤ 1.15 |  no |',
      '| digests | 619 s |     – |     – | 4.25–1235 | < 1000 s | yes |',
      '| size    |  8 KB |     – |     – |       8–8 |        – |     |',
    ]);
  });

  it('takes the ratio from paired rounds, so that a slow minute of the machine counts for both', () => {
    const rounds = [
      { value: 10, floor: 10 },
      { value: 100, floor: 100 },
      { value: 1000, floor: 900 },
    ];
    expect(compared('ack', 'ms', rounds).ratio).toBe(1);
  });

  it('says nothing of an aim that there is not', () => {
    expect(reached(alone('size', 'KB', [8]))).toBeNull();
  });
});

describe('the statistics', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  it('gives the sample below which a share of them lies', () => {
    expect(percentile(hundred, 0.5)).toBe(50);
    expect(percentile(hundred, 0.99)).toBe(99);
    expect(percentile([7], 0.99)).toBe(7);
  });

  it('gives the middle one, or the mean of the two in the middle', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
  });

  it('has no answer where nothing was measured', () => {
    expect(() => percentile([], 0.5)).toThrow(RangeError);
    expect(() => median([])).toThrow(RangeError);
  });
});
