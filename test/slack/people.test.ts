import { describe, expect, it, onTestFinished } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { createPeople } from '../../src/slack/people.ts';
import { runClient } from '../sandbox/slack/harness.ts';

async function open() {
  const { slack, client, clock } = await runClient();
  onTestFinished(() => slack.close());
  const { teamId } = slack;
  return { slack, clock, people: createPeople({ client, teamId, clock, log: silentLog }) };
}

describe('a person', () => {
  it('has a language and a time zone', async () => {
    const { people } = await open();
    expect(await people.find('U0LIWEI01')).toEqual({
      id: 'U0LIWEI01',
      locale: 'zh-CN',
      timeZone: 'Asia/Shanghai',
      isPerson: true,
      name: 'Li Wei',
      isAdmin: false,
    });
  });

  it('is asked for once an hour, also by several at once', async () => {
    const { people, slack, clock } = await open();
    await Promise.all([people.find('U0TOMBAKE'), people.find('U0TOMBAKE')]);
    expect(slack.calls).toHaveLength(1);
    clock.move(60 * 60_000);
    await people.find('U0TOMBAKE');
    expect(slack.calls).toHaveLength(2);
  });

  it('whom Slack does not describe reads English, and is asked for again a minute later', async () => {
    const { clock, people, slack } = await open();
    slack.faults.add({ kind: 'http', method: 'users.info', status: 500 });
    expect(await people.find('U0LIWEI01')).toEqual({
      id: 'U0LIWEI01',
      locale: 'en-US',
      timeZone: null,
      isPerson: true,
      name: null,
      isAdmin: null,
    });
    await people.find('U0LIWEI01');
    expect(slack.calls).toHaveLength(1);
    clock.move(60_001);
    expect(await people.find('U0LIWEI01')).toMatchObject({ locale: 'zh-CN' });
    expect(await people.find('U0NOBODY1')).toMatchObject({ locale: 'en-US' });
  });

  it('whom Slack does not describe any more is answered as before', async () => {
    const { clock, people, slack } = await open();
    await people.find('U0LIWEI01');
    clock.move(60 * 60_000);
    slack.faults.add({ kind: 'ratelimited', method: 'users.info', retryAfterS: 3_600 });
    expect(await people.find('U0LIWEI01')).toMatchObject({ locale: 'zh-CN' });
    clock.move(60_001);
    await people.find('U0LIWEI01');
    expect(slack.calls).toHaveLength(3);
  });

  it('is not waited for when Slack is slow: an answer in English is better than none', async () => {
    const { people, slack } = await open();
    slack.faults.add({ kind: 'slow', method: 'users.info', ms: 4_000 });
    const began = performance.now();
    expect(await people.find('U0LIWEI01')).toMatchObject({ locale: 'en-US' });
    expect(performance.now() - began).toBeLessThan(3_000);
  });
});
