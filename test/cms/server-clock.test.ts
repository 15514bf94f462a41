import { describe, expect, it } from 'vitest';
import { createServerClock } from '../../src/cms/server-clock.ts';
import { NOW } from './loopback.ts';

const dateOf = (at: number) => new Date(at).toUTCString();

describe("the contact centre's clock", () => {
  it('is ours until it is known to differ', () => {
    expect(createServerClock({ now: () => NOW }).now()).toBe(NOW);
  });

  it('is suspected only when it differs by more than a minute, either way', () => {
    const clock = createServerClock({ now: () => NOW });
    expect(clock.suspectLeadMs(dateOf(NOW + 60_000))).toBeUndefined();
    expect(clock.suspectLeadMs(dateOf(NOW - 60_000))).toBeUndefined();
    expect(clock.suspectLeadMs(dateOf(NOW + 61_000))).toBe(61_000);
    expect(clock.suspectLeadMs(dateOf(NOW - 61_000))).toBe(-61_000);
    expect(clock.suspectLeadMs(undefined)).toBeUndefined();
    expect(clock.suspectLeadMs('yesterday')).toBeUndefined();
  });

  it('is believed once, however many requests found the same', () => {
    const clock = createServerClock({ now: () => NOW });
    const leads = [clock.suspectLeadMs(dateOf(NOW + 300_000)), clock.suspectLeadMs(dateOf(NOW + 300_000))];
    for (const lead of leads) clock.believe(lead ?? 0);
    expect(clock.now()).toBe(NOW + 300_000);
    expect(clock.suspectLeadMs(dateOf(NOW + 300_000))).toBeUndefined();
  });

  it('is suspected anew when our own clock has been set right', () => {
    let now = NOW;
    const clock = createServerClock({ now: () => now });
    clock.believe(300_000);
    now += 300_000;
    expect(clock.suspectLeadMs(dateOf(now))).toBe(0);
  });
});
