import type { Knex } from 'knex';
import * as first from './0001_first.ts';
import * as replicas from './0002_replicas.ts';
import * as callbackLife from './0003_callback_life.ts';
import * as reached from './0004_reached.ts';
import * as settings from './0005_settings.ts';
import * as home from './0008_home.ts';
import * as waysIn from './0009_ways_in.ts';
import * as lost from './0010_lost.ts';
import * as waitingNotices from './0011_waiting_notices.ts';
import * as installations from './0013_installations.ts';

interface Migration {
  name: string;
  up(knex: Knex): Promise<void>;
}

/** Every migration, oldest first. Forward only: a name, once released, is never changed. */
export const migrations: readonly Migration[] = [
  { name: '0001_first', up: first.up },
  { name: '0002_replicas', up: replicas.up },
  { name: '0003_callback_life', up: callbackLife.up },
  { name: '0004_reached', up: reached.up },
  { name: '0005_settings', up: settings.up },
  { name: '0008_home', up: home.up },
  { name: '0009_ways_in', up: waysIn.up },
  { name: '0010_lost', up: lost.up },
  { name: '0011_waiting_notices', up: waitingNotices.up },
  { name: '0013_installations', up: installations.up },
];
