#!/usr/bin/env node
import './compile-cache.js';

// Not before the cache is there.
const { run } = await import('./cli/run.ts');

process.exitCode = await run(process.argv.slice(2), process.env);
// Everything is closed. What may still be alive is the socket library's wish for another connection: it cannot be called off.
setTimeout(() => process.exit(), 500).unref();
