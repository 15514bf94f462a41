import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CommandError } from '../../src/cli/run.ts';
import { readWish } from '../../src/cli/sandbox.ts';
import { freePort, killChildren, startChild } from './child.ts';

afterEach(killChildren);

interface Seen {
  ts: string;
  rendered: string;
}

/** Asks a stand-in's control; throws with its answer when it refuses. */
async function control<T>(origin: string, what: string, body?: object): Promise<T> {
  const response = await fetch(`${origin}/_sandbox/${what}`, {
    ...(body && {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  if (!response.ok) throw new Error(`${what}: ${await response.text()}`);
  return response.json();
}

/** The `export NAME=VALUE` lines that a stand-in prints. */
const exportsOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/^ *export (\w+)='?([^'\n]*)'?$/gm)].map(([, name, value]) => [name, value]),
  );

/** What the command line is refused with. */
function refusalOf(args: readonly string[]): CommandError {
  try {
    readWish(args);
  } catch (error) {
    if (error instanceof CommandError) return error;
    throw error;
  }
  throw new Error('It was not refused');
}

const originIn = (text: string) => /listens on (http:\/\/127\.0\.0\.1:\d+)/.exec(text)?.[1] ?? '';

describe.each(['socket', 'http'] as const)(
  'two stand-ins and a desk, each a process of its own (%s)',
  (mode) => {
    it('answer a question and a claim, and end in good order', { timeout: 60_000 }, async () => {
      const folder = await mkdtemp(join(tmpdir(), 'desk-sandbox-'));
      const port = await freePort();
      const http = [
        '--request-url',
        `http://127.0.0.1:${port}/slack/events`,
        '--signing-secret',
        "it's a secret",
      ];
      const slack = startChild([
        'sandbox',
        '--only',
        'slack',
        '--port',
        '0',
        ...(mode === 'http' ? http : []),
      ]);
      const cms = startChild(['sandbox', '--only', 'cms', '--port', '0']);
      await Promise.all([slack.says('Ctrl+C'), cms.says('Ctrl+C')]);
      const printed = exportsOf(slack.out + cms.out);
      if (mode === 'http') expect(slack.out).toContain("export SLACK_SIGNING_SECRET='it'\\''s a secret'");
      const desk = startChild(['start'], {
        ...printed,
        ...(mode === 'http' && { SLACK_SIGNING_SECRET: "it's a secret" }),
        DATABASE_URL: `sqlite:${join(folder, 'desk.db')}`,
        PORT: String(port),
      });
      await desk.says('The desk is open');
      await vi.waitFor(async () => {
        const ready = await fetch(`http://127.0.0.1:${port}/readyz`);
        expect(ready.status).toBe(200);
      }, 10_000);

      const [slackUrl, cmsUrl] = [originIn(slack.out), originIn(cms.out)];
      const sees = (as: string, text: string | RegExp) =>
        vi.waitFor(async () => {
          const { messages } = await control<{ messages: Seen[] }>(
            slackUrl,
            `messages?as=${as}&channel=support`,
          );
          const found = messages.findLast(({ rendered }) => rendered.match(text));
          expect(found, messages.map(({ rendered }) => rendered).join('\n')).toBeDefined();
          return found as Seen;
        }, 10_000);

      await control(cmsUrl, 'ring', { vdn: 159, callerNo: '442079460101', waitMs: 45_000 });
      const question = { as: 'tom', channel: '#support', command: '/missed', text: 'vdn 159 last 1h' };
      expect(await control(slackUrl, 'command', question)).toMatchObject({ ack: { status: 'acked' } });
      const answer = await sees('tom', /442079460101|7946 0101/);
      expect(answer.rendered).toContain('1 call from 1 caller');

      const claim = { as: 'ana', channel: '#support', ts: answer.ts, button: 'Claim' };
      expect(await control(slackUrl, 'click', claim)).toMatchObject({ ack: { status: 'acked' } });
      await sees('tom', 'Claimed by @Ana Souza');

      const stoppedAt = performance.now();
      desk.signal('SIGTERM');
      expect(await desk.ended).toBe(0);
      expect(performance.now() - stoppedAt).toBeLessThan(10_000);
      slack.signal('SIGTERM');
      cms.signal('SIGINT');
      expect(await Promise.all([slack.ended, cms.ended])).toEqual([0, 0]);
      expect(desk.out).not.toMatch(/7946|it's a secret|SKsandbox/);
      expect(desk.err + slack.err + cms.err).toBe('');
      await rm(folder, { recursive: true });
    });
  },
);

describe('npm run sandbox', () => {
  it.each([
    [['--port', '65534'], /^--port takes a number from 0 \(any free one\) to 65533/],
    [['--only', 'cms', '--keep'], /^--keep is for the page/],
    [['--request-url', 'http://127.0.0.1:3000/slack/events'], /are for --only slack/],
    [['--only', 'teams'], /^--only takes slack or cms, not "teams"/],
    [['--only', 'slack', '--port', '70000'], /^--port takes a number/],
    [['--only', 'slack', '--port', 'abc'], /^--port takes a number/],
    [['--only', 'slack', '--prot', '1'], /'--prot'/],
    [['--only', 'slack', 'now'], /'now'/],
    [['--only', 'slack', '--request-url', 'http://127.0.0.1:3000/slack/events'], /^HTTP mode needs both/],
    [['--only', 'slack', '--request-url', 'here', '--signing-secret', 's'], /^--request-url takes/],
    [['--only', 'cms', '--signing-secret', 's'], /are for --only slack/],
  ])('refuses %j in one line', (args, says) => {
    const refusal = refusalOf(args);
    expect(refusal.message).toMatch(says);
    expect(refusal.message).not.toContain('\n');
    expect(refusal.exitCode).toBe(2);
  });

  it('ends with 2 and that line alone', async () => {
    const sandbox = startChild(['sandbox', '--only', 'teams']);
    expect(await sandbox.ended).toBe(2);
    expect(sandbox.err).toBe(`${refusalOf(['--only', 'teams']).message}\n`);
    expect(sandbox.out).toBe('');
  });

  it('has a port of its own for each stand-in, where none is named', () => {
    expect(readWish([])).toEqual({ only: null, port: 4000, keep: false });
    expect(readWish(['--keep', '--port', '4100'])).toEqual({ only: null, port: 4100, keep: true });
    expect(readWish(['--only', 'slack'])).toMatchObject({ port: 4001, delivery: { mode: 'socket' } });
    expect(readWish(['--only', 'cms'])).toMatchObject({ port: 4002 });
    expect(readWish(['--only', 'cms', '--port', '4100'])).toMatchObject({ port: 4100 });
  });

  it.each(['slack', 'cms'])('says that the port of %s is taken, and what to do', async (only) => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const sandbox = startChild(['sandbox', '--only', only, '--port', String(port)]);
    expect(await sandbox.ended).toBe(2);
    expect(sandbox.err).toMatch(new RegExp(`^Port ${port} is taken\\. Choose another one with --port N\\.`));
    other.close();
  });
});
