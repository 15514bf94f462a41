import { describe, expect } from 'vitest';
import { it, MR_GREEN, MS_BLACK, modes, SUPPORT } from './scene.ts';

const config = { vdns: [{ ...SUPPORT, timeZone: null }] };

describe.each(modes)('an answer for the asker alone, over %s', { concurrent: true }, (mode) => {
  it('is given to who adds "private", and nobody else sees it', async ({ openScene }) => {
    const { asks, misses, read, readAll, slack } = await openScene(mode, { config });
    misses(MR_GREEN);
    const answer = await asks('tom', '#support', 'today private');
    expect(answer.ephemeralTo).toBe('U0TOMBAKE');
    expect(read(answer)).toContain('1 call from 1 caller');
    expect(read(answer)).not.toContain('/invite');
    expect(readAll('ana', '#support')).toEqual([]);
    expect(slack.calls.filter(({ method }) => method === 'chat.postMessage')).toEqual([]);
  });

  it('is in the language and the time of the asker', async ({ openScene }) => {
    const { asks, misses, read } = await openScene(mode, { config });
    misses(MR_GREEN);
    const said = read(await asks('li', '#support', 'today private'), 'li');
    expect(said).toContain('1 个来电');
    expect(said).toContain('Asia/Shanghai（您的时间）');
    expect(said).toContain('17:');
  });

  it.for([
    ['a direct message between two people', 'ana', '@tom'],
    ["the desk's own direct message", 'ana', '@app'],
  ] as const)('comes in %s, where nobody can invite the desk', async ([, who, channel], { openScene }) => {
    const { asks, misses, read } = await openScene(mode, { config });
    misses(MR_GREEN);
    const answer = await asks(who, channel, 'today');
    expect(read(answer, who)).toContain('1 call from 1 caller');
    expect(read(answer, who)).not.toContain('/invite');
  });

  it.for([
    ['a public channel', '#sales'],
    ['a private channel', '#private'],
  ] as const)(
    'comes in %s where the desk is no member, and says how to invite it',
    async ([, channel], { openScene }) => {
      const { asks, misses, read, readAll } = await openScene(mode, { config });
      misses(MR_GREEN);
      const answer = await asks('tom', channel, 'today');
      expect(answer.ephemeralTo).toBe('U0TOMBAKE');
      expect(read(answer)).toContain('1 call from 1 caller');
      expect(read(answer)).toContain('To let me post here, type /invite @missed-call-desk');
      expect(readAll('li', channel)).toEqual([]);
    },
  );

  it('that is slow comes after a notice, which Slack does not let the desk replace', async ({
    openScene,
  }) => {
    const { asksPatiently, cms, misses, readAll, sees } = await openScene(mode, { config });
    misses(MR_GREEN);
    cms.faults.add({ kind: 'slow', ms: 1_200 });
    await asksPatiently('tom', '#support', 'today private');
    await sees('tom', '#support', '1 call from 1 caller');
    expect(readAll('tom', '#support')).toHaveLength(2);
    expect(readAll('ana', '#support')).toEqual([]);
  });

  it('turns its pages and changes by its own clicks, for its asker alone', async ({ openScene }) => {
    const { asks, becomes, cms, presses, readAll } = await openScene(mode, { config });
    cms.calls.burst({ vdn: 7, count: 12 });
    const answer = await asks('tom', '#support', 'today private');
    await presses('tom', answer, 'Next →');
    const second = await becomes('tom', answer, '11–12 of 12');
    await presses('tom', second, 'Claim', 1);
    await becomes('tom', second, 'Claimed by @Tom Baker');
    expect(readAll('tom', '#support')).toHaveLength(1);
    expect(readAll('ana', '#support')).toEqual([]);
  });
});

describe.each(modes)(
  'a channel that is shared with another organisation, over %s',
  { concurrent: true },
  (mode) => {
    it("is not shown callers' numbers, not even in an answer to one of its members", async ({
      openScene,
    }) => {
      const { asks, cms, misses, read, slack } = await openScene(mode, { config });
      misses(MR_GREEN);
      for (const text of ['today', 'today private']) {
        const answer = await asks('tom', '#partners', text);
        expect(answer.ephemeralTo).toBe('U0TOMBAKE');
        expect(read(answer)).toContain('This channel is shared with another organisation');
      }
      expect(slack.calls.filter(({ method }) => method === 'chat.postMessage')).toEqual([]);
      expect(cms.requests).toEqual([]);
    });

    it('gets no digest either', async ({ openScene }) => {
      const { asks, read } = await openScene(mode, { config });
      expect(read(await asks('tom', '#partners', 'digest hourly'))).toContain('shared with another');
      expect(read(await asks('tom', '#partners', 'digest list'))).toContain('There are no digests yet');
    });

    it('is answered where the operator allows it', async ({ openScene }) => {
      const { asks, misses, read } = await openScene(mode, {
        config: { ...config, numbersInSharedChannels: true },
      });
      misses(MR_GREEN);
      const answer = await asks('tom', '#partners', 'today');
      expect(answer.ephemeralTo).toBeUndefined();
      expect(read(answer)).toContain('1 call from 1 caller');
    });

    it('is known as soon as Slack says that it is shared now', async ({ openScene }) => {
      const { asks, misses, read, slack } = await openScene(mode, { config });
      misses(MS_BLACK);
      expect(read(await asks('tom', '#support', 'today'))).toContain('1 call from 1 caller');
      const { channels } = slack.workspace;
      channels.set('C0SUPPORT', { ...slack.workspace.channel('#support'), shared: true });
      await slack.emit({ type: 'channel_shared', channel: 'C0SUPPORT', connected_team_id: 'T0OTHER01' });
      expect(read(await asks('tom', '#support', 'today'))).toContain('shared with another organisation');
    });
  },
);
