import { describe, expect, it } from 'vitest';
import { createRedeliveries, markOfEnvelope, markOfRequest } from '../../src/slack/redelivery.ts';

const request = (body: string, headers = {}) => markOfRequest({ rawBody: Buffer.from(body), headers });

describe('a delivery of Slack’s', () => {
  it('is a repeat when its envelope has come before', () => {
    const { isRepeat } = createRedeliveries();
    expect(isRepeat({ ...markOfEnvelope({ envelope_id: 'one' }) })).toBe(false);
    expect(isRepeat({ ...markOfEnvelope({ envelope_id: 'two' }) })).toBe(false);
    expect(isRepeat({ ...markOfEnvelope({ envelope_id: 'one' }) })).toBe(true);
  });

  it('is a repeat when its request has come before, and says that it is one', () => {
    const { isRepeat } = createRedeliveries();
    expect(isRepeat({ ...request('text=159') })).toBe(false);
    expect(isRepeat({ ...request('text=159', { 'x-slack-retry-num': '1' }) })).toBe(true);
  });

  it('is none when somebody types the same again, or when the first one never came', () => {
    const { isRepeat } = createRedeliveries();
    expect(isRepeat({ ...request('text=159') })).toBe(false);
    expect(isRepeat({ ...request('text=159') })).toBe(false);
    expect(isRepeat({ ...request('text=160', { 'x-slack-retry-num': '1' }) })).toBe(false);
  });

  it('is none without a mark', () => {
    const { isRepeat } = createRedeliveries();
    expect([isRepeat(markOfEnvelope({})), isRepeat({}), isRepeat({})]).toEqual([false, false, false]);
  });

  it('is forgotten after many others', () => {
    const { isRepeat } = createRedeliveries(2);
    for (const envelope_id of ['one', 'two', 'three']) isRepeat({ ...markOfEnvelope({ envelope_id }) });
    expect(isRepeat({ ...markOfEnvelope({ envelope_id: 'three' }) })).toBe(true);
    expect(isRepeat({ ...markOfEnvelope({ envelope_id: 'one' }) })).toBe(false);
  });
});
