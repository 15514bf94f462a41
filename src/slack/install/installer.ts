import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import {
  ErrorCode,
  type Installation as GivenInstallation,
  InstallProvider,
  type OrgInstallation,
  type StateStore,
} from '@slack/oauth';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { boltLog } from '../bolt-log.ts';
import type { SlackWay } from '../clients.ts';
import type { I18n, MessageContext } from '../i18n.ts';
import { slackErrorName } from '../slack-error.ts';
import type { Installation } from './installation.ts';
import { type InstallPage, installHtml, PAGE_HEADERS } from './page.ts';

/** Where a browser begins, and where Slack sends it back to. */
export const INSTALL_PATH = '/slack/install';
export const REDIRECT_PATH = '/slack/oauth_redirect';

export interface InstallerOptions {
  clientId: string;
  clientSecret: string;
  /** Of the desk, as browsers know it; ends without a slash. */
  publicUrl: string;
  /** Of Slack's Web API, in whose place the page lies where people allow the app. */
  apiUrl: string;
  scopes: readonly string[];
  way: SlackWay;
  states: StateStore;
  /** Whether the workspace may have the app. */
  mayInstall(teamId: string): boolean;
  /** Slack has given the desk its token. */
  install(installation: Installation): Promise<void>;
  i18n: I18n;
  clock: Clock;
  log: Log;
}

type Given = GivenInstallation<'v1' | 'v2', boolean> | OrgInstallation;

/**
 * The pages by which a workspace gets the app. Bolt's provider goes the way of OAuth; here is who may, and what browsers are
 * told. No page sends a browser to an address that came with the request, and none shows a code, state or token.
 */
export function createInstaller(options: InstallerOptions): RequestListener {
  const { publicUrl, apiUrl, scopes, way, states, mayInstall, install, i18n, clock, log } = options;
  const provider = new InstallProvider({
    clientId: options.clientId,
    clientSecret: options.clientSecret,
    stateStore: states,
    installUrlOptions: { scopes: [...scopes], redirectUri: `${publicUrl}${REDIRECT_PATH}` },
    authorizationUrl: new URL('../oauth/v2/authorize', apiUrl).href,
    directInstall: true,
    installationStore: {
      async storeInstallation(given) {
        const installation = installationOf(given, clock.now());
        if (!installation) throw new Error('Slack has given no token for a workspace');
        await install(installation);
      },
      // The desk reads its installations itself.
      fetchInstallation: () => Promise.reject(new Error('Nothing is read here')),
    },
    clientOptions: way.options(),
    // What goes wrong is told of here, once.
    logger: { ...boltLog(log), error() {} },
  });

  /** Why an installation that Slack has granted is not kept; undefined: it is. */
  function objection(given: Given, { t }: MessageContext): string | undefined {
    if (given.isEnterpriseInstall || !given.team) return t('install.organisation');
    if (given.bot?.refreshToken) return t('install.rotation');
    const { id, name = id } = given.team;
    return mayInstall(id) ? undefined : t('install.notAllowed', { team: name, teamId: id });
  }

  async function turnAway({ bot, team }: Given): Promise<void> {
    log.warn(
      { teamId: team?.id ?? null },
      'Somebody has installed the app who may not: it is taken out again',
    );
    if (!bot?.token) return;
    const { interactive } = way.clientsFor(bot.token);
    await interactive.auth
      .revoke()
      .catch((err: unknown) => log.error({ err }, 'Slack did not take a token back'));
  }

  async function back(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const context = contextFor(request, i18n);
    const show = (page: InstallPage) => {
      response.writeHead(page.status, PAGE_HEADERS).end(installHtml(page, context));
    };
    await provider.handleCallback(request, response, {
      async afterInstallation(given) {
        const text = objection(given, context);
        if (text === undefined) return true;
        await turnAway(given);
        show({ status: 403, text, beginAgain: false });
        return false;
      },
      success(given) {
        const team = given.team?.name ?? given.team?.id ?? '';
        show({ status: 200, text: context.t('install.done', { team }), beginAgain: false });
      },
      failure(error) {
        const page = failurePage(error.code, context);
        // Anybody on the internet may bring a wrong state.
        const level = page.status === 502 ? 'warn' : 'info';
        log[level](
          { code: error.code, error: slackErrorName(error) ?? null },
          'An installation came to nothing',
        );
        show(page);
      },
    });
  }

  return (request, response) => {
    const isBeginning = request.url?.split('?', 1)[0] === INSTALL_PATH;
    if (isBeginning)
      for (const [name, value] of Object.entries(PAGE_HEADERS)) response.setHeader(name, value);
    (isBeginning ? provider.handleInstallPath(request, response) : back(request, response)).catch(
      (err: unknown) => {
        log.error({ err }, 'A page of the installation failed');
        if (response.headersSent) return response.end();
        const context = contextFor(request, i18n);
        const page = { status: 500, text: context.t('install.failed'), beginAgain: true };
        response.writeHead(page.status, PAGE_HEADERS).end(installHtml(page, context));
      },
    );
  };
}

function failurePage(code: string, { t }: MessageContext): InstallPage {
  switch (code) {
    case ErrorCode.AuthorizationError:
      return { status: 200, text: t('install.cancelled'), beginAgain: true };
    case ErrorCode.MissingStateError:
    case ErrorCode.InvalidStateError:
    case ErrorCode.MissingCodeError:
      return { status: 400, text: t('install.state'), beginAgain: true };
    default:
      return { status: 502, text: t('install.failed'), beginAgain: true };
  }
}

/** In the language that the browser asks for first. */
const contextFor = ({ headers }: IncomingMessage, i18n: I18n): MessageContext =>
  i18n.forLocale(headers['accept-language']?.split(/[,;]/, 1)[0]?.trim() ?? 'en');

function installationOf({ team, bot, user }: Given, now: number): Installation | undefined {
  if (!team || !bot) return undefined;
  return {
    teamId: team.id,
    teamName: team.name ?? team.id,
    botUserId: bot.userId,
    botId: bot.id ?? null,
    botToken: bot.token,
    scopes: bot.scopes,
    installedBy: user.id,
    installedAt: now,
  };
}
