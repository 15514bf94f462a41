import type { SignatureReport } from '../../cms/verify.ts';

/** What an auth-v2 signature is made of, part by part, and whether it is right. */
export function SignatureParts({ signature }: { signature: SignatureReport }) {
  const { accepted, why, accessKey, timestamp, signedHeaders, prefix, canonicalRequest, expected, got } =
    signature;
  return (
    <>
      <h3>Signature</h3>
      <p className={accepted ? 'good-line' : 'bad-line'}>
        {accepted ? '✓' : '✕'} {why}
      </p>
      <dl>
        <Part name="Access key" value={accessKey} note="who asks; the secret key itself is never sent" />
        <Part
          name="Time"
          value={timestamp}
          note="UTC, to the second; too far from the server's clock is refused"
        />
        <Part
          name="Signed headers"
          value={signedHeaders.join(';')}
          note="lower-case, sorted; host with its port"
        />
        <Part
          name="Prefix"
          value={prefix}
          note="HMAC-SHA256 of it with the secret key, as hex, is the signing key"
        />
        <Part
          name="Canonical request"
          value={canonicalRequest}
          note="method, path, signed headers, their values and the body, percent-encoded"
        />
        <Part
          name="Should be"
          value={expected}
          note="HMAC-SHA256 of the canonical request with the signing key, as hex"
        />
        <Part name="Was" value={got} note={expected === got ? 'the same' : 'not the same'} />
      </dl>
    </>
  );
}

function Part({ name, value, note }: { name: string; value: string | null; note: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <code>{value ?? 'could not be read'}</code>
        <small>{note}</small>
      </dd>
    </>
  );
}
