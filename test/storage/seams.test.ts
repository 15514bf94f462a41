import type { Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate, openDatabase } from '../../src/storage/database.ts';
import { watchStatements } from '../../src/storage/seams.ts';
import type { Seam } from '../../src/work/seam.ts';

let knex: Knex;
let seams: Seam[];

beforeEach(async () => {
  knex = await openDatabase('sqlite::memory:');
  await migrate(knex);
  seams = [];
  watchStatements(knex, (seam) => seams.push(seam));
});
afterEach(() => knex.destroy());

const setting = { team_id: 'T1', name: 'a', value: '+49 30 1234567' };

describe('the seams of the database', () => {
  it('are before and after every statement that writes, without its values', async () => {
    await knex('settings').insert(setting);
    await knex('settings').where({ name: 'a' }).update({ value: '+49 30 7654321' });
    await knex.raw("delete from settings where name = 'a' returning value");
    expect(seams).toEqual([
      'before insert into settings',
      'after insert into settings',
      'before update settings set value',
      'after update settings set value',
      'before delete from settings',
      'after delete from settings',
    ]);
  });

  it('are around the end of a transaction that writes, and the last of them comes before anybody hears of it', async () => {
    await knex.transaction((trx) => trx('settings').insert(setting));
    seams.push('after hearing of it');
    await knex
      .transaction(async (trx) => {
        await trx('settings').delete();
        throw new Error('No');
      })
      .catch(() => seams.push('after hearing of that'));
    expect(seams).toEqual([
      'before insert into settings',
      'after insert into settings',
      'before commit of insert into settings',
      'after commit of insert into settings',
      'after hearing of it',
      'before delete from settings',
      'after delete from settings',
      'before rollback of delete from settings',
      'after rollback of delete from settings',
      'after hearing of that',
    ]);
  });

  it('are not where something is only read, or locked', async () => {
    await knex('settings').where({ name: 'update outbox set state' }).select('value');
    await knex.transaction((trx) => trx('settings').select('name'));
    knex.client.emit('query', { sql: 'select "id" from "outbox" for update skip locked', __knexUid: 'x' });
    expect(seams).toEqual([]);
  });

  it('are told of a statement that writes after it has read', async () => {
    knex.client.emit('query', {
      sql: 'with due as (select id from outbox for update skip locked) update "outbox" set "state" = $1',
      __knexUid: 'x',
    });
    expect(seams).toEqual(['before update outbox set state']);
  });
});
