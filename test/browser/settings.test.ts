import { describe, expect, it } from 'vitest';
import { browserTests, eventually, said, send } from './opened.ts';

const { open, visit } = browserTests();
const PHONE = { width: 390, height: 800 };

describe('the first run in a browser', () => {
  it('leads from nothing to the first digest, on a phone', async () => {
    const page = await visit(await open({ named: false }), 'ana/support', { viewport: PHONE });
    await send(page, '/missed');
    const form = page.getByRole('dialog');
    await form.getByText('Add your first VDN').waitFor();
    await form.getByLabel('Number of the VDN').fill('159');
    await form.getByLabel('Name').fill('Support');
    await form.getByLabel('Time zone').fill('Londn');
    await form.getByLabel('Country').fill('United Kingdom');
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    await form.getByText('Did you mean Europe/London?').waitFor();
    await form.getByLabel('Time zone').fill('Europe/London');
    await form.getByRole('button', { name: 'Add', exact: true }).click();

    await form.getByText('Step 2 of 3').waitFor();
    await form.getByRole('button', { name: 'Ask now' }).click();
    await form.getByText(/10 missed calls today, 6 callers/).waitFor();
    await form.getByRole('button', { name: 'Add digest' }).click();
    await form.getByText('How often').waitFor();
    await form.getByLabel('Channel').selectOption({ label: 'support' });
    await form.getByLabel('How often').selectOption('every 30 min');
    await eventually(() => form.innerText()).toMatch(/Comes [^\n]*08:00 · [^\n]*08:30 · [^\n]*09:00/);
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    await form.getByText('All set').waitFor();
    expect(await form.getByText('#support').count()).toBe(1);
    await form.getByRole('button', { name: 'Close' }).last().click();
    await said(page, 'Digest 1')
      .getByText(/new calls? from/)
      .waitFor();
  });
});
