import { type Check, type Finding, failed, ok, warning } from '../../../src/doctor/finding.ts';

const trouble = (check: Check, code: string, facts: Finding['facts'] = {}): Finding =>
  failed(check, code, 'English only.', 'English only.', facts);

/** Everything that may be wrong with a desk that runs, once. */
export const everyTrouble: Finding[] = [
  trouble('database.schema', 'newer', { unknown: ['0009_later'] }),
  warning('database.schema', 'older', 'English only.', 'English only.', {
    lacks: ['0005_settings', '0006_x'],
  }),
  ...['no-right', 'read-only', 'full', 'busy', 'not-writable'].map((code) =>
    trouble('database.writing', code),
  ),
  ...['damaged', 'failing', 'unreachable', 'not-readable'].map((code) =>
    trouble('database.connection', code),
  ),
  trouble('database.space', 'little', { freeBytes: 900 * 2 ** 20 }),
  trouble('database.space', 'too-little', { freeBytes: 90 * 2 ** 20 }),
  trouble('slack.token', 'no-identity', { name: 'invalid_auth' }),
  trouble('slack.scopes', 'scopes-missing', { missing: ['im:write', 'users:read'] }),
  ...['not-in-channel', 'channel-hidden', 'channel-archived'].map((code) =>
    trouble('slack.channels', code, { channel: 'C0SALES01' }),
  ),
  trouble('slack.channels', 'channel-unknown', { channel: 'C0SALES01', name: 'fatal_error' }),
  trouble('contact-centre.answer', 'unreachable'),
  trouble('contact-centre.answer', 'overloaded'),
  trouble('contact-centre.answer', 'not-understood'),
  trouble('contact-centre.address', 'address-not-allowed'),
  trouble('contact-centre.signature', 'credentials'),
  trouble('contact-centre.clock', 'clocks-differ', { seconds: -300 }),
  trouble('contact-centre.vdn', 'vdn-refused', {
    vdn: 159,
    name: 'Support',
    returnCode: '9',
    returnDesc: 'no',
  }),
  trouble('contact-centre.vdn', 'vdn-unanswered', { vdn: 160, name: '', error: 'unreachable' }),
  trouble('contact-centre.time-zone', 'looks-like', { looksLike: 'UTC+08:00', timeZone: 'UTC', rows: 20 }),
  trouble('contact-centre.time-zone', 'outside-window', { outside: 3, timeZone: 'UTC', rows: 20 }),
  // Of another version's doctor.
  trouble('database.space', 'haunted'),
];

export const allWell: Finding[] = [
  ok('database.connection', 'in-use', 'English only.', {
    engine: 'SQLite 3',
    place: 'desk.db',
    state: 'in-use',
  }),
  ok('database.space', 'enough', 'English only.', { freeBytes: 12.4 * 2 ** 30 }),
  ok('slack.token', 'known', 'English only.', { team: 'Office' }),
  ok('contact-centre.vdn', 'vdn-answered', 'English only.', { vdn: 159, name: 'Support', total: 3 }),
];
