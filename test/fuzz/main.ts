// `npm run fuzz -- --inputs 100000 --seed N`: docs/security.md.
import { parseArgs } from 'node:util';
import { fuzzCentre } from './centre.ts';
import { fuzzInstalling } from './installing.ts';
import { fuzzSlack } from './slack.ts';

const { values } = parseArgs({
  options: { inputs: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
});
let unhandled = 0;
process.on('unhandledRejection', (error) => {
  unhandled += 1;
  process.stderr.write(`Nobody handled: ${error instanceof Error ? error.stack : String(error)}\n`);
});
const say = (line: string) => void process.stderr.write(`${line}\n`);
const [inputs, seed] = [Number(values.inputs), Number(values.seed)];
/** Most come by way of Slack. */
const byEntry = {
  slack: await fuzzSlack({ inputs: Math.ceil(inputs * 0.8), seed, say }),
  installation: await fuzzInstalling({ inputs: Math.ceil(inputs * 0.1), seed, say }),
  'contact centre': await fuzzCentre({ inputs: Math.ceil(inputs * 0.1), seed, say }),
};
let faulty = unhandled;
for (const [entry, { faults, ...counted }] of Object.entries(byEntry)) {
  for (const { fault, after } of faults.slice(0, 20))
    say(`\n${entry}: ${fault}\n  after ${after.slice(0, 400)}`);
  process.stdout.write(`${JSON.stringify({ entry, ...counted, faults: faults.length })}\n`);
  faulty += faults.length;
}
process.stdout.write(`${unhandled} rejections that nobody handled\n`);
process.exit(faulty > 0 ? 1 : 0);
