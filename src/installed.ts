import { hkdfSync } from 'node:crypto';
import type { OAuthSettings } from './config/config.ts';
import { badToken, NotServed } from './slack/identity.ts';
import type { Installation, Known } from './slack/install/installation.ts';
import { createInstaller } from './slack/install/installer.ts';
import { rejoin } from './slack/install/rejoin.ts';
import { createStates } from './slack/install/state.ts';
import { scopes } from './slack/scopes.ts';
import { slackFailure } from './slack/slack-error.ts';
import type { Tenancy, TenancyParts } from './tenancy.ts';
import { createInHand } from './work/in-hand.ts';
import { createPoll } from './work/poll.ts';
import { openWorkspace } from './workspace.ts';
import { authorized } from './workspaces.ts';

/** Another desk on the database may have taken the installation, or heard of its end. */
const LOOK_EVERY_MS = 5_000;
const HOUR_MS = 60 * 60_000;
/** So long whoever comes back finds everything as it was. */
export const KEPT_AFTER_LEAVING_MS = 30 * 24 * HOUR_MS;

/** The workspaces that have installed the app, as the database has them. */
export async function serveInstalled(oauth: OAuthSettings, parts: TenancyParts): Promise<Tenancy> {
  const { config, foundation, way, workspaces, shared, log } = parts;
  const { clock, leases, stores } = foundation;
  const store = foundation.installations(oauth.tokenKeys);
  /** Of those that were opened, or could not be. */
  const marks = new Map<string, string>();
  const inHand = createInHand((err, teamId) =>
    log.error({ err, teamId }, 'A workspace could not be looked at'),
  );

  async function open(teamId: string): Promise<void> {
    const found = await store.find(teamId);
    const granted = oauth.workspaces.get(teamId);
    if (!found || granted === undefined) return;
    const { botUserId, botId, botToken, mark } = found;
    const workspace = await openWorkspace(
      {
        identity: { teamId, botUserId, botId },
        botToken,
        clients: way.clientsFor(botToken),
        granted,
        onGone: () => look(teamId, 'gone'),
      },
      config,
      shared,
    );
    marks.set(teamId, mark);
    await workspaces.put(workspace);
  }

  async function close(teamId: string): Promise<void> {
    marks.delete(teamId);
    await workspaces.remove(teamId);
  }

  /** Serves those that the database has, and no others. */
  async function follow(): Promise<void> {
    const known = await store.all();
    for (const teamId of marks.keys()) if (!known.some((one) => one.teamId === teamId)) await close(teamId);
    for (const { teamId, mark } of known) {
      if (marks.get(teamId) === mark || !oauth.workspaces.has(teamId)) continue;
      await open(teamId).catch((err: unknown) => {
        // Told once: nothing changes by itself.
        marks.set(teamId, mark);
        log.error({ err, teamId }, 'A workspace cannot be served');
      });
    }
  }
  let following: Promise<void> = Promise.resolve();
  /** One after the other: what was written before it began has been seen when it resolves. */
  function followNow(): Promise<void> {
    following = following.catch(() => {}).then(follow);
    return following;
  }

  /** Whether the workspace has left: its token says so, since news of that may be late. `gone`: Slack has said it. */
  async function look(teamId: string, why: 'gone' | 'doubt'): Promise<void> {
    const workspace = workspaces.get(teamId);
    const mark = marks.get(teamId);
    if (!workspace || mark === undefined) return;
    const answer = await workspace.clients.interactive.auth.test().then(
      () => 'there' as const,
      (error: unknown) => {
        const failure = slackFailure(error);
        return failure.kind === 'refused' && badToken.has(failure.error) ? 'left' : 'unknown';
      },
    );
    if (answer === 'there' || (answer === 'unknown' && why === 'doubt')) return;
    await leave({ teamId, mark });
  }

  async function leave(known: Known): Promise<void> {
    if (await store.leave(known, clock.now())) {
      log.warn({ teamId: known.teamId }, 'The app was taken out of a workspace: nothing more is done for it');
    }
    await followNow();
  }

  async function install(installation: Installation): Promise<void> {
    const { teamId, botToken } = installation;
    const digests = (await stores.subscriptions.list(teamId)).filter(({ state }) => state === 'active');
    const channelIds = [...new Set(digests.map(({ channelId }) => channelId))];
    await rejoin(way.clientsFor(botToken).interactive, channelIds, log);
    await store.save(installation);
    log.info({ teamId }, 'A workspace has installed the app');
    await followNow();
    shared.outbox.wake();
  }

  const resealed = await store.reseal();
  if (resealed > 0) log.info({ resealed }, 'Tokens are encrypted with the first key of TOKEN_KEY now');
  for (const teamId of await store.settle(oauth.workspaces, clock.now())) {
    log.warn(
      { teamId },
      'A workspace is not served: it has not installed the app, or WORKSPACES does not name it. Its data is removed in 30 days',
    );
  }
  await followNow();

  const polls = [
    createPoll({
      name: 'installations',
      everyMs: LOOK_EVERY_MS,
      log,
      look: () => followNow().then(() => undefined),
    }),
    createPoll({
      name: 'workspaces that have left',
      everyMs: HOUR_MS,
      log,
      async look() {
        await leases.tryHold('departures', async ({ sign }) => {
          const before = clock.now() - KEPT_AFTER_LEAVING_MS;
          for (const teamId of await store.leftBefore(before)) {
            await store.erase(teamId, before);
            log.info({ teamId }, 'All data of a workspace that has left was removed');
            sign();
          }
        });
        return undefined;
      },
    }),
  ];
  const secret = hkdfSync('sha256', oauth.tokenKeys[0]?.bytes ?? '', '', 'missed-call-desk oauth state', 32);

  return {
    async authorize(teamId) {
      if (teamId !== undefined && !workspaces.get(teamId)) await followNow();
      const workspace = teamId === undefined ? undefined : workspaces.get(teamId);
      if (!workspace) throw new NotServed(teamId);
      return authorized(workspace);
    },
    doubt: (teamId) => void inHand.run(teamId, () => look(teamId, 'doubt')),
    pages: createInstaller({
      ...oauth,
      apiUrl: config.slack.apiUrl,
      scopes: Object.keys(scopes),
      way,
      states: createStates(Buffer.from(secret).toString('base64'), stores.deliveries, clock),
      mayInstall: (teamId) => oauth.workspaces.has(teamId),
      install,
      i18n: shared.i18n,
      clock,
      log,
    }),
    start() {
      for (const poll of polls) poll.start();
    },
    async stop() {
      await Promise.all(polls.map((poll) => poll.stop()));
      await inHand.idle();
    },
  };
}
