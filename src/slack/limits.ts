/** Slack's limits, in UTF-16 code units, that the messages respect. https://docs.slack.dev/reference/block-kit */

export const SECTION_TEXT_MAX = 3000;
export const CONTEXT_TEXT_MAX = 2000;
export const BUTTON_TEXT_MAX = 75;
export const ACCESSIBILITY_LABEL_MAX = 75;
export const OPTION_TEXT_MAX = 75;
/** Options of a menu. */
export const SELECT_MAX = 100;
export const CONFIRM_TITLE_MAX = 100;
export const CONFIRM_TEXT_MAX = 300;
export const CONFIRM_BUTTON_MAX = 30;
/** Of a view's title and its two buttons. */
export const VIEW_LABEL_MAX = 24;
/** Of `text`, what notifications and screen readers use: Slack allows far more and advises this. */
export const FALLBACK_TEXT_MAX = 4000;

/** Ours: a title line of a message. */
export const TITLE_MAX = 100;
