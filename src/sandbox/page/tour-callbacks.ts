import type { Page } from 'playwright-core';
import { click, closeGuide, PHONE, type Picture, send } from './picture.ts';
import {
  answered,
  become,
  claimed,
  dark,
  dialog,
  goTo,
  inCentre,
  inHome,
  inPart,
  leaveSettings,
  logging,
  phone,
  press,
  saved,
  told,
} from './tour-scenes.ts';

/** The pictures of docs/tour.md that show questions, digests and the life of a callback. */

async function due(page: Page): Promise<void> {
  await saved(page);
  await inCentre(page, 'Next hour', 'Next hour');
  await goTo(page, 'Missed Call Desk');
  await page.getByText('Try again now').waitFor();
}

/** Nobody claims what a digest told, and after a quarter of an hour the channel is called. */
async function raised(page: Page): Promise<void> {
  await inPart(page, 2, 'When nobody claims');
  await dialog(page).getByLabel('Tell the channel after').selectOption('15 min');
  await press(page, 'Save');
  await dialog(page).getByText('tell the channel').waitFor();
  await leaveSettings(page);
  await send(page, '/missed digest vdn 159 hourly');
  await page.getByText('This channel now gets').waitFor();
  await become(page, 'Tom');
  await inCentre(page, 'Next hour');
  await page.getByText(/new calls from/).waitFor();
  await inCentre(page, 'Next hour');
  await page.getByText('Nobody has claimed').first().waitFor();
}

/** For what is longer than a screen. */
const tall = { ...phone, viewport: { ...PHONE, height: 1120 } };

const tom = (name: string, play: (page: Page) => Promise<void>, options: Picture['options'] = phone) =>
  ({ name, where: 'tom/support', options, play }) satisfies Picture;

export const CALLBACK_PICTURES: readonly Picture[] = [
  tom('tour-answer', claimed),
  tom('tour-log-result', logging),
  tom('tour-tried', saved),
  tom('tour-due', due),
  tom('tour-reached', async (page) => {
    await due(page);
    await click(page, 'Log result');
    await press(page, 'Save');
    await page.getByText('Reached by').waitFor();
  }),
  tom(
    'tour-history',
    async (page) => {
      await saved(page);
      await click(page, 'Log result');
      await dialog(page).getByText('claimed it').first().waitFor();
    },
    tall,
  ),
  tom('tour-snooze', async (page) => {
    await claimed(page);
    await click(page, 'Log result');
    await press(page, 'Snooze…');
    await dialog(page).getByLabel('Remind me').selectOption('At a time that I pick');
    await dialog(page).locator('[type=datetime-local]').waitFor();
  }),
  tom('tour-assign', async (page) => {
    await claimed(page);
    await click(page, 'Log result');
    await press(page, 'Assign…');
    await dialog(page).getByLabel('Who calls back?').selectOption('Ana Souza');
  }),
  {
    name: 'tour-take-over',
    where: 'ana/support',
    options: phone,
    async play(page) {
      await answered(page);
      await click(page, 'Claim');
      await page.getByText('Claimed by @Ana Souza').waitFor();
      await become(page, 'Tom');
      await click(page, 'Log result');
      await press(page, 'Take over');
      await page.getByText('Whoever has this one').waitFor();
    },
  },
  tom('tour-digest', told, { ...tall, colorScheme: 'dark' }),
  { ...tom('tour-raised', raised), where: 'ana/support' },
  tom('tour-home', async (page) => {
    await saved(page);
    await inHome(page);
  }),
  tom(
    'tour-home-dark',
    async (page) => {
      await answered(page);
      await inHome(page);
    },
    dark,
  ),
  tom('tour-ask', async (page) => {
    await answered(page);
    await click(page, 'Ask more');
    await dialog(page).getByText('Only these calls').waitFor();
  }),
  tom('tour-mention', async (page) => {
    await closeGuide(page);
    await send(page, 'The switchboard was down, somebody please look');
    await page
      .getByRole('button', { name: /^Reply in a thread to Tom Baker/ })
      .last()
      .click();
    const reply = page.getByRole('textbox', { name: 'Reply in this thread' });
    await reply.fill('@missed-call-desk missed 159 last 20m');
    await reply.press('Enter');
    await page.getByRole('complementary').getByText('Missed calls: Support').waitFor();
  }),
  tom(
    'tour-help',
    async (page) => {
      await closeGuide(page);
      await send(page, '/missed help');
      await page.getByText('Missed calls').first().waitFor();
    },
    tall,
  ),
  tom('tour-mistake', async (page) => {
    await closeGuide(page);
    await send(page, '/missed vdn 159 tody');
    await page.getByText('Did you mean').waitFor();
  }),
];
