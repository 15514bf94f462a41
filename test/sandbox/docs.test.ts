import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const text = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const docs = text('docs/sandbox.md');
const [, ofSlack = '', ofCms = ''] = docs.split(/^## The stand-in .*$/m);
const all = (where: string, pattern: RegExp) => [...where.matchAll(pattern)].map((match) => match[1]).sort();

describe('docs/sandbox.md', () => {
  it('names the controls of the stand-in Slack, all of them and no others', () => {
    const there = all(text('src/sandbox/slack/control.ts'), /^ {2}'((?:GET|POST) [\w-]+)':/gm);
    expect(all(ofSlack.replaceAll(' /_sandbox/', ' '), /`((?:GET|POST) [\w-]+)`/g)).toEqual(there);
  });

  it('names the controls of the stand-in contact centre, all of them and no others', () => {
    const there = all(text('src/sandbox/cms/control.ts'), /^ {2}'((?:GET|POST) \/_sandbox\/[\w-]+)':/gm);
    const table = ofCms.slice(ofCms.indexOf('| request |'));
    expect(all(table, /`((?:GET|POST) \/_sandbox\/[\w-]+)`/g)).toEqual(there);
  });

  it('names every fault of both', () => {
    const cms = all(text('src/sandbox/cms/fault.ts'), /kind: z\.literal\('([\w-]+)'\)/g);
    const slack = all(text('src/sandbox/slack/faults.ts'), /\{ kind: '([\w-]+)'/g);
    expect(cms.length).toBeGreaterThan(10);
    expect(slack.length).toBeGreaterThan(4);
    expect(cms.filter((kind) => !ofCms.includes(`\`${kind}\``))).toEqual([]);
    expect(slack.filter((kind) => !ofSlack.includes(`\`${kind}\``))).toEqual([]);
  });
});
