import type { Page } from 'playwright-core';
import { click, closeGuide, PHONE, send } from './picture.ts';

/** What has happened before a picture of docs/tour.md is taken: on a phone, by somebody who taps. */

export const phone = { colorScheme: 'light', viewport: PHONE, deviceScaleFactor: 2 } as const;
export const dark = { ...phone, colorScheme: 'dark' } as const;

export const dialog = (page: Page) => page.getByRole('dialog').last();
export const press = (page: Page, name: string) =>
  dialog(page).getByRole('button', { name, exact: true }).first().click();
const openSidebar = (page: Page) => page.getByRole('button', { name: 'Channels' }).first().click();

export async function answered(page: Page): Promise<void> {
  await closeGuide(page);
  await send(page, '/missed vdn 159 today');
  await page.getByText('10 calls from').waitFor();
}

export async function claimed(page: Page): Promise<void> {
  await answered(page);
  await click(page, 'Claim');
  await page.getByText('Claimed by @Tom Baker').waitFor();
}

export async function logging(page: Page): Promise<void> {
  await claimed(page);
  await click(page, 'Log result');
  await dialog(page).getByRole('radio', { name: 'No answer' }).click();
  await dialog(page).getByText('Try again', { exact: true }).waitFor();
  await dialog(page).getByLabel('Note').fill('Line busy, asks for an invoice');
}

export async function saved(page: Page): Promise<void> {
  await logging(page);
  await press(page, 'Save');
  await page.getByText(/tried once/).waitFor();
}

/** Goes on as somebody else, in the channel that is open. */
export async function become(page: Page, name: string): Promise<void> {
  await openSidebar(page);
  await page.getByRole('radio', { name: new RegExp(name) }).click();
  await page.locator('[role=radio][aria-checked=true]', { hasText: name }).waitFor({ state: 'attached' });
}

export async function goTo(page: Page, room: string): Promise<void> {
  await openSidebar(page);
  await page.getByRole('button', { name: room }).first().click();
}

export async function inHome(page: Page): Promise<void> {
  await goTo(page, 'Missed Call Desk');
  await page.getByRole('tab', { name: 'Home' }).click();
  await page.locator('.log.home').getByText('wait for a call back').waitFor();
}

/** What one does in the contact centre's panel, which lies over the conversation on a phone. */
export async function inCentre(page: Page, ...buttons: string[]): Promise<void> {
  await page.getByRole('button', { name: 'Contact centre' }).click();
  for (const name of buttons) await page.getByRole('button', { name }).last().click();
  await page.keyboard.press('Escape');
}

export async function told(page: Page): Promise<void> {
  await closeGuide(page);
  await send(page, '/missed digest vdn 159 hourly');
  await page.getByText('This channel now gets').waitFor();
  await inCentre(page, 'One caller, three times', 'A WhatsApp message', 'Next hour');
  await page.getByText(/new calls from/).waitFor();
}

export async function inSettings(page: Page): Promise<void> {
  await closeGuide(page);
  await send(page, '/missed settings');
  await dialog(page).getByText('Your VDNs').waitFor();
}

export async function inVdn(page: Page): Promise<void> {
  await inSettings(page);
  await press(page, 'Open');
  await dialog(page).getByText('Who may do what').waitFor();
}

/** The form behind a part of a VDN's page, by its place among the others. */
export async function inPart(page: Page, place: number, shows: string): Promise<void> {
  await inVdn(page);
  await dialog(page).getByRole('button', { name: 'Change' }).nth(place).click();
  await dialog(page).getByText(shows).first().waitFor();
}

/** Closes the settings, however deep. */
export async function leaveSettings(page: Page): Promise<void> {
  while ((await page.getByRole('dialog').count()) > 0) {
    await page.keyboard.press('Escape');
    await page.waitForTimeout(100);
  }
}
