import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';

/** The font that the package unpacks, and the machine's own for what it lacks. */
const FONTS = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>/tmp/fonts</dir><dir>/usr/share/fonts</dir><cachedir>/tmp/fonts-cache</cachedir>
<alias><family>system-ui</family><prefer><family>Open Sans</family></prefer></alias></fontconfig>`;

/**
 * A Chromium from npm, for tests and screenshots: it loads nothing by itself. As root it cannot have its sandbox, and what it is shown is our own
 * page alone.
 */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = await chromium.executablePath();
  const fonts = join(mkdtempSync(join(tmpdir(), 'page-fonts-')), 'fonts.conf');
  writeFileSync(fonts, FONTS);
  return playwright.launch({
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--headless=shell',
      '--disable-gpu',
      '--font-render-hinting=none',
      '--disable-background-networking',
    ],
    env: { FONTCONFIG_FILE: fonts },
  });
}
