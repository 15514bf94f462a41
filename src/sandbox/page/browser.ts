import { existsSync } from 'node:fs';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';

/** Where the package unpacks its fonts. */
const FONTS = '/tmp/fonts';

/**
 * A Chromium from npm, for tests and screenshots: it loads nothing by itself. As root it cannot have its sandbox, and what it is shown is our own
 * page alone.
 */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = await chromium.executablePath();
  return playwright.launch({
    executablePath,
    headless: true,
    args: ['--no-sandbox', '--headless=shell', '--disable-gpu', '--font-render-hinting=none', '--disable-background-networking'],
    ...(existsSync(FONTS) && { env: { FONTCONFIG_PATH: FONTS } }),
  });
}
