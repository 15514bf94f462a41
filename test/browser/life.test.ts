import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { browserTests, eventually, labelled, said, send } from './opened.ts';

const { open, visit } = browserTests();

/** Opens somebody's direct messages with the desk in a window of their own. */
const openDirect = (page: Page) =>
  page.getByRole('region', { name: 'Direct messages' }).getByRole('button').first().click();
const inDialog = (page: Page, name: string) => page.getByRole('dialog').last().getByRole('button', { name });

describe('the life of a callback, in a browser', () => {
  it('goes from a claim over no answer to a due message, and is reached from there', async () => {
    const sandbox = await open();
    const tom = await visit(sandbox, 'tom/support');
    const ana = await visit(sandbox, 'ana/support');
    await send(tom, '/missed vdn 159 today');
    await labelled(tom, 'Claim').first().click();
    await labelled(tom, 'Log result').click();
    const form = tom.getByRole('dialog', { name: 'Call back' });
    await form.getByRole('radio', { name: 'No answer' }).click();
    await form.getByLabel('Try again').selectOption('In 15 minutes');
    await form.getByLabel('Note').fill('The line was busy');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.waitFor({ state: 'detached' });
    await ana.getByText(/tried once/).waitFor();

    sandbox.office.clock.advance(16 * 60_000);
    const direct = await visit(sandbox, 'tom/support');
    await openDirect(direct);
    await said(direct, 'Try again now').waitFor();
    await labelled(direct, 'Log result').last().click();
    const again = direct.getByRole('dialog', { name: 'Call back' });
    await again.getByText('The line was busy').first().waitFor();
    await again.getByRole('button', { name: 'Save' }).click();
    await ana.getByText('Reached by @Tom Baker').waitFor();
  });

  it('is taken over only after a question, and whoever had it is told', async () => {
    const sandbox = await open();
    const tom = await visit(sandbox, 'tom/support');
    const ana = await visit(sandbox, 'ana/support');
    await send(tom, '/missed vdn 159 today');
    await labelled(tom, 'Claim').first().click();
    await labelled(ana, 'Log result').first().click();
    await inDialog(ana, 'Take over').click();
    await ana.getByText('Whoever has this one is told that you call back from now on.').waitFor();
    await inDialog(ana, 'Cancel').click();
    expect(await tom.getByText('Claimed by @Ana Souza').count()).toBe(0);
    await inDialog(ana, 'Take over').click();
    await inDialog(ana, 'Take over').click();
    await tom.getByText('Claimed by @Ana Souza').waitFor();

    const direct = await visit(sandbox, 'tom/support');
    await openDirect(direct);
    await said(direct, '@Ana Souza took this caller from your hands').waitFor();
    await eventually(() => labelled(tom, 'Log result').count()).toBe(1);
  });
});
