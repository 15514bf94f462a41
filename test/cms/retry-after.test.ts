import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from '../../src/cms/retry-after.ts';
import { NOW } from './loopback.ts';

const waitMs = (retryAfter: string | undefined, date?: string) => parseRetryAfter({ retryAfter, date }, NOW);

describe('Retry-After', () => {
  it('is seconds, or a date', () => {
    expect(waitMs('7')).toBe(7_000);
    expect(waitMs('Mon, 23 Nov 2026 09:00:12 GMT')).toBe(12_000);
  });

  it("counts a date by the server's clock where the answer tells it", () => {
    expect(waitMs('Mon, 23 Nov 2026 08:00:12 GMT', 'Mon, 23 Nov 2026 08:00:00 GMT')).toBe(12_000);
  });

  it('is no wait where the date has passed, and unknown where it cannot be read', () => {
    expect(waitMs('Mon, 23 Nov 2026 08:59:00 GMT')).toBe(0);
    expect(waitMs('soon')).toBeUndefined();
    expect(waitMs(undefined)).toBeUndefined();
  });
});
