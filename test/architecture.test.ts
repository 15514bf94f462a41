import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const top = join(import.meta.dirname, '..');
const src = join(top, 'src');

/** What each folder may import: other folders of src, and packages. docs/architecture.md says why. */
const allowed: Record<string, { folders: string[]; packages: string[] }> = {
  calls: { folders: [], packages: ['date-fns', '@date-fns/tz', 'libphonenumber-js'] },
  cms: { folders: ['calls', 'work'], packages: ['undici', 'p-retry', 'zod'] },
  sync: { folders: ['calls', 'work'], packages: ['date-fns', '@date-fns/tz'] },
  grammar: { folders: ['calls'], packages: [] },
  questions: { folders: ['calls', 'sync', 'callbacks', 'grammar'], packages: ['date-fns', '@date-fns/tz'] },
  callbacks: { folders: ['calls', 'outbox', 'work'], packages: [] },
  vdns: { folders: ['calls', 'callbacks', 'digests', 'outbox'], packages: [] },
  privacy: { folders: ['calls', 'grammar', 'questions'], packages: [] },
  digests: {
    folders: ['calls', 'sync', 'callbacks', 'outbox', 'grammar', 'work'],
    packages: ['date-fns', '@date-fns/tz'],
  },
  doctor: { folders: ['calls', 'sync'], packages: [] },
  work: { folders: [], packages: [] },
  outbox: { folders: ['work'], packages: [] },
  watching: { folders: ['calls', 'sync', 'callbacks', 'work'], packages: ['prom-client'] },
  config: { folders: ['calls'], packages: ['zod'] },
  slack: {
    folders: [
      'calls',
      'questions',
      'callbacks',
      'vdns',
      'privacy',
      'digests',
      'outbox',
      'grammar',
      'doctor',
      'work',
    ],
    packages: [
      '@slack/bolt',
      '@slack/oauth',
      '@slack/web-api',
      '@slack/types',
      'i18next',
      'undici',
      'date-fns',
      '@date-fns/tz',
      'zod',
    ],
  },
  storage: {
    folders: [
      'calls',
      'sync',
      'questions',
      'callbacks',
      'vdns',
      'privacy',
      'digests',
      'outbox',
      'slack',
      'watching',
      'work',
    ],
    packages: ['knex'],
  },
  // The stand-ins know nothing of the desk: one mistake must not be made twice.
  'sandbox/slack': { folders: [], packages: ['ws'] },
  'sandbox/cms': { folders: [], packages: ['zod'] },
  // The page shows the office; what it is made with are development packages.
  'sandbox/page': {
    folders: ['sandbox', 'sandbox/slack', 'sandbox/cms', 'calls'],
    packages: [
      'react',
      'react-dom',
      'slack-blocks-to-jsx',
      'esbuild',
      'yaml',
      'zod',
      '@date-fns/tz',
      'date-fns',
      'playwright-core',
      '@sparticuz/chromium',
    ],
  },
  // The office around them runs the desk as it is.
  sandbox: { folders: ['config'], packages: ['@date-fns/tz', 'date-fns'] },
};
/** Single files that one folder may import besides. */
const exceptions: Record<string, string[]> = { sandbox: ['desk.ts'] };
/** Everybody may know the time, say something, and write down who did it. */
const everybody = ['clock.ts', 'log.ts', 'audit.ts'];

interface Import {
  file: string;
  target: string;
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => join(src, file));

const importsOf = (file: string): Import[] =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from\s+|import\(\s*|import\s+)'(?<target>[^']+)'/g)].map(
    (match) => ({
      file: relative(src, file),
      target: match.groups?.target ?? '',
    }),
  );

const imports = files.flatMap(importsOf);
/** The part that a file belongs to: `sandbox/slack`, `calls`, or "" for the files at the top. */
function folderOf(path: string): string {
  const parts = path.split('/').slice(0, -1);
  const nested = parts.slice(0, 2).join('/');
  return nested in allowed ? nested : (parts[0] ?? '');
}
const resolved = ({ file, target }: Import) => relative(src, join(src, dirname(file), target));
const packageOf = (target: string) =>
  target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/');

describe('the layers', () => {
  it('finds imports to look at', () => {
    expect(imports.length).toBeGreaterThan(100);
  });

  it.each(Object.entries(allowed))('%s imports only what it may', (folder, { folders, packages }) => {
    const strangers = imports
      .filter(({ file }) => folderOf(file) === folder)
      .filter(({ file, target }) => {
        if (target.startsWith('node:')) return false;
        if (!target.startsWith('.')) return !packages.includes(packageOf(target));
        const path = resolved({ file, target });
        return !(
          [folder, ...folders].includes(folderOf(path)) ||
          folderOf(path).startsWith(`${folder}/`) ||
          [...everybody, ...(exceptions[folder] ?? [])].includes(path)
        );
      });
    expect(strangers).toEqual([]);
  });

  it('knows every folder', () => {
    const folders = new Set(
      files.map((file) => folderOf(relative(src, file))).filter((folder) => folder !== ''),
    );
    // cli starts everything, and so may import everything.
    expect([...folders].filter((folder) => folder !== 'cli' && !(folder in allowed))).toEqual([]);
  });

  it('never imports the tests', () => {
    expect(imports.filter((one) => one.target.startsWith('.') && resolved(one).startsWith('..'))).toEqual([]);
  });

  it('reads the environment only in config and at the entrance', () => {
    const readers = files
      .filter((file) => /process\.env/.test(readFileSync(file, 'utf8')))
      .map((file) => relative(src, file));
    expect(readers.filter((file) => !file.startsWith('config/') && file !== 'main.ts')).toEqual([]);
  });

  it('asks the clock for the time, never the machine', () => {
    const askers = files
      .filter((file) => /Date\.now\(\)|new Date\(\)/.test(readFileSync(file, 'utf8')))
      .map((file) => relative(src, file));
    expect(askers).toEqual(['clock.ts']);
  });

  it('builds blocks only in slack/messages and slack/views', () => {
    const builders = files
      .filter((file) =>
        /type: '(?:section|actions|context|header|divider|button)'/.test(readFileSync(file, 'utf8')),
      )
      .map((file) => relative(src, file))
      .filter((file) => !/^slack\/(?:messages|views)\//.test(file) && !file.startsWith('sandbox/'));
    expect(builders).toEqual([]);
  });
});
