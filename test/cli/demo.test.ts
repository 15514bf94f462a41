import { afterEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { playStory } from '../../src/sandbox/story/play.ts';
import { type Chapter, question } from '../../src/sandbox/story/questions.ts';
import { killChildren, startChild } from './child.ts';

afterEach(killChildren);

/** What a story prints, and whether it came out. */
/** How long an answer may take, also on a busy machine: a story that waits for what never comes takes as long. */
const PATIENCE_MS = 3_000;

async function played(...chapters: Chapter[]) {
  let text = '';
  const write = (more: string) => {
    text += more;
  };
  const teller = { write, width: 80, style: (_: string, plain: string) => plain };
  const cameOut = await playStory({ teller, chapters, patienceMs: PATIENCE_MS, log: silentLog });
  return { cameOut, text };
}

describe('npm run demo', () => {
  it('plays the whole story to its end, without colours where it is piped', { timeout: 60_000 }, async () => {
    const demo = startChild(['demo']);
    expect(await demo.ended).toBe(0);
    expect(demo.err).toBe('');
    const lines = [
      '▸ Tom Baker, in #support: /missed vdn 161 today wait>2m',
      '▸ Tom Baker, in #support: /missed vdn 159 2022-11-17',
      '2 calls from 2 callers · longest wait 12 s · median 8 s',
      'already has this one, since',
      '✓ Reached by @',
      'clicks [Undo]',
      '1 new call from 1 caller · longest wait 1 min 35 s',
      'Nothing new for Support (VDN 159) since the last digest.',
      '✓ Nothing was posted to #support.',
      'vdn 195 is not a VDN that I may ask. I know Support (VDN 159), Sales (VDN 161).',
      '未接来电',
      'I am not in this channel.',
      'Asking the contact centre…',
      'This is what the desk knew as of today 11:00.',
      'Called again: Support (VDN 159)',
      'every step was checked',
    ];
    // In this order.
    let from = 0;
    for (const line of lines) {
      const at = demo.out.indexOf(line, from);
      expect(at, `${line}\n\nin what comes after:\n\n${demo.out.slice(0, from)}`).toBeGreaterThanOrEqual(0);
      from = at;
    }
    expect(demo.out).not.toContain('\u001b');
    // The desk's log is none of the reader's business.
    expect(demo.out).not.toMatch(/"level":|"msg":/);
  });

  it('refuses options that it does not have', async () => {
    const demo = startChild(['demo', '--fast']);
    expect(await demo.ended).toBe(2);
    expect(demo.err).toBe('The demo takes no options: npm run demo\n');
  });
});

describe('a story that comes out otherwise', () => {
  const asks = (shows: string[], lacks: string[] = []): Chapter => ({
    title: 'A question',
    async play({ types, sees }) {
      await types('tom', '#support', '/missed vdn 159 2022-11-17');
      await sees({ as: 'tom', in: '#support', shows, lacks });
    },
  });

  it('says so where a message lacks what it should show, and shows what was there', async () => {
    const { cameOut, text } = await played(asks(['2 calls from 3 callers']), question);
    expect(cameOut).toBe(false);
    expect(text).toContain('✗ This is not how the story goes.');
    expect(text).toContain('shows "2 calls from 3 callers"');
    expect(text).toContain('2 calls from 2 callers');
    // It ends there.
    expect(text).not.toContain('2. A question');
  });

  it('says so where a message shows what it should not', async () => {
    expect((await played(asks(['2 calls'], ['88880990']))).cameOut).toBe(false);
    expect((await played(asks(['2 calls'], ['88880991']))).cameOut).toBe(true);
  });

  it('says so where nobody is told anything', async () => {
    const { cameOut, text } = await played({
      title: 'Nothing',
      play: async ({ sees }) => void (await sees({ as: 'tom', in: '#support', shows: ['hello'] })),
    });
    expect(cameOut).toBe(false);
    expect(text).toContain('Instead there was nothing.');
  });

  it('does not take an older message for a new one', async () => {
    const { cameOut } = await played(asks(['2 calls']), {
      title: 'Again',
      async play({ clockTo, sees }) {
        clockTo('09:30');
        await sees({ as: 'tom', in: '#support', shows: ['2 calls'] });
      },
    });
    expect(cameOut).toBe(false);
  });

  it('does not call a mistake in the script a story that came out', async () => {
    const broken = async () => {
      throw new TypeError('a mistake');
    };
    await expect(played({ title: 'Broken', play: broken })).rejects.toThrow('a mistake');
  });
});
