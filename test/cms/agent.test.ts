import { describe, expect, it } from 'vitest';
import { isProxied } from '../../src/cms/agent.ts';
import {
  answerSample,
  fixture,
  http2Server,
  httpServer,
  httpsServer,
  proxyServer,
  readAll,
  rejection,
  tcpRelay,
  tcpServer,
  testSource,
} from './loopback.ts';

const PATH = '/rest/cmsapp/v1/callin/queryMissedCalls';
const CA = fixture('tls/ca.pem');

describe('connections', () => {
  it('are kept for the next request', async () => {
    let connections = 0;
    const { server, url } = await httpServer(answerSample);
    server.on('connection', () => connections++);
    const source = testSource({ url });
    for (let time = 0; time < 10; time++) await readAll(source);
    // undici may open a second one when it is asked in the moment in which an answer ends.
    expect(connections).toBeLessThanOrEqual(2);
  });

  it('are kept after an answer that is an error, too', async () => {
    let connections = 0;
    let requests = 0;
    const { server, url } = await httpServer((request, response) => {
      if (++requests > 1) return answerSample(request, response);
      request.resume();
      response.writeHead(503).end('<html>busy</html>');
    });
    server.on('connection', () => connections++);
    await readAll(testSource({ url }));
    expect([requests, connections]).toEqual([2, 1]);
  });
});

describe('TLS', () => {
  it('takes a private CA', async () => {
    const { url } = await httpsServer('loopback', answerSample);
    expect(await readAll(testSource({ url, ca: CA }))).toHaveLength(1);
  });

  it('speaks HTTP/1.1 where the server would rather have HTTP/2, since the host header is signed', async () => {
    const versions: string[] = [];
    const { url } = await http2Server('loopback', (version) => versions.push(version));
    await readAll(testSource({ url, ca: CA }));
    expect(versions).toEqual(['1.1']);
  });

  it.each<[string, string, string | null, RegExp]>([
    ['of an unknown CA', 'loopback', null, /CMS_CA_FILE/],
    ['for another name', 'other-name', CA, /another name.*CMS_URL/],
    ['that has expired', 'expired', CA, /not valid today/],
  ])('refuses a certificate %s, once and with the remedy', async (_name, certificate, ca, remedy) => {
    let handshakes = 0;
    const { url } = await httpsServer(certificate, answerSample);
    const counted = await tcpRelay(url, () => handshakes++);
    await rejection(readAll(testSource({ url: counted.url, ca })), 'unreachable', remedy);
    expect(handshakes).toBe(1);
  });

  it('says so where the port does not speak it', async () => {
    const { url } = await httpServer(answerSample);
    await rejection(
      readAll(testSource({ url: url.replace('http:', 'https:') })),
      'unreachable',
      /scheme and port/,
    );
  });
});

describe('a proxy', () => {
  const none = { https: null, http: null, no: null };

  it('is tunnelled through for https, and the certificate is still checked against the private CA', async () => {
    const { port } = await httpsServer('loopback', answerSample);
    const proxy = await proxyServer(port);
    const source = testSource({
      url: `https://localhost:${port}`,
      ca: CA,
      proxy: { ...none, https: proxy.url },
    });
    expect(await readAll(source)).toHaveLength(1);
    expect(proxy.asked).toEqual([`CONNECT localhost:${port}`]);
  });

  it('is asked to forward for http, with the name and password of its address', async () => {
    const proxy = await proxyServer(0);
    const http = proxy.url.replace('//', '//desk:word@');
    expect(
      await readAll(testSource({ url: 'http://cms.example.com:28080', proxy: { ...none, http } })),
    ).toHaveLength(1);
    expect(proxy.asked).toEqual([
      `POST http://cms.example.com:28080${PATH} Basic ${Buffer.from('desk:word').toString('base64')}`,
    ]);
  });

  it('does not apply to hosts of NO_PROXY, nor to the other scheme', async () => {
    const { url } = await httpServer(answerSample);
    const proxy = await proxyServer(0);
    await readAll(testSource({ url, proxy: { ...none, http: proxy.url, no: 'example.com,127.0.0.1' } }));
    await readAll(testSource({ url, proxy: { ...none, https: proxy.url } }));
    expect(proxy.asked).toEqual([]);
  });

  it.each([
    ['https://cms.example.com', 403],
    ['https://cms.example.com', 407],
    ['http://cms.example.com', 407],
  ])('that refuses the way to %s with %i is named', async (url, status) => {
    const proxy = await proxyServer(0, status);
    const settings = { https: proxy.url, http: proxy.url, no: null };
    await rejection(readAll(testSource({ url, proxy: settings, retries: 0 })), 'unreachable', /HTTPS_PROXY/);
  });

  it('that hangs holds nobody beyond the time allowed', async () => {
    const { url } = await tcpServer(() => undefined);
    const source = testSource({
      url: 'https://cms.example.com',
      proxy: { ...none, https: url },
      timeoutMs: 100,
      retries: 0,
    });
    await rejection(readAll(source), 'unreachable', /CMS_TIMEOUT_MS/);
  });
});

describe('isProxied', () => {
  const proxies = { https: 'http://proxy:3128', http: null };
  const proxied = (url: string, no: string | null = null) => isProxied(new URL(url), { ...proxies, no });

  it('says whether there is a proxy for such addresses', () => {
    expect(proxied('https://cms.example.com')).toBe(true);
    expect(proxied('http://cms.example.com')).toBe(false);
    expect(isProxied(new URL('https://cms.example.com'), null)).toBe(false);
  });

  it.each([
    { no: 'cms.example.com', is: false },
    { no: 'localhost, Example.com', is: false },
    { no: '.example.com', is: false },
    { no: '*', is: false },
    { no: 'cms.example.com:28443', is: false },
    { no: 'cms.example.com:443', is: true },
    { no: 'ample.com', is: true },
    { no: '', is: true },
  ])('and heeds NO_PROXY $no', ({ no, is }) => {
    expect(proxied('https://cms.example.com:28443', no)).toBe(is);
  });
});
