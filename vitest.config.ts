import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // No network but loopback: a test that reaches out is a test of somebody else's server.
    testTimeout: 20_000,
    restoreMocks: true,
  },
});
