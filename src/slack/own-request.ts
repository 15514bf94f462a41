import { createHmac, randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { RequestsPort } from '../doctor/slack.ts';

const PATIENCE_MS = 5_000;
const NOBODY: ReadonlySet<string> = new Set(['ECONNREFUSED']);

/**
 * Asks the desk that listens on this machine's `port` as Slack does when a request URL is entered (url_verification), which
 * changes nothing. Signed as https://docs.slack.dev/authentication/verifying-requests-from-slack says.
 */
export function createOwnRequest(port: number, signingSecret: string, clock: Clock): RequestsPort {
  return {
    port,
    async challenge() {
      const challenge = randomBytes(16).toString('hex');
      const body = JSON.stringify({ type: 'url_verification', challenge });
      const timestamp = Math.floor(clock.now() / 1000);
      const signature = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
      try {
        const response = await fetch(`http://127.0.0.1:${port}/slack/events`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'x-slack-request-timestamp': String(timestamp),
            'x-slack-signature': `v0=${signature}`,
          },
          body,
          redirect: 'manual',
          signal: AbortSignal.timeout(PATIENCE_MS),
        });
        return {
          status: response.status,
          echoed: response.ok && (await response.text()).includes(challenge),
        };
      } catch (error) {
        if (NOBODY.has(causeOf(error))) return null;
        // Somebody is there, and speaks no HTTP, or not in time.
        return { status: 0, echoed: false };
      }
    },
  };
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : '';
}
