import { expect, it } from 'vitest';
import { sourceBackMessage, sourceDownMessage } from '../../../src/slack/messages/source-notice.ts';
import { at, english, read, vdn, ZONE } from './examples.ts';

const data = {
  subscriptionNumber: 7,
  vdn,
  sinceAt: at('09:00'),
  timeZone: ZONE,
  code: 'unreachable' as const,
};

it('says since when there is no data, why, and that no call is lost', () => {
  expect(read(sourceDownMessage(data, english)).split('\n')).toEqual([
    '⚠️ No data since 2026-11-23 09:00 Asia/Shanghai: Support (VDN 159)',
    'The contact centre did not answer. I keep trying.',
    'No call is lost: what was missed meanwhile comes in one digest when it is back.',
  ]);
});

it('says so without a reason too', () => {
  expect(read(sourceDownMessage({ ...data, code: null }, english))).toContain(
    'gives no answer. I keep trying.',
  );
});

it('says when it is over', () => {
  expect(read(sourceBackMessage({ ...data, code: null }, english))).toMatch(
    /^✓ Data again: Support \(VDN 159\)\nThe contact centre answers again\. There was no data from 2026-11-23 09:00/,
  );
});

it('says the time in the notification as a clock of the VDN shows it', () => {
  expect(sourceDownMessage(data, english).text).toContain('⚠️ No data since 2026-11-23 09:00: Support');
  expect(sourceBackMessage(data, english).text).toContain('no data from 2026-11-23 09:00 on');
});
