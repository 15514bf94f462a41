import { WebClient } from '@slack/web-api';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { FaultKind } from '../../src/sandbox/slack/faults.ts';
import { slackErrorName, slackFailure } from '../../src/slack/slack-error.ts';
import { quiet, runClient } from '../sandbox/slack/harness.ts';

/** What the real client throws for one call that goes wrong. */
async function thrownFor(fault: FaultKind, options: { timeout?: number } = {}): Promise<unknown> {
  const { slack } = await runClient();
  onTestFinished(() => slack.close());
  const client = new WebClient(slack.botToken, {
    slackApiUrl: slack.url,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: quiet,
    ...options,
  });
  slack.faults.add({ ...fault, method: 'auth.test' });
  return client.auth.test().catch((error: unknown) => error);
}

describe('a call to Slack that failed', () => {
  it.each(['channel_not_found', 'is_archived', 'not_in_channel', 'restricted_action'])(
    'was refused by Slack’s own word: %s',
    async (error) => {
      const thrown = await thrownFor({ kind: 'error', error });
      expect(slackFailure(thrown)).toEqual({ kind: 'refused', error });
      expect(slackErrorName(thrown)).toBe(error);
    },
  );

  it('may be tried again after the time that Slack names', async () => {
    const thrown = await thrownFor({ kind: 'ratelimited', retryAfterS: 7 });
    expect(slackFailure(thrown)).toEqual({ kind: 'later', afterMs: 7_000 });
    expect(slackErrorName(thrown)).toBeUndefined();
  });

  it('may be tried again when Slack says so in its own word, or in a way that cannot be read', async () => {
    expect(slackFailure(await thrownFor({ kind: 'error', error: 'ratelimited' })).kind).toBe('later');
    expect(slackFailure(new Error('Retry header did not contain a valid timeout')).kind).toBe('later');
  });

  it.each(['fatal_error', 'internal_error', 'service_unavailable', 'request_timeout'])(
    'may have had its effect after a fault of Slack’s: %s',
    async (error) => {
      expect(slackFailure(await thrownFor({ kind: 'error', error }))).toEqual({ kind: 'unknown', error });
    },
  );

  it('may have had its effect when the answer was lost', async () => {
    expect(slackFailure(await thrownFor({ kind: 'accept-then-drop' })).kind).toBe('unknown');
    expect(slackFailure(await thrownFor({ kind: 'drop' })).kind).toBe('unknown');
    expect(slackFailure(await thrownFor({ kind: 'slow', ms: 400 }, { timeout: 50 })).kind).toBe('unknown');
    expect(slackFailure(await thrownFor({ kind: 'http', status: 503 }))).toEqual({
      kind: 'unknown',
      error: 'http_503',
    });
  });

  it('was refused by a status that says so', async () => {
    const thrown = await thrownFor({ kind: 'http', status: 403 });
    expect(slackFailure(thrown)).toEqual({ kind: 'refused', error: 'http_403' });
  });

  it('never left where there was nobody to connect to', async () => {
    const { slack } = await runClient();
    const { url, botToken } = slack;
    await slack.close();
    const client = new WebClient(botToken, { slackApiUrl: url, retryConfig: { retries: 0 }, logger: quiet });
    const thrown = await client.auth.test().catch((error: unknown) => error);
    expect(slackFailure(thrown)).toEqual({ kind: 'later', afterMs: 5_000 });
  });
});
