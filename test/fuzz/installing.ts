import { createMovingClock } from '../../src/sandbox/moving-clock.ts';
import { startOffice } from '../../src/sandbox/office.ts';
import { collectLog } from '../collect-log.ts';
import { type Begun, browserAt, type Page } from '../scenarios/browser.ts';
import { type Choices, choicesOf } from './choices.ts';
import type { Fuzzed, FuzzOptions } from './fuzzed.ts';
import { faultsOfLog } from './judge.ts';

/** What must neither be repeated nor be gone to. */
const NASTY = [
  'https://evil.example/',
  '//evil.example',
  'https://desk.example.com@evil.example/',
  'javascript:alert(1)',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '\r\nSet-Cookie: evil=1\r\n\r\n<script>',
  '\u0000',
  '%',
  'xoxb-evil-1',
  'x'.repeat(4000),
] as const;
const PARAMETERS = ['code', 'state', 'error', 'redirect_uri', 'next', 'url', 'team', '__proto__'] as const;
const OFFICE = 'T0OFFICE1';

/**
 * Browsers at the pages of the installation, with whatever in their addresses and cookies; some have begun one, and some have
 * been to Slack. None installs anything but those that come back as Slack sends them, and none is sent anywhere but to Slack.
 */
export async function fuzzInstalling({ inputs, seed, say = () => {} }: FuzzOptions): Promise<Fuzzed> {
  const sum: Fuzzed = { inputs: 0, acts: 0, calls: 0, faults: [] };
  const log = collectLog();
  const office = await startOffice({
    mode: 'http',
    seed: null,
    clock: createMovingClock(),
    log: log.log,
    installs: { workspaces: new Map([[OFFICE, 'any']]) },
  });
  const { slack } = office;
  const browser = browserAt(office);
  try {
    for (; sum.inputs < inputs; sum.inputs += 1) {
      const choices = choicesOf(seed * 1_000_003 + sum.inputs);
      const begun = choices.percent(30) ? await browser.begins() : null;
      const path = addressOf(choices, begun);
      const page = await browser.returns(path, cookieOf(choices, begun));
      for (const fault of faultsOf(page, new URL(slack.url).origin))
        sum.faults.push({ fault, after: path.slice(0, 300) });
      if (slack.installed) sum.faults.push({ fault: 'It was installed', after: path.slice(0, 300) });
      if (sum.inputs % 10_000 === 0) say(`${sum.inputs} addresses, ${sum.faults.length} faults`);
    }
    // It did not stop at the door.
    sum.acts = slack.calls.filter(({ method }) => method === 'oauth.v2.access').length;
    sum.calls = slack.calls.length;
    for (const fault of faultsOfLog(log.lines)) sum.faults.push({ fault, after: 'all of it' });
    if (/evil|alert\(|xoxb-|state=/.test(log.lines.join('')))
      sum.faults.push({ fault: 'The log repeats it', after: '' });
  } finally {
    await office.close();
  }
  return sum;
}

function addressOf(choices: Choices, begun: Begun | null): string {
  const path = choices.oneOf(['/slack/oauth_redirect', '/slack/oauth_redirect', '/slack/install']);
  const params = Array.from({ length: choices.below(5) }, () => [choices.oneOf(PARAMETERS), nasty(choices)]);
  const state = begun && new URL(begun.address).searchParams.get('state');
  if (state && choices.percent(80)) {
    // What comes first counts.
    params.unshift(['state', choices.percent(80) ? state : `${state}x`]);
    if (choices.percent(60)) params.push(['code', nasty(choices)]);
  }
  const query = params.map(([name, value]) => `${name}=${encodeURIComponent(value ?? '')}`).join('&');
  return `${path}?${choices.percent(95) ? query : `${query}&%zz&=&&`}`;
}

/** A header takes no control characters, and a browser sends none. */
const cookieOf = (choices: Choices, begun: Begun | null): string =>
  begun && choices.percent(80)
    ? begun.cookie
    : `slack-app-oauth-state=${nasty(choices).replace(/[^\x21-\x7e]/g, '')}`;

const nasty = (choices: Choices): string =>
  (choices.percent(60) ? choices.oneOf(NASTY) : choices.text().slice(0, 2_000)).toWellFormed();

function faultsOf({ status, text, headers }: Page, slack: string): string[] {
  const location = headers.get('location');
  const faults: string[] = [];
  // 431: Node reads no longer addresses.
  if (![200, 302, 400, 431, 502].includes(status)) faults.push(`It answers ${status}`);
  if (location !== null && new URL(location).origin !== slack) faults.push(`It sends to ${location}`);
  if (/evil|alert\(|<script|<img/.test(text + (location ?? ''))) faults.push('It repeats what it was given');
  for (const cookie of headers.getSetCookie())
    if (!/^slack-app-oauth-state=[\w.-]+; Secure; HttpOnly/.test(cookie)) faults.push(`It sets ${cookie}`);
  return faults;
}
