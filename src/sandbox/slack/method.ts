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
}

/** One method of the Web API. */
export interface Method {
  tier: Tier;
  token: 'bot' | 'app' | 'any';
  /** The scopes that it always needs; those that depend on the arguments it asks for itself. */
  scopes: readonly string[];
  /** Gives the fields of the answer besides `ok`; refuses with a Refusal. */
  run(args: Args, context: MethodContext): JsonObject;
}
