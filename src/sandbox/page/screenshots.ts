import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { click, closeGuide, type Picture, send, WIDE } from './picture.ts';
import { startSandbox } from './sandbox.ts';
import { CALLBACK_PICTURES } from './tour-callbacks.ts';
import { SETTINGS_PICTURES } from './tour-settings.ts';

/**
 * Writes docs/images: the pictures of the README and the docs, each from a scripted state. All of them, or those whose names are given:
 * `npm run screenshots -- tour-answer tour-due`.
 */

const FOLDER = fileURLToPath(new URL('../../../docs/images/', import.meta.url));
/** A Monday morning in London, so that the pictures do not change from day to day. */
const MONDAY = Date.parse('2026-11-23T10:40:00Z');
/** Asks, claims the first caller, and has claimed the second as Ana and called her back. */
async function claimed(page: Page): Promise<void> {
  await send(page, '/missed vdn 159 today');
  await click(page, 'Claim');
  await page.getByText('Claimed by @Tom Baker').waitFor();
  await page.getByRole('radio', { name: /Ana/ }).click();
  await page.getByRole('radio', { name: /Ana/, checked: true }).waitFor();
  await click(page, 'Claim');
  await page.getByText('Claimed by @Ana Souza').waitFor();
  await page
    .getByRole('log')
    .locator('button')
    .filter({ hasText: /^Log result$/ })
    .nth(1)
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByText('Reached by @Ana Souza').waitFor();
  await page.getByRole('radio', { name: /Tom/ }).click();
  await page.getByRole('radio', { name: /Tom/, checked: true }).waitFor();
  await page.getByText('Reached by @Ana Souza').waitFor();
}

const PICTURES: readonly Picture[] = [
  {
    name: 'answer',
    where: 'tom/support',
    options: { colorScheme: 'light', viewport: WIDE },
    async play(page) {
      await closeGuide(page);
      await claimed(page);
    },
  },
  {
    name: 'first-steps',
    where: 'tom/support',
    options: { colorScheme: 'light', viewport: WIDE },
    async play(page) {
      await send(page, '/missed vdn 159 today');
      await page.getByText('10 calls from').waitFor();
    },
  },
  {
    name: 'down',
    where: 'tom/support',
    options: { colorScheme: 'light', viewport: WIDE },
    async play(page) {
      await closeGuide(page);
      await send(page, '/missed vdn 159 today');
      await page.getByText('10 calls from').waitFor();
      await page
        .getByRole('combobox', { name: 'How it fails' })
        .selectOption('The address is not allowed (403)');
      await page.getByRole('button', { name: 'Break it' }).click();
      await send(page, '/missed vdn 159 today open wait>1m');
      await page.getByText('as of').waitFor();
      await page.getByRole('tab', { name: /Requests/ }).click();
      await page.locator('.records summary').nth(1).click();
    },
  },
];

/** As WebP, a third of what it would be as PNG. */
async function shoot(page: Page, path: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 80 });
  await writeFile(path, Buffer.from(data, 'base64'));
}

async function take(browser: Browser, { name, where, options, named = true, play }: Picture): Promise<void> {
  const sandbox = await startSandbox({ startAt: MONDAY, named });
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  await page.goto(`${sandbox.page.url}/#${where}`);
  await page.getByRole('log').waitFor();
  await play(page);
  // Whatever was clicked last is no part of the picture.
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  await shoot(page, `${FOLDER}${name}.webp`);
  await context.close();
  await sandbox.close();
  process.stdout.write(`docs/images/${name}.webp\n`);
}

const all = [...PICTURES, ...CALLBACK_PICTURES, ...SETTINGS_PICTURES];
const asked = process.argv.slice(2);
await mkdir(FOLDER, { recursive: true });
const browser = await launchBrowser();
for (const picture of all)
  if (asked.length === 0 || asked.includes(picture.name)) await take(browser, picture);
await browser.close();
