import { WebClient } from '@slack/web-api';
import nock from 'nock';
import { afterEach, beforeEach, expect } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { boltLog } from '../../src/slack/bolt-log.ts';

const API = 'https://slack.example';

/** A client as the desk makes them, whose calls nock answers. */
export const scriptedClient = () =>
  new WebClient('xoxb-test', {
    slackApiUrl: `${API}/api/`,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 10_000,
    logger: boltLog(silentLog),
  });

/** The next call of this method is answered so. */
export const answers = (
  method: string,
  body: nock.Body,
  status = 200,
  headers: Record<string, string> = {},
) => nock(API).post(`/api/${method}`).reply(status, body, headers);

/** What the next call of this method carries, as form fields; it is answered with `body`. */
export function carries(method: string, body: nock.Body): Promise<Record<string, string>> {
  return new Promise((resolve) => {
    nock(API)
      .post(`/api/${method}`, (fields: Record<string, string>) => {
        resolve(fields);
        return true;
      })
      .reply(200, body);
  });
}

/** No call of this method reaches anybody: the connection breaks. */
export const breaks = (method: string, code: string) =>
  nock(API)
    .post(`/api/${method}`)
    .replyWithError(Object.assign(new Error(code), { code }));

/** In a describe: nothing but what is scripted, and all of it. */
export function onlyScriptedSlack() {
  beforeEach(() => nock.disableNetConnect());
  afterEach(() => {
    const left = nock.pendingMocks();
    nock.cleanAll();
    nock.enableNetConnect();
    expect(left).toEqual([]);
  });
}
