import type { Page } from 'playwright-core';
import { click, closeGuide, PHONE, type Picture, send } from './picture.ts';

/** The pictures of docs/tour.md: each surface on a phone. */

const phone = { colorScheme: 'light', viewport: PHONE, deviceScaleFactor: 2 } as const;
const dark = { ...phone, colorScheme: 'dark' } as const;

const dialog = (page: Page) => page.getByRole('dialog').last();
const openSidebar = (page: Page) => page.getByRole('button', { name: 'Channels' }).first().click();

async function answered(page: Page): Promise<void> {
  await closeGuide(page);
  await send(page, '/missed vdn 159 today');
  await page.getByText('10 calls from').waitFor();
}

async function claimed(page: Page): Promise<void> {
  await answered(page);
  await click(page, 'Claim');
  await page.getByText('Claimed by @Tom Baker').waitFor();
}

async function logging(page: Page): Promise<void> {
  await claimed(page);
  await click(page, 'Log result');
  await dialog(page).getByRole('radio', { name: 'No answer' }).click();
  await dialog(page).getByText('Try again', { exact: true }).waitFor();
  await dialog(page).getByLabel('Note').fill('Line busy, asks for an invoice');
}

async function saved(page: Page): Promise<void> {
  await logging(page);
  await dialog(page).getByRole('button', { name: 'Save' }).click();
  await page.getByText(/tried once/).waitFor();
}

async function inHome(page: Page): Promise<void> {
  await openSidebar(page);
  await page.getByRole('button', { name: 'Missed Call Desk', exact: true }).click();
  await page.getByRole('tab', { name: 'Home' }).click();
  await page.locator('.log.home').getByText('wait for a call back').waitFor();
}

/** What one does in the contact centre's panel, which lies over the conversation on a phone. */
async function inCentre(page: Page, ...buttons: string[]): Promise<void> {
  await page.getByRole('button', { name: 'Contact centre' }).click();
  for (const name of buttons) await page.getByRole('button', { name }).last().click();
  await page.keyboard.press('Escape');
}

async function due(page: Page): Promise<void> {
  await saved(page);
  await inCentre(page, 'Next hour', 'Next hour');
  await openSidebar(page);
  await page.getByRole('button', { name: 'Missed Call Desk', exact: true }).click();
  await page.getByText('Try again now').waitFor();
}

async function told(page: Page): Promise<void> {
  await closeGuide(page);
  await send(page, '/missed digest vdn 159 hourly');
  await page.getByText('This channel now gets').waitFor();
  await inCentre(page, 'One caller, three times', 'A WhatsApp message', 'Next hour');
  await page.getByText(/new calls from/).waitFor();
}

async function inSettings(page: Page): Promise<void> {
  await closeGuide(page);
  await send(page, '/missed settings');
  await dialog(page).getByText('Your VDNs').waitFor();
}

export const TOUR: readonly Picture[] = [
  { name: 'tour-answer', where: 'tom/support', options: phone, play: claimed },
  { name: 'tour-log-result', where: 'tom/support', options: phone, play: logging },
  { name: 'tour-tried', where: 'tom/support', options: phone, play: saved },
  { name: 'tour-due', where: 'tom/support', options: phone, play: due },
  { name: 'tour-digest', where: 'tom/support', options: dark, play: told },
  {
    name: 'tour-home',
    where: 'tom/support',
    options: phone,
    async play(page) {
      await saved(page);
      await inHome(page);
    },
  },
  {
    name: 'tour-home-dark',
    where: 'tom/support',
    options: dark,
    async play(page) {
      await answered(page);
      await inHome(page);
    },
  },
  { name: 'tour-settings', where: 'ana/support', options: phone, play: inSettings },
  {
    name: 'tour-vdn',
    where: 'ana/support',
    options: phone,
    async play(page) {
      await inSettings(page);
      await dialog(page).getByRole('button', { name: 'Open' }).first().click();
      await dialog(page).getByText('Who may do what').waitFor();
    },
  },
  {
    name: 'tour-ask',
    where: 'tom/support',
    options: phone,
    async play(page) {
      await answered(page);
      await click(page, 'Ask more');
      await dialog(page).getByText('Only these calls').waitFor();
    },
  },
  {
    name: 'tour-erase',
    where: 'ana/support',
    options: phone,
    async play(page) {
      await answered(page);
      await send(page, '/missed erase +44 20 7946 0311');
      await dialog(page).waitFor();
    },
  },
];
