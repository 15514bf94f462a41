import { expect, it } from 'vitest';
import { failureReason, failureRemedy } from '../../../src/slack/messages/source-failure.ts';
import { chinese, english, vdn } from './examples.ts';

it('names the settings where whoever runs the desk has to look', () => {
  expect(failureRemedy('credentials', {}, vdn, english)).toContain(
    'CMS_ACCESS_KEY, CMS_SECRET_KEY and the clock',
  );
  expect(failureRemedy('unreachable', {}, vdn, english)).toContain('CMS_URL');
  expect(failureRemedy('address-not-allowed', {}, vdn, english)).toContain('allow-list');
});

it('says how long to wait where the contact centre says so', () => {
  expect(failureRemedy('overloaded', { retryAfterMs: 30_000 }, vdn, english)).toBe(
    'Please ask again in 30 s.',
  );
  expect(failureRemedy('overloaded', {}, vdn, english)).toBe('Please ask again in a few minutes.');
});

it('repeats why the contact centre refused, escaped', () => {
  const facts = { returnCode: '102', returnDesc: 'no vdn <159>' };
  expect(failureReason('refused', facts, english)).toBe(
    'The contact centre refused the question: no vdn &lt;159&gt; (102).',
  );
  expect(failureReason('refused', { returnCode: '102' }, english)).toContain('question: 102.');
  expect(failureReason('refused', {}, english)).toBe('The contact centre refused the question.');
  expect(failureRemedy('refused', facts, vdn, english)).toBe('Does Support (VDN 159) exist there?');
});

it('says it in Chinese', () => {
  expect(failureReason('unreachable', {}, chinese)).toBe('呼叫中心没有应答。');
});
