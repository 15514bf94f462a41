import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Types are stripped and scripts compiled once, not at every start: that is a third of its time. In a folder of the desk's
// own, as what lies there is run; where that cannot be written to, nothing is kept.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/missed-call-desk'));
