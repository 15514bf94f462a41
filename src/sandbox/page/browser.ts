import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';

/** The font that the package unpacks, and the machine's own for what it lacks. */
const FONTS = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>/tmp/fonts</dir><dir>/usr/share/fonts</dir><cachedir>/tmp/fonts-cache</cachedir>
<alias><family>system-ui</family><prefer><family>Open Sans</family></prefer></alias>
<alias><family>ui-monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias></fontconfig>`;

const FONTS_FILE = join(tmpdir(), 'missed-call-desk-fonts.conf');
/** Held while Chromium is unpacked: two tests that begin together must not unpack over each other. */
const LOCK = join(tmpdir(), 'missed-call-desk-chromium.lock');
const LOOK_EVERY_MS = 100;
/** Whoever holds it longer has died. */
const GIVE_UP_AFTER = 300;

async function unpacked(): Promise<string> {
  for (let looks = 0; looks < GIVE_UP_AFTER; looks += 1) {
    const held = await mkdir(LOCK).then(
      () => true,
      () => false,
    );
    if (held) break;
    await setTimeout(LOOK_EVERY_MS);
  }
  try {
    return await chromium.executablePath();
  } finally {
    await rm(LOCK, { recursive: true, force: true });
  }
}

/**
 * A Chromium from npm, for tests and screenshots: it loads nothing by itself. As root it cannot have its sandbox, and what it is shown is our own
 * page alone. The package is for Linux on x64; elsewhere the machine's own Chrome is used.
 */
export async function launchBrowser(): Promise<Browser> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return playwright.launch({ channel: 'chrome' });
  const executablePath = await unpacked();
  await writeFile(FONTS_FILE, FONTS);
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
    env: { FONTCONFIG_FILE: FONTS_FILE },
  });
}
