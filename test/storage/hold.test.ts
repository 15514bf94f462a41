import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate, openDatabase } from '../../src/storage/database.ts';
import { type Hold, holdDatabase } from '../../src/storage/hold.ts';
import { killChildren, startChild, startScript } from '../cli/child.ts';
import { emptyPostgres } from './postgres.ts';

let folder: string;
let url: string;
const holds: Hold[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'desk-'));
  url = `sqlite:${join(folder, 'desk.db')}`;
  await (await openDatabase(url)).destroy();
});
afterEach(async () => {
  killChildren();
  for (const hold of holds.splice(0)) await hold.release();
  await rm(folder, { recursive: true, force: true });
});

async function hold(address = url): Promise<void> {
  holds.push(await holdDatabase(address));
}
const inUse = {
  code: 'in-use',
  message: expect.stringMatching(/desk\.db is in use by another desk\. Stop it first/),
};

describe('an SQLite file', () => {
  it('belongs to one desk, until that is closed', async () => {
    const first = await holdDatabase(url);
    await expect(holdDatabase(url)).rejects.toMatchObject(inUse);
    await first.release();
    await hold();
  });

  it('is the same by another name', async () => {
    await hold();
    await symlink(join(folder, 'desk.db'), join(folder, 'link.db'));
    await expect(holdDatabase(`sqlite:${join(folder, 'link.db')}`)).rejects.toMatchObject({ code: 'in-use' });
  });

  it('can be read and written by whoever holds it', async () => {
    await hold();
    const knex = await openDatabase(url);
    expect(await migrate(knex)).not.toEqual([]);
    await knex.destroy();
  });

  it('is free again once the process that held it was killed, and not before', async () => {
    const desk = startScript(`
      import { holdDatabase } from '${new URL('../../src/storage/hold.ts', import.meta.url)}';
      await holdDatabase(${JSON.stringify(url)});
      console.log('held');
      setInterval(() => {}, 1000);
    `);
    await desk.says('held');
    await expect(holdDatabase(url)).rejects.toMatchObject(inUse);
    desk.signal('SIGKILL');
    await desk.ended;
    await hold();
  });

  it('is refused to a second desk that starts on it, before it says anything to Slack', async () => {
    await hold();
    const child = startChild(['start'], {
      DATABASE_URL: url,
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_APP_TOKEN: 'xapp-1',
      SLACK_API_URL: 'http://127.0.0.1:1/api/',
      CMS_URL: 'http://127.0.0.1:1',
      CMS_ACCESS_KEY: 'a',
      CMS_SECRET_KEY: 's',
    });
    expect(await child.ended).toBe(1);
    expect(child.err).toMatch(/is in use by another desk.*several desks on one database need PostgreSQL/);
  });

  it('is not migrated under a desk that uses it', async () => {
    await hold();
    const child = startChild(['migrate'], { DATABASE_URL: url });
    expect(await child.ended).toBe(1);
    expect(child.err).toMatch(/is in use by another desk.*PostgreSQL/);
  });
});

it("a database in memory is nobody else's, and a PostgreSQL is for many", async () => {
  for (const address of ['sqlite::memory:', (await emptyPostgres()).url]) {
    await hold(address);
    await hold(address);
  }
});
