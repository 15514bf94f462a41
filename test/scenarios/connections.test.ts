import { describe, expect } from 'vitest';
import { it, SUPPORT } from './scene.ts';

const config = { vdns: [SUPPORT] };
const escalate = { type: 'button', action_id: 'escalate', text: { type: 'plain_text', text: 'Escalate' } };

describe('a desk whose connections Slack renews and breaks', { concurrent: true }, () => {
  it('acks every command and every click meanwhile, and does each of them once', async ({ openScene }) => {
    const { readAll, slack } = await openScene('socket', { config });
    const tom = slack.as('tom');
    // Of no version: each click on it is answered by one sentence.
    const old = slack.workspace.messages.post({
      channel: 'C0SUPPORT',
      user: slack.botUserId,
      byApp: false,
      text: 'An old message',
      blocks: [{ type: 'actions', block_id: 'a', elements: [escalate] }],
    });
    /** And how many connections there are once another one has taken its place: one that was renewed lingers. */
    const interruptions = [
      [() => slack.dropConnections('oldest'), 2],
      [() => slack.dropConnections('oldest'), 2],
      [() => slack.refresh('warning', 'oldest'), 3],
      [() => slack.refresh('refresh_requested', 'oldest'), 4],
      [() => slack.refresh('refresh_requested', 'oldest'), 5],
    ] as const;
    const acks: string[] = [];
    let fewest = 2;
    await slack.settled(() => slack.connections === 2);
    slack.watch(() => {
      fewest = Math.min(fewest, slack.connections);
    });
    const deliverSome = async () => {
      // More than there are connections, so that each gets one right after the interruption.
      for (let i = 0; i < 5; i++) {
        acks.push((await tom.command('#support', '/missed', 'help')).ack.status);
        acks.push((await tom.click(old, 'Escalate')).status);
      }
    };
    await deliverSome();
    for (const [interrupt, connections] of interruptions) {
      interrupt();
      await deliverSome();
      await slack.settled(() => slack.connections === connections, 10_000);
      await deliverSome();
    }
    expect(new Set(acks)).toEqual(new Set(['acked']));
    expect(fewest).toBeGreaterThanOrEqual(1);
    await slack.settled(() => tom.messages('#support').length > acks.length, 10_000);
    const said = readAll('tom', '#support');
    expect(said.filter((text) => text.includes('I do not know this button'))).toHaveLength(acks.length / 2);
    expect(said).toHaveLength(acks.length);
  });

  it('answers again when all of them break at once', async ({ openScene }) => {
    const { asks, read, slack } = await openScene('socket', { config });
    await slack.settled(() => slack.connections === 2);
    slack.dropConnections();
    await slack.settled(() => slack.connections === 0);
    await slack.settled(() => slack.connections > 0, 10_000);
    expect(read(await asks('tom', '#support', 'today private'))).toContain('No missed calls. 🎉');
  });
});
