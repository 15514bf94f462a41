import type { BrowserContextOptions, Page } from 'playwright-core';

export const WIDE = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 800 };

/** A picture of the page, from a scripted state. */
export interface Picture {
  name: string;
  /** Who looks at which channel. */
  where: string;
  options: BrowserContextOptions;
  /** False: of a desk that was just installed and knows no VDN. */
  named?: boolean;
  play(page: Page): Promise<void>;
}

export async function send(page: Page, text: string): Promise<void> {
  const box = page.getByRole('textbox', { name: /^Message / });
  await box.fill(text);
  await box.press('Enter');
}

/** The first button of that label in the messages. */
export const click = (page: Page, label: string) =>
  page
    .getByRole('log')
    .locator('button')
    .filter({ hasText: new RegExp(`^${label}$`) })
    .first()
    .click();

export const closeGuide = (page: Page) => page.getByRole('button', { name: 'Close the first steps' }).click();
