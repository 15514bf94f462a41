import type { MissedCallRow } from '../calls/missed-call.ts';
import { SourceError, type SourceErrorCode } from '../calls/source.ts';
import type { Vdn } from '../calls/vdn.ts';
import { DAY_MS, MINUTE_MS } from '../calls/wall-time.ts';
import { type Finding, failed, ok, skipped, warning } from './finding.ts';
import { timeZoneFinding } from './time-zone.ts';

export interface Window {
  beginAt: number;
  endAt: number;
}

/** What of the contact centre the doctor asks; every error is a SourceError. */
export interface CentrePort {
  /** CMS_TIME_ZONE. */
  timeZone: string;
  /** The first page of a VDN's missed calls, and how many there are in all. */
  ask(vdn: number, window: Window): Promise<{ total: number; rows: readonly MissedCallRow[] }>;
  /** By how many ms the contact centre's clock was ahead of this one's when it last answered; null where it did not say. */
  leadMs(): number | null;
}

/** Of these a signature may not be too far away. Seconds are lost on the way. */
const CLOCK_OFF_MS = MINUTE_MS;
/** Any that may be asked for: only what it is answered with counts. */
const ANY_VDN = 1;

/**
 * One query for each VDN, of the last day. What is wrong for every VDN alike is found by the first, and ends it. Where no
 * VDN is known, one is asked only to see how the contact centre takes it.
 */
export async function centreFindings(
  centre: CentrePort,
  vdns: readonly Pick<Vdn, 'number' | 'name'>[],
  now: number,
): Promise<Finding[]> {
  const endAt = Math.floor(now / 1000) * 1000;
  const window = { beginAt: endAt - DAY_MS, endAt };
  const perVdn: Finding[] = [];
  const rows: MissedCallRow[] = [];
  let answered = false;
  for (const vdn of vdns.length > 0 ? vdns : [{ number: ANY_VDN, name: null }]) {
    const given = await centre.ask(vdn.number, window).catch(asSourceError);
    if (!(given instanceof SourceError)) {
      perVdn.push(vdnAnswered(vdn, given.total));
      // Not push(...rows): a page has up to 5000.
      for (const row of given.rows) rows.push(row);
      answered = true;
    } else if (given.code === 'refused') {
      perVdn.push(vdnRefused(vdn, given));
      answered = true;
    } else if (answered) {
      perVdn.push(vdnWithoutAnswer(vdn, given));
    } else {
      return [...notTaken(given), ...clockFinding(centre.leadMs())];
    }
  }
  return [
    ok('contact-centre.answer', 'answers', 'It answers.'),
    ...TAKEN,
    ...clockFinding(centre.leadMs()),
    ...(vdns.length > 0 ? perVdn : [NO_VDN]),
    timeZoneFinding(rows, window, centre.timeZone),
  ];
}

function asSourceError(error: unknown): SourceError {
  if (error instanceof SourceError) return error;
  throw error;
}

const ADDRESS_TAKEN = ok('contact-centre.address', 'address-allowed', 'It lets this machine in.');
const TAKEN = [
  ADDRESS_TAKEN,
  ok('contact-centre.signature', 'signature-accepted', 'It accepts the signature.'),
];
const NO_VDN = skipped(
  'contact-centre.vdn',
  'no-vdn',
  'No VDN is known yet: name them in VDNS to have them tried.',
);

/** How a query failed that got no answer at all, whatever the VDN. */
const FAILED_IN_SHORT: Readonly<Record<SourceErrorCode, string>> = {
  credentials: 'It does not accept the signature.',
  'address-not-allowed': 'It does not let this machine in.',
  overloaded: 'It has too much to do.',
  unreachable: 'It gives no answer.',
  refused: 'It refuses the query.',
  'not-understood': 'It gives an answer that the desk cannot read.',
};

function notTaken({ code, message }: SourceError): Finding[] {
  const says = FAILED_IN_SHORT[code];
  switch (code) {
    case 'credentials':
      return [
        ok('contact-centre.answer', 'answers', 'It answers.'),
        ADDRESS_TAKEN,
        failed('contact-centre.signature', code, says, message),
      ];
    case 'address-not-allowed':
      return [
        ok('contact-centre.answer', 'answers', 'It answers.'),
        failed('contact-centre.address', code, says, message),
      ];
    case 'overloaded':
      return [warning('contact-centre.answer', code, says, message)];
    default:
      return [failed('contact-centre.answer', code, says, message)];
  }
}

function clockFinding(leadMs: number | null): Finding[] {
  const check = 'contact-centre.clock';
  if (leadMs === null) return [skipped(check, 'no-date', 'It does not say what time it is there.')];
  const seconds = Math.round(leadMs / 1000);
  const facts = { seconds };
  if (Math.abs(leadMs) <= CLOCK_OFF_MS)
    return [ok(check, 'clocks-agree', "Its clock and this machine's agree.", facts)];
  return [
    warning(
      check,
      'clocks-differ',
      `Its clock is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} this machine's.`,
      'The desk signs with its time, but set this clock by NTP: Slack, too, refuses what is minutes off.',
      facts,
    ),
  ];
}

type Named = Pick<Vdn, 'number' | 'name'>;
const vdnFacts = ({ number, name }: Named) => ({ vdn: number, name: name ?? '' });
const vdnWords = ({ number, name }: Named) => (name === null ? `VDN ${number}` : `VDN ${number} (${name})`);

const vdnAnswered = (vdn: Named, total: number): Finding =>
  ok(
    'contact-centre.vdn',
    'vdn-answered',
    `${vdnWords(vdn)}: ${total} missed ${total === 1 ? 'call' : 'calls'} in the last 24 h.`,
    { ...vdnFacts(vdn), total },
  );

const vdnRefused = (vdn: Named, { message, facts }: SourceError): Finding =>
  failed(
    'contact-centre.vdn',
    'vdn-refused',
    `${vdnWords(vdn)}: ${message}`,
    `Ask the people who run the contact centre whether VDN ${vdn.number} exists, and whether this access key may query it.`,
    { ...vdnFacts(vdn), returnCode: facts.returnCode ?? '', returnDesc: facts.returnDesc ?? '' },
  );

const vdnWithoutAnswer = (vdn: Named, { code, message }: SourceError): Finding =>
  failed('contact-centre.vdn', 'vdn-unanswered', `${vdnWords(vdn)}: ${FAILED_IN_SHORT[code]}`, message, {
    ...vdnFacts(vdn),
    error: code,
  });
