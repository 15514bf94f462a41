import type { Page } from 'playwright-core';
import { click, closeGuide, type Picture, send } from './picture.ts';
import {
  answered,
  become,
  dialog,
  goTo,
  inPart,
  inSettings,
  inVdn,
  leaveSettings,
  phone,
  press,
} from './tour-scenes.ts';

/** The pictures of docs/tour.md that show the settings, rights and what is private. */

async function firstVdn(page: Page): Promise<void> {
  await closeGuide(page);
  await send(page, '/missed');
  await dialog(page).getByText('Add your first VDN').waitFor();
  await dialog(page).getByLabel('Number of the VDN').fill('159');
  await dialog(page).getByLabel('Name').fill('Support');
  await dialog(page).getByLabel('Time zone').fill('Europe/London');
  await dialog(page).getByLabel('Country').fill('United Kingdom');
}

async function firstTried(page: Page): Promise<void> {
  await firstVdn(page);
  await press(page, 'Add');
  await dialog(page).getByText('Step 2 of 3').waitFor();
  await press(page, 'Ask now');
  await dialog(page).getByText('10 missed calls').waitFor();
}

async function firstDigest(page: Page): Promise<void> {
  await firstTried(page);
  await press(page, 'Add digest');
  await dialog(page).getByText('How often').waitFor();
  await dialog(page).getByLabel('Channel').selectOption({ label: 'support' });
}

/** Ana hides numbers in channels; Tom asks there. */
async function masked(page: Page): Promise<void> {
  await inSettings(page);
  await dialog(page).getByRole('button', { name: 'Change' }).last().click();
  await dialog(page).getByLabel("Callers' numbers").selectOption({ index: 2 });
  await press(page, 'Save');
  await dialog(page).getByText('Your VDNs').waitFor();
  await leaveSettings(page);
  await become(page, 'Tom');
  await send(page, '/missed vdn 159 today');
  await page.getByText('10 calls from').waitFor();
}

const ana = (name: string, play: (page: Page) => Promise<void>) =>
  ({ name, where: 'ana/support', options: phone, play }) satisfies Picture;
const firstRun = (name: string, play: (page: Page) => Promise<void>) =>
  ({ ...ana(name, play), where: 'tom/support', named: false }) satisfies Picture;

export const SETTINGS_PICTURES: readonly Picture[] = [
  firstRun('tour-first-vdn', firstVdn),
  firstRun('tour-first-tried', firstTried),
  firstRun('tour-preview', firstDigest),
  firstRun('tour-first-digest', async (page) => {
    await firstDigest(page);
    await press(page, 'Add');
    await dialog(page).getByText('All set').waitFor();
  }),
  ana('tour-settings', inSettings),
  ana('tour-vdn', inVdn),
  ana('tour-hours', async (page) => {
    await inPart(page, 1, 'Weekly hours');
    await dialog(page).getByLabel('Weekly hours').fill('Mon-Fri 09:00-18:00, Sat 09:00-13:00');
    await dialog(page).getByLabel('Holidays').fill('2026-12-24 09:00-12:00\n2026-12-25..2026-12-26');
  }),
  ana('tour-calling-back', (page) => inPart(page, 2, 'When nobody claims')),
  ana('tour-access', async (page) => {
    await inPart(page, 3, 'Who may see');
    await dialog(page).getByRole('radio').nth(5).click();
    await dialog(page).getByText('User groups').waitFor();
  }),
  ana('tour-masked', masked),
  ana('tour-revealed', async (page) => {
    await masked(page);
    await click(page, 'Reveal');
    await dialog(page).getByText('It is on record').waitFor();
  }),
  ana('tour-refused', async (page) => {
    await inPart(page, 3, 'Who may see');
    await dialog(page).getByRole('radio').nth(5).click();
    await dialog(page).getByLabel('People').selectOption('Ana Souza');
    await press(page, 'Save');
    await dialog(page).getByText('Who may do what').waitFor();
    await leaveSettings(page);
    await send(page, '/missed vdn 159 today');
    await page.getByText('10 calls from').waitFor();
    await become(page, 'Tom');
    await page
      .getByRole('log')
      .locator('button', { hasText: /^Claim$/ })
      .last()
      .click();
    await page.getByText('Only Ana Souza may claim').waitFor();
  }),
  ana('tour-erase', async (page) => {
    await answered(page);
    await send(page, '/missed erase +44 20 7946 0311');
    await dialog(page).waitFor();
  }),
  ana('tour-audit', async (page) => {
    await answered(page);
    await click(page, 'Claim');
    await page.getByText('Claimed by').waitFor();
    await send(page, '/missed audit today');
    await page.getByText('Only visible to you').waitFor();
    await goTo(page, 'Missed Call Desk');
    await page.getByText('.csv').first().waitFor();
  }),
];
