import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Starts a PostgreSQL for the first test that asks for one.
    globalSetup: ['test/storage/postgres-server.ts'],
    // No network but loopback: a test that reaches out is a test of somebody else's server.
    testTimeout: 20_000,
    // The first hook that asks for the PostgreSQL waits until it is made.
    hookTimeout: 60_000,
    // What happens soon happens later on a busy machine.
    expect: { poll: { timeout: 15_000 } },
    // Most of the time is spent waiting for processes, servers and pages, not for a core.
    maxWorkers: 2,
    restoreMocks: true,
  },
});
