import { createHash } from 'node:crypto';
import type { MessageContext } from '../i18n.ts';

/** What a browser is told of an installation, and whether it can begin again. */
export interface InstallPage {
  status: number;
  text: string;
  beginAgain: boolean;
}

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1rem;color-scheme:light dark}';
const styleHash = createHash('sha256').update(STYLE).digest('base64');

/** Nothing is loaded or kept, and what the address says (a code, a state) is sent nowhere. */
export const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
};

export function installHtml(page: InstallPage, { t, locale }: MessageContext): string {
  // Beside the page that it is on, whatever a proxy puts before both.
  const again = page.beginAgain ? `<p><a href="install">${escaped(t('install.again'))}</a></p>` : '';
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(t('install.title'))}</title><style>${STYLE}</style></head>
<body><h1>${escaped(t('install.title'))}</h1><p>${escaped(page.text)}</p>${again}</body></html>
`;
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string) => text.replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? mark);
