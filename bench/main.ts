import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Figure } from './figure.ts';
import { describeMachine } from './machine.ts';
import { measures } from './measures/all.ts';
import { fullSizes, tinySizes } from './measures/measure.ts';
import { renderTable } from './table.ts';

const names = measures.map(({ name }) => name);

/** Runs the measurements that were named, or all; prints the table and writes the file. */
async function main(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      out: { type: 'string', default: 'bench/results.json' },
      tiny: { type: 'boolean', default: false },
    },
  });
  const stranger = positionals.find((name) => !names.includes(name));
  if (stranger !== undefined) throw new Error(`There is no measurement "${stranger}": ${names.join(', ')}`);

  const wanted = measures.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  const machine = describeMachine();
  const began = performance.now();
  const say = (progress: string) => {
    process.stderr.write(`${((performance.now() - began) / 1000).toFixed(0).padStart(5)} s  ${progress}\n`);
  };
  const figures: Figure[] = [];
  for (const measure of wanted) {
    figures.push(...(await measure.run(values.tiny ? tinySizes : fullSizes, say)));
  }
  process.stdout.write(`${Object.values(machine).join(' · ')} MB\n\n${renderTable(figures)}\n`);
  const at = new Date().toISOString();
  writeFileSync(values.out, `${JSON.stringify({ at, machine, figures }, null, 2)}\n`);
}

// Ended early it leaves nothing running.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
await main(process.argv.slice(2));
process.exit(0);
