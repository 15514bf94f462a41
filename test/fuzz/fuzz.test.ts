import { describe, expect, it } from 'vitest';
import { fuzzCentre } from './centre.ts';
import { fuzzInstalling } from './installing.ts';
import { faultsOfCall, faultsOfContent, faultsOfLog } from './judge.ts';
import { fuzzSlack } from './slack.ts';

// What a hundred thousand came to is in docs/security.md; a rejection that nobody handles fails the whole run.
describe('what comes from outside', () => {
  it('by way of Slack does the desk no harm, and reaches nobody as markup', {
    timeout: 120_000,
  }, async () => {
    const { inputs, acts, calls, faults } = await fuzzSlack({ inputs: 1_500, seed: 1 });
    expect(faults).toEqual([]);
    expect(inputs).toBeGreaterThanOrEqual(1_500);
    // It did not stop at the door.
    expect(acts).toBeGreaterThan(100);
    expect(calls).toBeGreaterThan(200);
  });

  it('of browsers at the pages of the installation installs nothing, and sends nobody anywhere', async () => {
    const { inputs, acts, faults } = await fuzzInstalling({ inputs: 200, seed: 1 });
    expect(faults).toEqual([]);
    expect(inputs).toBe(200);
    expect(acts).toBeGreaterThan(5);
  });

  it('from the contact centre does the desk no harm: everybody who asks is answered', {
    timeout: 120_000,
  }, async () => {
    const { inputs, faults } = await fuzzCentre({ inputs: 50, seed: 1 });
    expect(faults).toEqual([]);
    expect(inputs).toBeGreaterThanOrEqual(50);
  });
});

describe('the judge', () => {
  const call = { method: 'chat.postMessage', at: 0, performed: true, answer: {} };

  it('sees markup of somebody else wherever Slack would read it', () => {
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'by <!channel>' } }];
    expect(faultsOfCall({ ...call, args: { text: 'by <@U0EVIL>' } })).toHaveLength(1);
    expect(faultsOfCall({ ...call, args: { text: 'well', blocks } })).toHaveLength(1);
    expect(faultsOfContent('An answer', { view: { blocks } })).toHaveLength(1);
  });

  it('lets pass what is escaped, and what Slack shows as it is', () => {
    const plain = { type: 'plain_text', text: '<!channel>' };
    expect(faultsOfCall({ ...call, args: { text: '&lt;!channel&gt;', blocks: [plain] } })).toEqual([]);
  });

  it("sees what Slack refuses for the desk's own fault, and not what it refuses for somebody else's", () => {
    expect(faultsOfCall({ ...call, args: {}, error: 'invalid_blocks' })).toHaveLength(1);
    expect(faultsOfCall({ ...call, args: {}, error: 'channel_not_found' })).toEqual([]);
  });

  it('sees errors in the log', () => {
    const line = (level: number) => JSON.stringify({ level, msg: 'An answer to Slack failed' });
    expect(faultsOfLog([line(30), line(50)])).toHaveLength(1);
  });
});
