#!/usr/bin/env node
// `node src/main.ts` in JavaScript: where everything is in the cache, what strips types is never loaded, 17 MB of memory.
import '../src/compile-cache.js';

await import('../src/main.ts');
