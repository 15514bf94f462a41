import type { Page } from 'playwright-core';
import { describe, it } from 'vitest';
import { browserTests, eventually, send } from './opened.ts';

const { open, visit } = browserTests();

const home = (page: Page) => page.locator('.log.home');
const inHome = (page: Page, label: string) =>
  home(page)
    .locator('button')
    .filter({ hasText: new RegExp(`^${label}$`) });

describe('the App Home in a browser', () => {
  it('gives the next caller, and follows what comes of the call back', async () => {
    const sandbox = await open();
    const tom = await visit(sandbox, 'tom/support');
    await send(tom, '/missed vdn 159 today');
    await tom.getByText('10 calls from 6 callers').waitFor();
    await tom.getByRole('button', { name: 'Missed Call Desk', exact: true }).click();
    await tom.getByRole('tab', { name: 'Home' }).click();
    await home(tom).getByText('6 callers wait for a call back').waitFor();

    await inHome(tom, 'Claim next').click();
    await home(tom).getByText('5 callers wait for a call back · 1 is yours').waitFor();
    await inHome(tom, 'Log result').click();
    const form = tom.getByRole('dialog');
    await form.getByRole('radio', { name: 'No answer' }).click();
    await form.getByText('Try again', { exact: true }).waitFor();
    await form.getByRole('button', { name: 'Save' }).click();
    await home(tom)
      .getByText(/tried once · again today 11:40/)
      .waitFor();

    // Another one looks at theirs meanwhile: the queue is shorter, and the team is at work.
    const ana = await visit(sandbox, 'ana/support');
    await ana.getByRole('button', { name: 'Missed Call Desk', exact: true }).click();
    await ana.getByRole('tab', { name: 'Home' }).click();
    await home(ana).getByText('5 callers wait for a call back').waitFor();
    await home(ana).getByText('1 claimed · 0 done today').waitFor();

    sandbox.office.clock.advance(61 * 60_000);
    await eventually(() => home(tom).getByText('tried once · again').count()).toBe(0);
    await home(tom).getByText('tried once').waitFor();
    await inHome(tom, 'Log result').click();
    await form.getByRole('button', { name: 'Save' }).click();
    await home(tom).getByText('Nothing yet. Press Claim next').waitFor();
    await home(ana).getByText('0 claimed · 1 done today').waitFor();
  });
});
