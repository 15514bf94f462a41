import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Office } from '../../src/sandbox/office.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { createWorkspaceStore } from '../../src/storage/workspace-store.ts';
import { MANAGERS, only, restrict, TOM } from '../scenarios/rights-scene.ts';
import { browserTests, eventually, labelled, said, send } from './opened.ts';

const { open, visit } = browserTests();

/** Masks numbers in channels, as the settings do. */
async function maskInChannels({ config, slack: { teamId } }: Office): Promise<void> {
  const knex = await openDatabase(config.databaseUrl);
  const workspaces = createWorkspaceStore(knex);
  await workspaces.change(teamId, { ...(await workspaces.find(teamId)), masking: 'channels' });
  await knex.destroy();
}

/** From now on this screen shows no change, as on a bad connection. Gives what lets it catch up. */
async function freeze(page: Page): Promise<() => Promise<void>> {
  const root = page.locator('html');
  await root.evaluate((html) => html.setAttribute('data-frozen', ''));
  return () => root.evaluate((html) => html.removeAttribute('data-frozen'));
}

/** Lets a page be frozen: what the server sends waits while it is. */
async function freezable(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const Real = window.EventSource;
    window.EventSource = class extends Real {
      override set onmessage(listener: ((event: MessageEvent) => void) | null) {
        this.addEventListener('message', (event) => {
          const look = () => {
            if (document.documentElement.hasAttribute('data-frozen')) requestAnimationFrame(look);
            else listener?.(event);
          };
          look();
        });
      }
    };
  });
  await page.reload();
  await page.getByRole('log').waitFor();
}

describe('the desk in a browser', () => {
  it('lists who was missed, and turns the pages of a long list', async () => {
    const page = await visit(await open());
    await send(page, '/missed vdn 159 today');
    const answer = said(page, 'Missed calls: Support');
    await answer.getByText('10 calls from 6 callers').waitFor();
    await answer.getByText('+44 20 7946 0311').waitFor();
    expect(await labelled(page, 'Claim').count()).toBe(6);

    await send(page, '/missed vdn 161 yesterday');
    await page.getByText(/^1–10 of \d+$/).waitFor();
    await page.getByRole('button', { name: 'Next →' }).click();
    await page.getByText(/^11–20 of \d+$/).waitFor();
    await page.getByRole('button', { name: '← Prev' }).click();
    await page.getByText(/^1–10 of \d+$/).waitFor();
  });

  it('lets one person claim, tells whoever was later, and shows done and undo to everybody', async () => {
    const sandbox = await open();
    const tom = await visit(sandbox, 'tom/support');
    const ana = await visit(sandbox, 'ana/support');
    await freezable(ana);
    await send(tom, '/missed vdn 159 today');
    await labelled(ana, 'Claim').first().waitFor();
    const thaw = await freeze(ana);
    await labelled(tom, 'Claim').first().click();
    await tom.getByText('Claimed by @Tom Baker since today 10:40').waitFor();
    await labelled(ana, 'Claim').first().click();
    await thaw();

    await ana.getByText(/@Tom Baker already has this one, since hoje 07:40/).waitFor();
    expect(await said(ana, 'already has this one').innerText()).toContain('Only visible to you');
    expect(await tom.getByText('already has this one').count()).toBe(0);

    await labelled(ana, 'Claim').first().waitFor();
    await labelled(tom, 'Log result').click();
    await tom.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await ana.getByText('Reached by @Tom Baker, hoje 07:40').waitFor();
    await labelled(tom, 'Undo').click();
    await ana.getByText('Claimed by @Tom Baker').waitFor();
    await labelled(tom, 'Log result').click();
    await tom.getByRole('dialog').getByRole('button', { name: 'Release' }).click();
    await tom.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
    await eventually(() => labelled(ana, 'Claim').count()).toBe(6);
  });

  it('refuses whoever has not the right, and says whom to ask', async () => {
    const sandbox = await open();
    await restrict(sandbox.office, 159, { claim: MANAGERS });
    const tom = await visit(sandbox, 'tom/support');
    const li = await visit(sandbox, 'li/support');
    await send(tom, '/missed vdn 159 today');
    await labelled(li, 'Claim').first().click();
    const refusal = said(li, '只有 @managers 可以认领 Support (VDN 159) 的回拨');
    await refusal.waitFor();
    expect(await tom.getByText('@managers').count()).toBe(0);
    await labelled(tom, 'Claim').first().click();
    await li.getByText(/Claimed by @Tom Baker/).waitFor();

    await restrict(sandbox.office, 159, { see: MANAGERS });
    await send(li, '/missed vdn 159 today');
    await said(li, '只有 @managers 可以查看 VDN 159 的来电').waitFor();
    await send(tom, '/missed vdn 159 today');
    await said(tom, 'may not be shown in this channel').getByText('10 calls from 6 callers').waitFor();
    // What stood there is gone as soon as it changes.
    await labelled(tom, 'Log result').first().click();
    await tom.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await li.getByText('The calls that stood here may no longer be shown in this channel.').waitFor();
  });

  it('answers privately where it is no member, and in the channel once it was invited as it asked', async () => {
    const page = await visit(await open(), 'tom/sales');
    await send(page, '/missed vdn 159 today');
    const invited = said(page, 'To let me post here');
    await invited.waitFor();
    expect(await invited.innerText()).toContain('Only visible to you');
    await send(page, '/invite @Missed Call Desk');
    await send(page, '/missed vdn 159 today');
    const posted = said(page, 'Asked by');
    await posted.waitFor();
    expect(await posted.innerText()).not.toContain('Only visible to you');
  });

  it('brings a digest when the hour has passed, with the call that came in between', async () => {
    const page = await visit(await open());
    await send(page, '/missed digest vdn 159 hourly');
    await page.getByText('This channel now gets the missed calls').waitFor();
    await page.getByRole('button', { name: 'One caller', exact: true }).click();
    await page.getByRole('button', { name: 'Next hour' }).last().click();
    const digest = said(page, 'Digest 1');
    await digest.getByText(/6 new calls from 5 callers/).waitFor();
    expect(await digest.innerText()).toContain('10:00–11:00 Europe/London');
  });

  it('tells whoever claims somebody who was called back by the telephone alone', async () => {
    const page = await visit(await open());
    await page.getByRole('combobox', { name: 'VDN' }).selectOption({ index: 0 });
    await page.getByRole('button', { name: 'One caller', exact: true }).click();
    await page.getByText('One caller: rang, and nobody answered.').waitFor();
    await page.getByRole('button', { name: 'Somebody calls them' }).click();
    await page.getByText('Somebody called them back').waitFor();
    await send(page, '/missed vdn 159 last 10m');
    await labelled(page, 'Claim').last().click();
    await page
      .getByText(/This caller has been reached already: somebody called them, .*, talked 2 min/)
      .waitFor();
    await page.getByText(/✓ Reached: somebody called them/).waitFor();
    await labelled(page, 'Undo').click();
    await page.getByText('Claimed by @Tom Baker').waitFor();
  });

  it('answers from its record while the contact centre is down, and says so until it is back', async () => {
    const page = await visit(await open());
    await send(page, '/missed vdn 159 today');
    await labelled(page, 'Claim').first().waitFor();
    await page
      .getByRole('combobox', { name: 'How it fails' })
      .selectOption('The address is not allowed (403)');
    await page.getByRole('button', { name: 'Break it' }).click();
    await send(page, '/missed vdn 159 last 2h');
    await page.getByText(/does not let the desk in\. This is what the desk knew as of today 10:40/).waitFor();

    await page.getByRole('tab', { name: /Requests/ }).click();
    await page.getByText('You let it fail: status').first().waitFor();
    await page.getByRole('tab', { name: /Contact centre/ }).click();
    await page.getByRole('button', { name: /^Mend/ }).click();
    await page.getByText('It works.').waitFor();
    await send(page, '/missed vdn 159 last 3h');
    await said(page, 'last 3h').getByText('10 calls from 6 callers').waitFor();
    expect(await said(page, 'last 3h').innerText()).not.toContain('as of');
  });

  it('tells what happened while the desk was closed', async () => {
    const page = await visit(await open());
    await send(page, '/missed digest vdn 159 hourly');
    await page.getByText('This channel now gets the missed calls').waitFor();
    await page.getByRole('button', { name: 'Close the desk' }).click();
    await page.getByRole('button', { name: 'Open the desk' }).waitFor();

    await send(page, '/missed vdn 159 today');
    await page.getByText('/missed failed with the error "dispatch_failed"').waitFor();
    await page.getByRole('button', { name: 'One caller, three times' }).click();
    await page.getByRole('button', { name: 'Next hour' }).last().click();
    await page.getByRole('button', { name: 'Open the desk' }).click();
    await said(page, 'Digest 1')
      .getByText(/new calls from/)
      .waitFor();
  });

  it('shows a masked number to whoever asks for it and may see it, and to nobody else', async () => {
    const sandbox = await open();
    await maskInChannels(sandbox.office);
    await restrict(sandbox.office, 159, { claim: only({ userIds: [TOM] }) });
    const tom = await visit(sandbox, 'tom/support');
    const li = await visit(sandbox, 'li/support');
    await send(tom, '/missed vdn 159 today');
    await li.getByText('+44 20 •••• 0311').waitFor();
    await labelled(li, 'Reveal').first().click();
    await li.getByText('只有 Tom Baker 可以认领 Support (VDN 159) 的回拨').waitFor();

    await labelled(tom, 'Reveal').first().click();
    const shown = tom.getByRole('dialog', { name: 'The number' });
    await shown.getByText('It is on record that you looked.').waitFor();
    expect(await shown.innerText()).toMatch(/\+44 20 7946 0\d{3}/);
    await shown.getByRole('button', { name: 'Close' }).last().click();
    await eventually(() => tom.getByText(/7946/).count()).toBe(0);
    expect(await li.getByText(/7946/).count()).toBe(0);
  });

  it('answers Li in Chinese, and only her where she asks in private', async () => {
    const sandbox = await open();
    const li = await visit(sandbox, 'li/support');
    const tom = await visit(sandbox, 'tom/support');
    await send(li, '/missed vdn 159 today private');
    await said(li, 'Support').getByText('+44 20 7946 0311').waitFor();
    expect(await said(li, 'Support').innerText()).toMatch(/Only visible to you[\s\S]*未接来电/);
    expect(await tom.getByText('+44 20 7946 0311').count()).toBe(0);
  });

  it('answers who mentions it, in the thread too, and who writes to it alone', async () => {
    const sandbox = await open();
    const page = await visit(sandbox, 'tom/support');
    await send(page, '@missed-call-desk missed *159* today');
    await said(page, 'Missed calls: Support').getByText('10 calls from 6 callers').waitFor();
    await page
      .getByRole('button', { name: /^Reply in a thread to Tom Baker/ })
      .last()
      .click();
    const reply = page.getByRole('textbox', { name: 'Reply in this thread' });
    await reply.fill('@missed-call-desk 159 yesterday');
    await reply.press('Enter');
    await page.getByRole('complementary').getByText('Yesterday').first().waitFor();

    const own = await visit(sandbox, 'ana/D0ANASOUZ');
    await send(own, '159 today');
    await said(own, 'Missed calls: Support').getByText('10 calls from 6 callers').waitFor();
    expect(await own.getByText('Only visible to you').count()).toBe(0);
  });

  it('asks with a form from a shortcut and from an answer, also on a phone', async () => {
    const sandbox = await open();
    const page = await visit(sandbox, 'tom/support', { viewport: { width: 390, height: 844 } });
    await page.getByRole('button', { name: 'Shortcuts' }).click();
    await page.getByRole('menuitem', { name: /Missed calls/ }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('VDN').selectOption({ label: 'Support (VDN 159)' });
    await form.getByLabel('When').selectOption('Other…');
    await form.getByLabel('From when to when').fill('tomorow');
    await form.getByRole('button', { name: 'Ask' }).click();
    await form
      .getByText(/tomorow/)
      .first()
      .waitFor();
    await form.getByLabel('From when to when').fill('today');
    await form.getByLabel('Show it in a channel').selectOption('support');
    await form.getByRole('button', { name: 'Ask' }).click();
    const answer = said(page, 'Missed calls: Support');
    await answer.getByText('10 calls from 6 callers').waitFor();

    await page.getByRole('button', { name: 'Ask more about this time, with a form' }).click();
    await form.getByLabel('Only these calls').fill('wait over 10h');
    await form.getByRole('button', { name: 'Ask' }).click();
    await said(page, 'Only visible to you')
      .getByText(/Only: waited over/)
      .waitFor();
  });
});
