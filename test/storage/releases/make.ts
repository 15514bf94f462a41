import { readFileSync, writeFileSync } from 'node:fs';
import { migrate, openDatabase } from '../../../src/storage/database.ts';
import { dump } from './dump.ts';
import { read, use } from './used.ts';

// Keeps the database of the version that package.json names: run before it is released, and not again (CONTRIBUTING.md).
const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
const knex = await openDatabase('sqlite::memory:');
await migrate(knex);
await use(knex);
const place = (end: string) => new URL(`../../fixtures/databases/${version}.${end}`, import.meta.url);
writeFileSync(place('sql'), await dump(knex));
writeFileSync(place('json'), `${JSON.stringify(await read(knex), null, 1)}\n`);
await knex.destroy();
