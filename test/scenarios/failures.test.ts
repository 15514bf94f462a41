import { describe, expect } from 'vitest';
import type { Fault } from '../../src/sandbox/cms/fault.ts';
import { HOUR, it, MINUTE, MONDAY, MR_GREEN, modes, SUPPORT } from './scene.ts';

const config = { vdns: [SUPPORT] };
const noKey = "The contact centre did not accept the desk's key.";
const notLetIn = 'The contact centre does not let the desk in.';
const tooBusy = 'The contact centre is too busy right now.';
const silent = 'The contact centre did not answer.';
const notUnderstood = 'The contact centre answered something that the desk does not understand.';

const failures: [string, Fault, string, string][] = [
  ['a 401', { kind: 'status', status: 401 }, noKey, 'CMS_ACCESS_KEY'],
  ['a 403', { kind: 'status', status: 403 }, notLetIn, 'allow-list'],
  ['a 418 of the firewall', { kind: 'status', status: 418 }, notLetIn, 'allow-list'],
  ['a 429 for long', { kind: 'status', status: 429, retryAfter: 120 }, tooBusy, 'ask again in 2 min'],
  ['a 500', { kind: 'status', status: 500 }, silent, 'ask again in a few minutes'],
  ['no JSON', { kind: 'bad-json' }, notUnderstood, 'log'],
  ['JSON of another shape', { kind: 'wrong-shape' }, notUnderstood, 'log'],
  [
    'a returnCode',
    { kind: 'return-code', returnCode: '40003', returnDesc: 'no such <vdn>' },
    'The contact centre refused the question: no such &lt;vdn&gt; (40003).',
    'Does Support (VDN 7) exist there?',
  ],
];

describe.each(modes)('when the contact centre fails, over %s', { concurrent: true }, (mode) => {
  it.for(failures)(
    'by %s, the asker is told what happened and what to do',
    async ([, fault, what, remedy], { openScene }) => {
      const { asks, cms, slack } = await openScene(mode, { config });
      cms.faults.add(fault);
      const answer = await asks('tom', '#support', 'today');
      const text = JSON.stringify(answer.blocks);
      expect(text).toContain(what);
      expect(text).toContain(remedy);
      expect(text).not.toContain('🎉');
      expect(slack.calls.filter(({ error }) => error !== undefined)).toEqual([]);
    },
  );

  it('by dropped connections, it is tried again, and then the asker is told', async ({ openScene }) => {
    const { asksPatiently, becomes, cms } = await openScene(mode, { config });
    cms.faults.add({ kind: 'drop', when: 'after-reading' });
    const asking = await asksPatiently('tom', '#support', 'today');
    await becomes('tom', asking, silent);
    expect(cms.requests).toHaveLength(3);
  });

  it('only for a moment, nobody hears of it', async ({ openScene }) => {
    const { asks, becomes, cms, misses } = await openScene(mode, { config });
    misses(MR_GREEN);
    cms.faults.add({ kind: 'drop', when: 'within-the-answer' }, { next: 1 });
    await becomes('tom', await asks('tom', '#support', 'today'), '1 call from 1 caller');
  });

  it('by silence, the answer does not wait for ever', async ({ openScene }) => {
    const { asks, becomes, cms } = await openScene(mode, { config: { ...config, cms: { timeoutMs: 100 } } });
    cms.faults.add({ kind: 'slow', ms: 30_000 });
    await becomes('tom', await asks('tom', '#support', 'today'), silent);
  });

  it('what the desk has stored is the answer, and it says as of when', async ({ openScene }) => {
    const { asks, clock, cms, misses, read } = await openScene(mode, { config });
    misses(MR_GREEN, { at: MONDAY + 8 * HOUR });
    expect(read(await asks('tom', '#support', 'today'))).toContain('1 call from 1 caller');

    clock.advance(50 * MINUTE);
    cms.faults.add({ kind: 'status', status: 500 });
    const stale = read(await asks('tom', '#support', 'today'));
    expect(stale).toContain(`⚠️ ${silent} This is what the desk knew as of today 09:10.`);
    expect(stale).toContain('1 call from 1 caller');

    cms.faults.clear();
    expect(read(await asks('tom', '#support', 'today'))).not.toContain('⚠️');
  });

  it('by rows that cannot be read, the others are told and these are counted', async ({ openScene }) => {
    const { asks, cms, misses, read } = await openScene(mode, { config });
    misses(MR_GREEN);
    cms.faults.add({ kind: 'malformed-rows', rows: 2 });
    const said = read(await asks('tom', '#support', 'today'));
    expect(said).toContain('1 call from 1 caller');
    expect(said).toContain('2 rows from the contact centre could not be read');
  });

  it('by a clock that is off, nobody hears of it', async ({ openScene }) => {
    const { asks, cms, misses, read } = await openScene(mode, { config });
    misses(MR_GREEN);
    cms.faults.add({ kind: 'clock-off', seconds: 3 * 3600 });
    expect(read(await asks('tom', '#support', 'today'))).toContain('1 call from 1 caller');
  });
});
