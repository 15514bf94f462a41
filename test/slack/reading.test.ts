import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createReadingOf } from '../../src/slack/reading.ts';
import { createVdnsOf } from '../../src/slack/vdns-of.ts';
import type { Verdict } from '../../src/vdns/decision.ts';
import type { Actor } from '../../src/vdns/rights.ts';
import { anOutboxRow } from './an-outbox-row.ts';
import { callback } from './messages/examples.ts';

/** What a person's verdict is by VDN, and which VDNs a channel may show; who was asked about is in `asked`. */
function open(people: Record<number, Verdict>, channel: readonly number[] = []) {
  const asked: (Actor | string)[] = [];
  const callbacks = {
    findAll: async (_: string, ids: readonly number[]) =>
      new Map(ids.map((id) => [id, callback('claimed', { id, vdn: id })])),
  };
  const readingOf = createReadingOf({
    rights: {
      judge: async (actor, vdn) => {
        asked.push(actor);
        return people[vdn] ?? 'no';
      },
      mayReceive: async (_, channelId, vdn) => {
        asked.push(channelId);
        return channel.includes(vdn);
      },
    },
    vdnsOf: createVdnsOf('T1', callbacks),
  });
  return { readingOf, asked };
}

const vdn = { number: 7, name: 'Support' };
const notices = (vdns: readonly number[]) => ({
  kind: 'callback-notices',
  channelId: 'U0TOM',
  data: { entries: vdns.map((callbackId) => ({ notice: 'due', callbackId, actorId: null })), calls: null },
});

describe('who reads a message', () => {
  it.each([
    ['answer', 'C1', 'sent', 'C1'],
    ['digest', 'C1', 'pending', 'C1'],
    ['source-down', 'C1', 'pending', 'C1'],
    ['source-back', 'C1', 'pending', 'C1'],
    ['vdn-removed', 'C1', 'pending', 'C1'],
    ['answer', 'C1', 'private', { teamId: 'T1', userId: 'U0ASKER', channelId: 'C1' }],
    ['answer', 'D1', 'sent', { teamId: 'T1', userId: 'U0ASKER', channelId: 'D1' }],
    ['joined-calls', 'U0TOM', 'pending', { teamId: 'T1', userId: 'U0TOM', channelId: null }],
  ] as const)('of the kind %s in %s, %s, is looked at', async (kind, channelId, state, reader) => {
    const { readingOf, asked } = open({ 7: 'yes' }, [7]);
    const row = anOutboxRow({ kind, channelId, state, data: { vdn, askerId: 'U0ASKER' } });
    expect(await readingOf(row)).toEqual({ verdict: 'yes', hidden: new Set() });
    expect(asked).toEqual([reader]);
    expect((await open({}).readingOf(row)).verdict).toBe('no');
  });

  it('is not looked at where it shows no calls', async () => {
    const { readingOf, asked } = open({});
    const paused = anOutboxRow({ kind: 'subscription-paused', channelId: 'U0TOM', data: { vdn } });
    expect(await readingOf(paused)).toEqual({ verdict: 'yes', hidden: new Set() });
    expect(asked).toEqual([]);
  });

  it('fails for a kind that nobody has thought of', async () => {
    const { readingOf } = open({ 7: 'yes' }, [7]);
    await expect(readingOf(anOutboxRow({ kind: 'new-kind', data: { vdn } }))).rejects.toThrow('new-kind');
  });

  it('reads of several VDNs those that are theirs, and nothing where none is', async () => {
    const verdict = fc.constantFrom<Verdict>('yes', 'no', 'unknown');
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom('1', '2', '3'), verdict), async (people) => {
        const vdns = Object.keys(people).map(Number);
        const { verdict: of, hidden } = await open(people).readingOf(anOutboxRow(notices(vdns)));
        const verdicts = Object.values(people);
        expect(hidden).toEqual(new Set(vdns.filter((number) => people[number] !== 'yes')));
        if (vdns.length === 0 || verdicts.includes('yes')) expect(of).toBe('yes');
        else expect(of).toBe(verdicts.includes('unknown') ? 'unknown' : 'no');
      }),
    );
  });
});
