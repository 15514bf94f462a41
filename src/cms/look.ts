import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { connect, type DetailedPeerCertificate, type TLSSocket } from 'node:tls';
import type { SourceError } from '../calls/source.ts';
import { isProxied, type ProxySettings } from './agent.ts';
import { networkError } from './network-error.ts';

/** The certificate of a server, and whether the desk would talk to it. */
export interface SeenCertificate {
  /** Names of the CAs, from the one that signed it on. */
  signedBy: string[];
  /** Epoch ms. */
  validUntilAt: number;
  problem: SourceError | null;
}

export interface LookOptions {
  /** CMS_URL. */
  url: string;
  /** PEM text of CMS_CA_FILE. */
  ca: string | null;
  proxy: ProxySettings | null;
  timeoutMs: number;
}

/** A look at the way to the contact centre, for whoever has to find out why it is not reached. Throws SourceError. */
export function createLook({ url: text, ca, proxy, timeoutMs }: LookOptions) {
  const url = new URL(text);
  const host = url.hostname.replace(/^\[|\]$/g, '');

  return {
    url,
    proxied: isProxied(url, proxy),
    ownCa: ca !== null,
    async addresses(): Promise<string[]> {
      if (isIP(host)) return [url.hostname];
      try {
        return (await lookup(host, { all: true })).map(({ address }) => address);
      } catch (error) {
        throw networkError(error, url);
      }
    },
    /** Shakes hands, whoever it is, and sends nothing. */
    async certificate(): Promise<SeenCertificate> {
      const socket = connect({
        host,
        port: Number(url.port || '443'),
        ...(isIP(host) ? {} : { servername: host }),
        ...(ca ? { ca } : {}),
        // What is wrong with it is to be said together with whose it is.
        rejectUnauthorized: false,
        timeout: timeoutMs,
      });
      try {
        await shaken(socket);
        return seen(socket, url);
      } catch (error) {
        throw networkError(error, url);
      } finally {
        socket.destroy();
      }
    },
  };
}

function shaken(socket: TLSSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('secureConnect', resolve);
    socket.once('error', reject);
    socket.once('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
    socket.once('timeout', () => reject(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })));
  });
}

function seen(socket: TLSSocket, url: URL): SeenCertificate {
  const certificate = socket.getPeerCertificate(true);
  // Declared as an Error; Node gives its code.
  const code = socket.authorized ? null : String(socket.authorizationError);
  return {
    signedBy: issuersOf(certificate),
    validUntilAt: Date.parse(certificate.valid_to),
    problem: code === null ? null : networkError(Object.assign(new Error(code), { code }), url),
  };
}

/** No chain is as long as that. */
const MOST_ISSUERS = 5;

function issuersOf(certificate: DetailedPeerCertificate): string[] {
  const names: string[] = [];
  let at: DetailedPeerCertificate | undefined = certificate;
  while (at && names.length < MOST_ISSUERS) {
    const { CN, O } = at.issuer;
    const name = String(CN ?? O ?? 'nobody who is named');
    if (names.at(-1) !== name) names.push(name);
    // The last one has signed itself.
    const issuer: DetailedPeerCertificate | undefined = at.issuerCertificate;
    at = issuer && issuer.fingerprint256 !== at.fingerprint256 ? issuer : undefined;
  }
  return names;
}
