import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest';
import { launchBrowser } from '../../src/sandbox/page/browser.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/page/sandbox.ts';

/** A Monday morning in London: 07:40 in São Paulo, 18:40 in Shanghai. */
export const MONDAY = Date.parse('2026-11-23T10:40:00Z');
/** A machine that is busy with other tests is slow, not wrong. */
const PATIENCE_MS = 20_000;
const WIDE = { width: 1360, height: 860 };

/** One browser for the file, a sandbox of its own for each test; both end by themselves. */
export function browserTests() {
  vi.setConfig({ testTimeout: 3 * PATIENCE_MS });
  let browser: Browser;
  const closing: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    browser = await launchBrowser();
  }, 60_000);
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });
  afterAll(() => browser.close());

  const visit = async (sandbox: Sandbox, where = 'tom/support', options: BrowserContextOptions = {}) => {
    const context = await browser.newContext({ viewport: WIDE, reducedMotion: 'reduce', ...options });
    closing.push(() => context.close());
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const wrong: string[] = [];
    page.on('pageerror', ({ message }) => wrong.push(message));
    closing.push(async () => expect(wrong).toEqual([]));
    await page.goto(`${sandbox.page.url}/#${where}`);
    await page.getByRole('log').waitFor();
    return page;
  };
  const open = async (options: SandboxOptions = {}) => {
    const sandbox = await startSandbox({ startAt: MONDAY, ...options });
    closing.push(sandbox.close);
    return sandbox;
  };
  return { open, visit };
}

/** What comes to be so, sooner or later. */
export const eventually = <T>(look: () => T) => expect.poll(look, { timeout: PATIENCE_MS });

/** Sends something from the message box of the channel that is open. */
export async function send(page: Page, text: string): Promise<void> {
  const box = page.getByRole('textbox', { name: /^Message / });
  await box.fill(text);
  await box.press('Enter');
}

/** The message that says this, the newest if there are several. */
export const said = (page: Page, text: string | RegExp) =>
  page.getByRole('article').filter({ hasText: text }).last();
/** The buttons of a message by their label; screen readers hear whose they are. */
export const labelled = (page: Page, label: string) =>
  page
    .getByRole('log')
    .locator('button')
    .filter({ hasText: new RegExp(`^${label}$`) });
