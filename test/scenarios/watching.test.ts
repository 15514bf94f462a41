import { describe, expect } from 'vitest';
import { collectLog } from '../collect-log.ts';
import { HOUR, it, MONDAY, MR_GREEN, MS_BLACK, modes, SUPPORT } from './scene.ts';

const TOKEN = 'a-token-of-prometheus';
/** Names of the desk's own and of Slack's methods, VDNs, workspaces, and buckets. */
const HARMLESS =
  /^(?:[a-z][a-z-]*|[a-zA-Z]+(?:\.[a-zA-Z]+)+|response_url|queryMissedCalls|\d{1,4}|T[0-9A-Z]+|\+Inf|\d+(?:\.\d+)?)$/;

const figuresOf = async (port: number) => {
  const response = await fetch(`http://127.0.0.1:${port}/metrics`, {
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  return { status: response.status, text: await response.text() };
};
const lines = (text: string) => text.split('\n').filter((line) => line.startsWith('desk_'));
const figure = (text: string, start: RegExp) =>
  Number(
    lines(text)
      .find((line) => start.test(line))
      ?.split(' ')
      .at(-1),
  );

describe.each(modes)('what a desk tells of itself, over %s', (mode) => {
  it('counts what it does, and names nobody', async ({ openScene }) => {
    const config = { vdns: [SUPPORT], metricsToken: TOKEN, cms: { ccId: 1 } };
    const scene = await openScene(mode, { config });
    const { asks, becomes, clock, cms, misses, presses, slack } = scene;
    misses(MR_GREEN);
    misses(MS_BLACK);
    await asks('tom', '#support', 'digest hourly');
    const answer = await asks('tom', '#support', 'today');
    await presses('tom', answer, 'Claim');
    await becomes('tom', answer, 'Claimed by @Tom Baker');
    cms.faults.add({ kind: 'status', status: 403 }, { next: 1, of: 'missed-calls' });
    await asks('tom', '#support', `today private caller ${MR_GREEN}`);
    slack.faults.add({ kind: 'error', method: 'chat.postMessage', error: 'is_archived' });
    misses(MS_BLACK);
    clock.advanceTo(MONDAY + 10 * HOUR);
    const refused = /^desk_slack_request_seconds_count.*chat.postMessage.*result="refused"/;
    await expect
      .poll(async () => figure((await figuresOf(scene.desk.port)).text, refused), { interval: 50 })
      .toBeGreaterThan(0);

    const { status, text } = await figuresOf(scene.desk.port);
    expect(status).toBe(200);
    expect(figure(text, /^desk_syncs_total.*why="question",result="complete"/)).toBeGreaterThan(0);
    expect(figure(text, /^desk_syncs_total.*result="address-not-allowed"/)).toBe(1);
    expect(figure(text, /^desk_sync_rows_total.*rows="new"/)).toBe(3);
    expect(figure(text, /^desk_callback_changes_total.*action="claim",outcome="changed"/)).toBe(1);
    expect(figure(text, /^desk_centre_request_seconds_count.*result="ok"/)).toBeGreaterThan(0);
    expect(figure(text, /^desk_slack_request_seconds_count.*chat.update.*result="ok"/)).toBeGreaterThan(0);
    expect(figure(text, /^desk_ack_seconds_count.*payload="command"/)).toBeGreaterThan(2);
    expect(figure(text, /^desk_acks_late_total.*payload="action"/)).toBe(0);
    expect(figure(text, /^desk_ready.*check="slack"/)).toBe(1);
    expect(text).toContain('process_resident_memory_bytes');

    const labels = [
      ...lines(text)
        .join('\n')
        .matchAll(/(?<name>\w+)="(?<value>[^"]*)"/g),
    ].map(({ groups }) => groups?.value ?? '');
    expect(labels.length).toBeGreaterThan(100);
    expect(labels.filter((value) => !HARMLESS.test(value))).toEqual([]);
    for (const caller of [MR_GREEN, MS_BLACK, '9460101']) expect(text).not.toContain(caller);
    for (const { id } of slack.workspace.people.values()) expect(text).not.toContain(id);
  });

  it('writes into each line of the log whose click it comes of, as far as the contact centre and back', async ({
    openScene,
  }) => {
    const { lines: printed, log } = collectLog();
    const scene = await openScene(mode, { log, config: { vdns: [SUPPORT] } });
    const { asks, cms, misses } = scene;
    misses(MR_GREEN);
    await asks('ana', '#support', 'today private');
    const before = printed.length;
    cms.faults.add({ kind: 'status', status: 503 }, { next: 1 });
    await asks('tom', '#support', 'today');

    const later = () => printed.slice(before).map((line): Record<string, unknown> => JSON.parse(line));
    const request = later().find(({ payload }) => payload === 'command')?.request;
    expect(request).toMatch(/^[0-9a-f]{8}$/);
    const said = () =>
      later()
        .filter((line) => line.request === request)
        .map(({ msg, method }) => (method ? `${msg} ${method}` : msg));
    // The line comes after the message.
    await expect.poll(said, { interval: 10 }).toContain('Called Slack chat.postMessage');
    expect(said()).toEqual(
      expect.arrayContaining([
        'the contact centre is asked again',
        'a page of missed calls',
        'Asked the contact centre for missed calls',
      ]),
    );
    expect(printed.slice(0, before).join('')).not.toContain(String(request));
  });
});

it('tells nobody where no token is set', async ({ openScene }) => {
  const scene = await openScene('http', { config: { vdns: [SUPPORT] } });
  expect((await figuresOf(scene.desk.port)).status).toBe(404);
});
