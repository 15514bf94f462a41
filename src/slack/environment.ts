import type { Vdn } from '../calls/vdn.ts';
import type { Language } from '../vdns/workspace.ts';

/** What the environment says, as far as people see it in the settings. */
export interface Environment {
  /** VDNS: until people set something else. */
  vdns: readonly Vdn[];
  /** DESK_LANGUAGE: until people set something else. */
  language: Language;
  /** CALLBACK_DAYS */
  callbackHorizonMs: number;
}
