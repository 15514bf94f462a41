import { createHmac } from 'node:crypto';

/** Slack's v0 signature of a request that it sends: hex HMAC-SHA256 over version, timestamp (seconds) and raw body. */
export function signatureOf(secret: string, timestamp: number, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}
