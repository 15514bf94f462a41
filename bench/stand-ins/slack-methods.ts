export const BOT_TOKEN = 'xoxb-bench';
export const APP_TOKEN = 'xapp-bench';
export const TEAM = 'T0BENCH';

/** Something that the app has said. */
export interface Sent {
  /** As by performance.now(). */
  at: number;
  how: 'posted' | 'edited' | 'replied';
  /** Where: a channel; of an edit the message's ts, of a reply the response_url's key. */
  to: string;
  bytes: number;
}

let posts = 0;

/** Answers one call: what to reply, and what was said in it if it was a message. */
export function answers(path: string, body: string, socketUrl: string): { reply: string; message?: Sent } {
  const [, where, what = ''] = path.split('/');
  const said = (how: Sent['how'], to: string): Sent => ({
    at: performance.now(),
    how,
    to,
    bytes: body.length,
  });
  if (where === 'response') return { reply: 'ok', message: said('replied', what) };
  const args = new URLSearchParams(body);
  const arg = (name: string) => args.get(name) ?? '';
  const ok = (facts: object) => JSON.stringify({ ok: true, ...facts });
  switch (what) {
    case 'auth.test':
      return {
        reply: ok({ team_id: TEAM, user_id: 'U0BENCHBOT', bot_id: 'B0BENCH', url: '', team: '', user: '' }),
      };
    case 'apps.connections.open':
      return { reply: ok({ url: socketUrl }) };
    case 'users.info':
      return { reply: ok({ user: { id: arg('user'), locale: 'en-GB', tz: 'Europe/London' } }) };
    case 'conversations.info':
      return { reply: ok({ channel: { id: arg('channel'), is_channel: true, is_member: true } }) };
    case 'conversations.open':
      return { reply: ok({ channel: { id: `D${arg('users')}` } }) };
    case 'chat.postMessage': {
      posts += 1;
      const ts = `1700000000.${String(posts).padStart(6, '0')}`;
      return { reply: ok({ channel: arg('channel'), ts }), message: said('posted', arg('channel')) };
    }
    case 'chat.update':
      return { reply: ok({ channel: arg('channel'), ts: arg('ts') }), message: said('edited', arg('ts')) };
    default:
      return { reply: JSON.stringify({ ok: false, error: 'unknown_method' }) };
  }
}
