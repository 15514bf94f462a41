import type { Clock } from '../../clock.ts';
import type { Args } from './args.ts';
import type { JsonObject } from './json.ts';
import type { Triggers } from './triggers.ts';
import type { Workspace } from './workspace.ts';

/** How often a method may be called: Slack's tiers, per minute; `post` is one message a second for each channel. */
export type Tier = 'post' | 1 | 2 | 3 | 4 | 'free';

/** What a method works on. */
export interface MethodContext {
  workspace: Workspace;
  triggers: Triggers;
  clock: Clock;
  /** An event of the workspace that the app may have subscribed to. */
  announce(event: JsonObject & { type: string }): void;
  /** Where a file is uploaded to. */
  uploadUrl(key: string): string;
  /** A new address for one WebSocket connection; refuses where events are delivered by HTTP. */
  connectionUrl(): string;
  /** The token that it was called with is good for nothing from then on. */
  revoke(): void;
  /** A code of an installation for a token; refuses where the app is not installed by workspaces. */
  exchange(args: Args): JsonObject;
}

/** One method of the Web API. */
export interface Method {
  tier: Tier;
  /** `none`: it takes its own credentials. */
  token: 'bot' | 'app' | 'any' | 'none';
  /** The scopes that it always needs; those that depend on the arguments it asks for itself. */
  scopes: readonly string[];
  /** Gives the fields of the answer besides `ok`; refuses with a Refusal. */
  run(args: Args, context: MethodContext): JsonObject;
}
