import { SourceError } from '../calls/source.ts';
import { DAY_MS } from '../calls/wall-time.ts';
import { type Finding, failed, ok, skipped, warning } from './finding.ts';

/** The certificate that the contact centre shows. */
export interface Certificate {
  /** Names of the CAs, from the one that signed it to the last that it shows or that is known here. */
  signedBy: readonly string[];
  /** Epoch ms. */
  validUntilAt: number;
  /** Why the desk would not talk to it; null: it would. */
  problem: SourceError | null;
}

/** The way to the contact centre; every error is a SourceError. */
export interface WayPort {
  /** CMS_URL. */
  url: URL;
  /** A proxy looks up the name and opens the way. */
  proxied: boolean;
  /** Whether CMS_CA_FILE stands in for the public CAs. */
  ownCa: boolean;
  /** What DNS says of the host. */
  addresses(): Promise<readonly string[]>;
  /** Only where CMS_URL is https. */
  certificate(): Promise<Certificate>;
}

const EXPIRES_SOON_MS = 30 * DAY_MS;
const LOOPBACK = /^(?:localhost|127\.[\d.]+|\[::1\])$/;

/** Name and certificate. `now`: epoch ms. */
export async function wayFindings(way: WayPort, now: number): Promise<Finding[]> {
  if (way.proxied)
    return [
      skipped('contact-centre.dns', 'proxied', 'Asked through the proxy, which looks up the name itself.'),
      skipped('contact-centre.tls', 'proxied', 'Seen only through the proxy: the query tells.'),
    ];
  const found = await way.addresses().catch(asSourceError);
  const host = way.url.hostname;
  if (found instanceof SourceError)
    return [failed('contact-centre.dns', 'no-name', `${host} is not found.`, found.message, { host })];
  const resolved = ok(
    'contact-centre.dns',
    'resolved',
    found[0] === host ? `${host} is an address.` : `${host} is ${found.join(', ')}.`,
    { host, addresses: found },
  );
  return [resolved, ...(await tlsFindings(way, now))];
}

function asSourceError(error: unknown): SourceError {
  if (error instanceof SourceError) return error;
  throw error;
}

async function tlsFindings(way: WayPort, now: number): Promise<Finding[]> {
  const check = 'contact-centre.tls';
  if (way.url.protocol === 'http:') {
    if (LOOPBACK.test(way.url.hostname))
      return [ok(check, 'on-this-machine', 'Not encrypted, and does not leave this machine.')];
    return [
      warning(
        check,
        'not-encrypted',
        "CMS_URL is http: callers' numbers travel where others can read them.",
        'Use the https address of the contact centre in CMS_URL, if it has one.',
      ),
    ];
  }
  const certificate = await way.certificate().catch(asSourceError);
  // Why there is no connection, the query says.
  if (certificate instanceof SourceError) return [skipped(check, 'no-connection', 'There is no connection.')];
  const { signedBy, validUntilAt, problem } = certificate;
  const chain = signedBy.join(', by ');
  const until = day(validUntilAt);
  const facts = { signedBy, validUntil: until };
  if (problem)
    return [
      failed(
        check,
        'not-trusted',
        `Its certificate, signed by ${chain}, valid until ${until}, is not trusted.`,
        problem.message,
        facts,
      ),
    ];
  if (validUntilAt - now < EXPIRES_SOON_MS)
    return [
      warning(
        check,
        'expires-soon',
        `Its certificate, signed by ${chain}, is valid only until ${until}.`,
        'Tell the people who run the contact centre to renew it.',
        facts,
      ),
    ];
  const trust = way.ownCa ? 'CMS_CA_FILE' : 'the public CAs';
  return [ok(check, 'trusted', `Signed by ${chain}; trusted by ${trust}; valid until ${until}.`, facts)];
}

const day = (at: number) => new Date(at).toISOString().slice(0, 'yyyy-MM-dd'.length);
