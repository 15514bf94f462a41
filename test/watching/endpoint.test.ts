import { createServer } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { createMetricsEndpoint } from '../../src/watching/endpoint.ts';

const TOKEN = 'a-token-of-prometheus';

async function open(figures: () => Promise<string> = async () => 'desk_ready 1\n') {
  const server = createServer(createMetricsEndpoint(TOKEN, figures, silentLog));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return (headers: Record<string, string>, method = 'GET') =>
    fetch(`http://127.0.0.1:${port}/metrics`, { headers, method });
}

it('tells whoever knows the token, in Prometheus’s format', async () => {
  const ask = await open();
  const response = await ask({ authorization: `Bearer ${TOKEN}` });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('version=0.0.4');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(await response.text()).toBe('desk_ready 1\n');
});

it.each([
  ['nothing', {}],
  ['another one', { authorization: 'Bearer a-token-of-somebody' }],
  ['a part of it', { authorization: `Bearer ${TOKEN.slice(0, -1)}` }],
  ['more than it', { authorization: `Bearer ${TOKEN}x` }],
  ['it without saying what it is', { authorization: TOKEN }],
])('tells nobody who says %s', async (_, headers: Record<string, string>) => {
  const ask = await open(() => Promise.reject(new Error('it was read all the same')));
  const response = await ask(headers);
  expect(response.status).toBe(401);
  expect(await response.text()).not.toContain('desk_');
});

it('is read, and not written', async () => {
  const ask = await open();
  expect((await ask({ authorization: `Bearer ${TOKEN}` }, 'POST')).status).toBe(405);
});

it('says that it cannot say', async () => {
  const ask = await open(() => Promise.reject(new Error('the registry is broken')));
  const response = await ask({ authorization: `Bearer ${TOKEN}` });
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain('broken');
});
