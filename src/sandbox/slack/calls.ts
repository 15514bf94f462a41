import type { FaultKind } from './faults.ts';
import type { JsonObject } from './json.ts';

/** One call that the app made, as it came (structures parsed) and as it was answered. Tokens are not kept. */
export interface ApiCall {
  /** A method of the Web API, or `response_url`. */
  method: string;
  /** The last part of the address, of a `response_url`. */
  key?: string;
  args: JsonObject;
  /** The workspace whose token it was made with; undefined: an app's token, or none. */
  teamId?: string;
  /** By the clock of the workspace. */
  at: number;
  /** Slack's error; undefined when it was carried out and answered with ok. */
  error?: string;
  /** Whether the call had its effect: true also where the answer was then lost on purpose. */
  performed: boolean;
  fault?: FaultKind['kind'];
  answer: JsonObject;
}
