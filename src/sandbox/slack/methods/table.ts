import type { Method } from '../method.ts';
import { chatMethods } from './chat.ts';
import { conversationMethods } from './conversations.ts';
import { fileMethods } from './files.ts';
import { historyMethods } from './history.ts';
import { peopleMethods } from './people.ts';
import { viewMethods } from './views.ts';

/** Every method of the Web API that this Slack has; others are `unknown_method`. */
export const methods: Record<string, Method> = {
  ...chatMethods,
  ...conversationMethods,
  ...fileMethods,
  ...historyMethods,
  ...peopleMethods,
  ...viewMethods,
  'api.test': { tier: 'free', token: 'any', scopes: [], run: (args) => ({ args: args.all }) },
  'auth.test': {
    tier: 'free',
    token: 'any',
    scopes: [],
    run: (_args, { workspace: { team, app } }) => ({
      url: `https://${team.domain}.slack.com/`,
      team: team.name,
      user: app.name,
      team_id: team.id,
      user_id: app.botUserId,
      bot_id: app.botId,
      is_enterprise_install: false,
    }),
  },
  'auth.revoke': {
    tier: 3,
    token: 'bot',
    scopes: [],
    run(args, { revoke }) {
      if (args.flag('test')) return { revoked: false };
      revoke();
      return { revoked: true };
    },
  },
  'oauth.v2.access': {
    tier: 4,
    token: 'none',
    scopes: [],
    run: (args, { exchange }) => exchange(args),
  },
  'apps.connections.open': {
    tier: 1,
    token: 'app',
    scopes: [],
    run: (_args, context) => ({ url: context.connectionUrl() }),
  },
};
