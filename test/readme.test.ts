import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generatedSections, withSections } from '../manifest/readme.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('the README', () => {
  it('has the settings and the scopes as they are (npm run manifest writes them)', () => {
    expect(withSections(readme)).toBe(readme);
  });

  it('has a place for each generated section', () => {
    for (const name of Object.keys(generatedSections())) expect(readme).toContain(`<!-- /${name} -->`);
  });

  it('names only npm scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    const named = [...readme.matchAll(/npm run (?<script>[a-z-]+)/g)].map((match) => match.groups?.script);
    expect(named.filter((script) => !script || !(script in scripts))).toEqual([]);
  });

  it('links only to files that exist', () => {
    const links = [...readme.matchAll(/\]\((?<path>[^)]+)\)/g)].map((match) => match.groups?.path ?? '');
    for (const path of links.filter((link) => !link.startsWith('http'))) {
      expect(() => readFileSync(new URL(`../${path}`, import.meta.url)), path).not.toThrow(/ENOENT/);
    }
  });
});

it('shows every picture of docs/images somewhere, and none that is not there', () => {
  const docs = new URL('../docs/', import.meta.url);
  const pages = readdirSync(docs).filter((name) => name.endsWith('.md'));
  const text = [readme, ...pages.map((name) => readFileSync(new URL(name, docs), 'utf8'))].join('\n');
  const shown = [...text.matchAll(/images\/(?<name>[\w-]+\.\w+)/g)].map((match) => match.groups?.name);
  expect([...new Set(shown)].sort()).toEqual(readdirSync(new URL('images', docs)).sort());
});
