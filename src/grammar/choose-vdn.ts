import type { NamedVdn, Parsed, Span } from './errors.ts';

/** What a command said of its VDN. */
export interface VdnWish {
  vdn: number | null;
  vdnSpan: Span | null;
  /** The command as typed. */
  text: string;
}

export interface VdnChoices {
  /** The VDNs that the workspace has named; empty: any may be asked. */
  known: readonly NamedVdn[];
  /** Numbers of the VDNs that the channel gets digests of. */
  subscribedInChannel: readonly number[];
}

/**
 * The number of the VDN that is meant: the one that was said, else the only one that is known, else the only one that the
 * channel is subscribed to. Errors: vdn-unknown (others are named, this one is not), vdn-needed; both list the choices.
 */
export function chooseVdn({ vdn, vdnSpan, text }: VdnWish, choices: VdnChoices): Parsed<number> {
  const known = choices.known.map(({ number, name }) => ({ number, name }));
  const isAllowed = (number: number) => known.length === 0 || known.some((one) => one.number === number);
  const expected = (vdns: readonly NamedVdn[]) =>
    vdns.length > 0 ? vdns.map(({ number }) => `vdn ${number}`) : ['vdn 159'];
  if (vdn !== null) {
    if (isAllowed(vdn)) return { ok: true, value: vdn };
    const span = vdnSpan ?? { start: 0, end: 0 };
    const found = text.slice(span.start, span.end);
    return {
      ok: false,
      error: { code: 'vdn-unknown', span, found, expected: expected(known), vdns: known },
    };
  }
  const subscribed = [...new Set(choices.subscribedInChannel)].filter(isAllowed);
  const [only, ...others] = known.length === 1 ? known.map(({ number }) => number) : subscribed;
  if (only !== undefined && others.length === 0) return { ok: true, value: only };
  const vdns = known.length > 0 ? known : subscribed.map((number) => ({ number, name: null }));
  const span = { start: text.length, end: text.length };
  return { ok: false, error: { code: 'vdn-needed', span, found: '', expected: expected(vdns), vdns } };
}
