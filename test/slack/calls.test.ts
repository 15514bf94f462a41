import { expect, it } from 'vitest';
import { type CallResult, watchCall } from '../../src/slack/calls.ts';

async function watched(call: () => Promise<Response>, method = 'chat.postMessage') {
  const told = Promise.withResolvers<[string, CallResult]>();
  const answer = await watchCall(method, call, (name, result) => told.resolve([name, result])).catch(
    (error: unknown) => error,
  );
  return { answer, told: await told.promise };
}

const says =
  (body: object, status = 200) =>
  async () =>
    Response.json(body, { status });

it.each<[string, () => Promise<Response>, CallResult]>([
  ['it was done', says({ ok: true, ts: '1.2' }), 'ok'],
  ['there were too many', says({ ok: false, error: 'ratelimited' }), 'limited'],
  ['there were too many, by its status', says({}, 429), 'limited'],
  ['the channel is closed', says({ ok: false, error: 'not_in_channel' }), 'refused'],
  ['a refusal of another name', says({ ok: false, error: 'made_up' }), 'refused'],
  ['nothing passes', says({ ok: false, error: 'token_revoked' }), 'shut-out'],
  ['Slack has a fault', says({ ok: false, error: 'internal_error' }), 'failed'],
  ['Slack is down', says({}, 503), 'failed'],
  ['a proxy answers', async () => new Response('<html>', { status: 407 }), 'failed'],
  ['nobody answers', () => Promise.reject(new TypeError('fetch failed')), 'unreachable'],
])('tells that %s', async (_, call, result) => {
  expect((await watched(call)).told).toEqual(['chat.postMessage', result]);
});

it('knows of a response_url only what its status says', async () => {
  const ok = await watched(async () => new Response('ok'), 'response_url');
  expect(ok.told).toEqual(['response_url', 'ok']);
  const gone = await watched(async () => new Response('expired', { status: 404 }), 'response_url');
  expect(gone.told).toEqual(['response_url', 'refused']);
});

it('gives the answer as it came, and throws what was thrown', async () => {
  const { answer } = await watched(says({ ok: true, ts: '1.2' }));
  expect(answer instanceof Response && (await answer.json())).toEqual({ ok: true, ts: '1.2' });
  const error = new TypeError('fetch failed');
  expect((await watched(() => Promise.reject(error))).answer).toBe(error);
});
