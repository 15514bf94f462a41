import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { test } from 'vitest';
import { examine } from '../../src/cli/examine.ts';
import { systemClock } from '../../src/clock.ts';
import type { Check, Finding } from '../../src/doctor/finding.ts';
import { type ContactCentre, startContactCentre } from '../../src/sandbox/cms/server.ts';
import { type DeliveryOptions, type Slack, startSlack } from '../../src/sandbox/slack/slack.ts';
import { migrate, openDatabase } from '../../src/storage/database.ts';

/** What every secret of a patient holds: wherever it shows, a secret was printed. */
export const MARK = 'marked-secret';
export const SIGNING_SECRET = `signing-${MARK}`;

const KEYS = { accessKey: `AK-${MARK}`, secretKey: `SK-${MARK}` };
const TLS_FOLDER = join(import.meta.dirname, '../fixtures/tls');
export const CA_FILE = join(TLS_FOLDER, 'ca.pem');

/** A desk's surroundings, sound until a test makes them ill: stand-ins on this machine and an SQLite file of its own. */
export interface Patient {
  slack: Slack;
  cms: ContactCentre;
  /** As a sound desk is started with. */
  env: Readonly<Record<string, string>>;
  /** Of the test's own; it goes with it. */
  folder: string;
  /** The desk's database, made and up to date, for this work. */
  onDatabase<T>(work: (knex: Knex) => Promise<T>): Promise<T>;
  /** What the doctor finds; `changed`: settings that differ. */
  findings(changed?: Readonly<Record<string, string>>): Promise<Finding[]>;
  /** The findings of one check. */
  finds(check: Check, changed?: Readonly<Record<string, string>>): Promise<Finding[]>;
}

export interface PatientOptions {
  delivery?: DeliveryOptions;
  /** The name of a certificate in test/fixtures/tls. */
  certificate?: string;
}

interface Ward {
  openPatient(options?: PatientOptions): Promise<Patient>;
}

export const it = test.extend<Ward>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that are needed from the pattern.
  openPatient: async ({}, use) => {
    const closing: (() => Promise<unknown>)[] = [];
    await use(async ({ delivery = { mode: 'socket' }, certificate }: PatientOptions = {}) => {
      const clock = systemClock;
      const folder = await mkdtemp(join(tmpdir(), 'desk-doctor-'));
      closing.push(() => rm(folder, { recursive: true, force: true }));
      const slack = await startSlack({ clock, delivery });
      closing.push(() => slack.close());
      const tls = certificate ? { tls: await keysOf(certificate) } : {};
      const cms = await startContactCentre({ clock, ...KEYS, seed: null, ...tls });
      closing.push(() => cms.close());
      return patientOf(slack, cms, delivery, folder);
    });
    for (const close of closing.reverse()) await close();
  },
});

async function keysOf(certificate: string): Promise<{ key: string; cert: string }> {
  return {
    key: await readFile(join(TLS_FOLDER, 'server.key'), 'utf8'),
    cert: await readFile(join(TLS_FOLDER, `${certificate}.pem`), 'utf8'),
  };
}

function patientOf(slack: Slack, cms: ContactCentre, delivery: DeliveryOptions, folder: string): Patient {
  const env = {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_API_URL: slack.url,
    ...(delivery.mode === 'socket'
      ? { SLACK_APP_TOKEN: slack.appToken }
      : { SLACK_SIGNING_SECRET: SIGNING_SECRET }),
    CMS_URL: cms.url,
    CMS_ACCESS_KEY: KEYS.accessKey,
    CMS_SECRET_KEY: KEYS.secretKey,
    VDNS: '159=Support,160',
    DATABASE_URL: `sqlite:${join(folder, 'desk.db')}`,
  };
  const patient: Patient = {
    slack,
    cms,
    env,
    folder,
    async onDatabase(work) {
      const knex = await openDatabase(env.DATABASE_URL);
      try {
        await migrate(knex);
        return await work(knex);
      } finally {
        await knex.destroy();
      }
    },
    findings: (changed = {}) =>
      Array.fromAsync(
        examine({
          env: { ...env, ...changed },
          readFile: (path) => readFileSync(path, 'utf8'),
          clock: systemClock,
        }),
      ),
    finds: async (check, changed) => (await patient.findings(changed)).filter((one) => one.check === check),
  };
  return patient;
}
