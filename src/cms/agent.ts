import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';

/** Values of HTTPS_PROXY, HTTP_PROXY and NO_PROXY; null or "" where one is not set. */
export interface ProxySettings {
  https: string | null;
  http: string | null;
  no: string | null;
}

export interface AgentOptions {
  /** CMS_URL. */
  url: URL;
  /** PEM of the CA that the contact centre's certificate must come from, instead of the public ones. */
  ca: string | null;
  proxy: ProxySettings | null;
  /** How long connecting may take. */
  connectTimeoutMs: number;
}

/** The connections to the contact centre: kept alive, through the proxy where one applies. */
export function createAgent({ url, ca, proxy, connectTimeoutMs }: AgentOptions): Dispatcher {
  const tls = ca ? { ca } : {};
  const options = {
    // HTTP/2 would send :authority in place of the host header that was signed.
    allowH2: false,
    connectTimeout: connectTimeoutMs,
    connect: tls,
  };
  const proxyUrl = proxyFor(url, proxy);
  if (!proxyUrl) return new Agent(options);
  // undici reads the environment for what is undefined, and falls back from one proxy to the other: give it all three.
  return new EnvHttpProxyAgent({
    ...options,
    requestTls: { ...tls, allowH2: false },
    httpProxy: proxyUrl,
    httpsProxy: proxyUrl,
    noProxy: proxy?.no ?? '',
  });
}

const proxyFor = (url: URL, proxy: ProxySettings | null): string | null =>
  (url.protocol === 'https:' ? proxy?.https : proxy?.http) || null;

/** Whether the contact centre is reached through a proxy, as undici decides it: NO_PROXY names hosts, and those below them. */
export function isProxied(url: URL, proxy: ProxySettings | null): boolean {
  if (proxyFor(url, proxy) === null) return false;
  const host = `.${url.hostname.toLowerCase()}`;
  const exempt = (proxy?.no ?? '')
    .toLowerCase()
    .split(/[,\s]+/)
    .filter(Boolean);
  return !exempt.some((entry) => {
    const [name = '', port] = entry.split(':');
    if (port !== undefined && port !== (url.port || (url.protocol === 'https:' ? '443' : '80'))) return false;
    return name === '*' || host.endsWith(`.${name.replace(/^\*?\./, '')}`);
  });
}
