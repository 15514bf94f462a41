import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { browserTests, eventually, labelled, said, send } from './opened.ts';

const { open, visit } = browserTests();
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe('the page around the messages', () => {
  it('leads through the first steps, ticks them off, and takes itself away', async () => {
    const page = await visit(await open());
    const guide = page.getByRole('region', { name: 'First steps' });
    const box = page.getByRole('textbox', { name: 'Message #support' });
    const typeIt = async (text: string) => {
      await guide.getByRole('button', { name: 'Type it for me' }).click();
      await eventually(() => box.inputValue()).toBe(text);
      await box.press('Enter');
    };
    await typeIt('/missed vdn 159 today');
    await labelled(page, 'Claim').first().click();
    await guide.getByRole('button', { name: 'Be a colleague' }).click();
    await page.getByRole('radio', { name: /Ana Souza/, checked: true }).waitFor();
    await typeIt('/missed digest vdn 159 hourly');
    await guide.getByRole('button', { name: 'Ring' }).click();
    await eventually(() => guide.getByText('(done)').count()).toBe(5);
    await page.getByText('This channel now gets the missed calls').waitFor();
    await guide.getByRole('button', { name: 'Next hour' }).click();
    await guide.waitFor({ state: 'detached' });
    await said(page, 'Digest 1').waitFor();
    await page.reload();
    await said(page, 'Digest 1').waitFor();
    expect(await guide.count()).toBe(0);
  });

  it('can be used by keyboard alone', async () => {
    const page = await visit(await open());
    const focused = () =>
      page.evaluate(() => {
        const { activeElement } = document;
        return activeElement?.getAttribute('aria-label') ?? activeElement?.textContent ?? '';
      });
    const tabTo = async (wanted: RegExp) => {
      for (let presses = 0; presses < 60; presses += 1) {
        if (wanted.test(await focused())) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`No Tab leads to ${wanted}`);
    };
    await tabTo(/^Message #support/);
    await page.keyboard.type('/mis');
    await page.getByText('159 today | digest 159 hourly | help').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type('vdn 159 today');
    await page.keyboard.press('Enter');
    await labelled(page, 'Claim').first().waitFor();
    await page.keyboard.press('ArrowUp');
    expect(await page.getByRole('textbox', { name: 'Message #support' }).inputValue()).toBe(
      '/missed vdn 159 today',
    );
    await page.keyboard.press('Escape');
    await page.getByRole('log').focus();
    await tabTo(/^Claim \+44 20 7946 0311/);
    await page.keyboard.press('Enter');
    await page.getByText('Claimed by @Tom Baker').waitFor();
    await tabTo(/^Next hour/);
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('The next full hour.').waitFor();
  });

  it('fits a phone: nothing is cut off, and the channels and the contact centre are a tap away', async () => {
    const page = await visit(await open(), 'tom/support', { viewport: { width: 360, height: 740 } });
    await send(page, '/missed vdn 159 today');
    await labelled(page, 'Claim').first().click();
    await page.getByText('Claimed by @Tom Baker').waitFor();
    const wide = await page.evaluate(() =>
      [...document.querySelectorAll('body *')]
        .filter((element) => element.checkVisibility({ visibilityProperty: true }))
        .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
        .map((element) => element.className),
    );
    expect(wide).toEqual([]);
    await page.getByRole('button', { name: 'Contact centre' }).click();
    await page.getByRole('button', { name: 'One caller', exact: true }).click();
    await page.getByText('One caller: rang, and nobody answered.').waitFor();
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await page.getByRole('button', { name: 'Channels' }).click();
    await page.getByRole('button', { name: 'sales' }).click();
    await page.getByRole('heading', { name: '#sales' }).waitFor();
  });

  it.each([
    ['light', 1360],
    ['dark', 1360],
    ['light', 360],
  ] as const)('has nothing serious for axe-core to find (%s, %i px)', async (colorScheme, width) => {
    const page = await visit(await open(), 'tom/support', {
      colorScheme,
      viewport: { width, height: 800 },
    });
    await send(page, '/missed vdn 159 today');
    await labelled(page, 'Claim').first().click();
    await page.getByText('Claimed by @Tom Baker').waitFor();
    await page.evaluate(axeSource);
    const check = async () => {
      const found = await page.evaluate(async () => {
        const axe: typeof import('axe-core') = Reflect.get(window, 'axe');
        const { violations } = await axe.run();
        return violations.map(({ id, impact, nodes }) => ({
          id,
          impact,
          where: nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary}`),
        }));
      });
      expect(found.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
    };
    await check();
    if (width < 760) return;
    for (const tab of [/Requests/, /Slack/]) {
      await page.getByRole('tab', { name: tab }).click();
      await page.locator('.records summary').first().click();
      await check();
    }
  });

  it('marks what was not read, for each person', async () => {
    const sandbox = await open();
    const tom = await visit(sandbox, 'tom/sales');
    const ana = await visit(sandbox, 'ana/support');
    await send(ana, 'Who takes the next one?');
    await tom.getByRole('button', { name: 'support 1 unread' }).click();
    await said(tom, 'Who takes the next one?').waitFor();
    await tom.getByRole('button', { name: 'support', exact: true }).waitFor();
    await tom.getByRole('button', { name: 'sales' }).click();
    await send(ana, 'I do');
    await tom.getByRole('button', { name: 'support 1 unread' }).waitFor();
  });

  it('begins where everybody is when the address names nobody, and says so when the sandbox has ended', async () => {
    const sandbox = await open();
    const page = await visit(sandbox, 'bob/nowhere');
    await page.getByRole('heading', { name: '#support' }).waitFor();
    await sandbox.close();
    await page.getByText('The sandbox does not answer. Is it still running?').waitFor();
  });

  it('keeps what is said in a thread in the thread', async () => {
    const page = await visit(await open());
    await send(page, 'Lunch?');
    await said(page, 'Lunch?').hover();
    await page.getByRole('button', { name: /^Reply in a thread to Tom Baker/ }).click();
    const box = page.getByRole('textbox', { name: 'Reply in this thread' });
    await box.fill('/missed vdn 159 today');
    await box.press('Enter');
    await page.getByText('Commands do not work in threads').waitFor();
    await box.fill('At one');
    await box.press('Enter');
    await page.getByRole('button', { name: '1 reply' }).waitFor();
    await page.getByRole('log', { name: 'Thread' }).getByText('At one').waitFor();
    expect(
      await page
        .getByRole('log', { name: /^Messages/ })
        .getByText('At one')
        .count(),
    ).toBe(0);
  });
});

describe('forms and menus of any app', () => {
  it('shows modals, keeps them open while something is missing, and hands over what was entered', async () => {
    const sandbox = await open();
    const { views, people } = sandbox.office.slack.workspace;
    const page = await visit(sandbox);
    const text = (words: string) => ({ type: 'plain_text', text: words });
    const tom = [...people.values()].find(({ handle }) => handle === 'tom');
    views.open(tom?.id ?? '', {
      definition: { type: 'modal', callback_id: 'note', title: text('A note'), submit: text('Save') },
      blocks: [
        {
          type: 'input',
          block_id: 'note',
          label: text('What was agreed'),
          element: { type: 'plain_text_input', action_id: 'text', multiline: true },
        },
        {
          type: 'input',
          block_id: 'outcome',
          label: text('Outcome'),
          element: {
            type: 'static_select',
            action_id: 'outcome',
            options: [
              { text: text('Reached'), value: 'reached' },
              { text: text('No answer'), value: 'none' },
            ],
          },
        },
      ],
    });
    const dialog = page.getByRole('dialog', { name: 'A note' });
    await dialog.getByLabel('What was agreed').fill('Calls again on Friday');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText(/Slack would not submit this: Outcome/).waitFor();
    await dialog.getByLabel('Outcome').selectOption('Reached');
    await dialog.getByRole('button', { name: 'Save' }).click();
    // It is no form of the desk's.
    await dialog.getByText('I do not know this form').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await dialog.waitFor({ state: 'detached' });
  });

  it('hands over what is chosen in a menu', async () => {
    const sandbox = await open();
    const { slack } = sandbox.office;
    const page = await visit(sandbox);
    const text = (words: string) => ({ type: 'plain_text', text: words });
    const option = (words: string) => ({ text: text(words), value: words.toLowerCase() });
    slack.workspace.messages.post({
      channel: 'C0SUPPORT',
      user: slack.botUserId,
      byApp: true,
      text: 'Menus',
      blocks: [
        {
          type: 'section',
          block_id: 'row',
          text: { type: 'mrkdwn', text: 'A caller' },
          accessory: { type: 'overflow', action_id: 'more', options: [option('Later'), option('Never')] },
        },
        {
          type: 'actions',
          block_id: 'assign',
          elements: [
            {
              type: 'static_select',
              action_id: 'assign',
              placeholder: text('Assign to'),
              options: [option('Ana'), option('Tom')],
            },
          ],
        },
      ],
    });
    // The desk has no menus: that it says so shows that it was told.
    const answers = page.getByText('I do not know this button');
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('button', { name: 'Later' }).click();
    await eventually(() => answers.count()).toBe(1);
    await page.getByRole('combobox', { name: 'Assign to' }).selectOption('Ana');
    await eventually(() => answers.count()).toBe(2);
    expect(await page.getByRole('combobox', { name: 'Assign to' }).inputValue()).toBe('ana');
  });

  it('says so where a block cannot be shown, and where nobody answers a click', async () => {
    const sandbox = await open();
    const { slack } = sandbox.office;
    const page = await visit(sandbox);
    slack.workspace.messages.post({
      channel: 'C0SUPPORT',
      user: slack.botUserId,
      byApp: true,
      text: 'Figures',
      blocks: [
        { type: 'data_table', block_id: 'table', rows: [] },
        { type: 'from_the_future', block_id: 'new' },
        {
          type: 'actions',
          block_id: 'go',
          elements: [{ type: 'button', action_id: 'page:1', text: { type: 'plain_text', text: 'Go' } }],
        },
      ],
    });
    await page.getByText(/This cannot be shown here: a data_table/).waitFor();
    await page.getByText(/This cannot be shown here: a from_the_future/).waitFor();

    // An app that is there and says nothing.
    await sandbox.stage.desk.close();
    const opened = await fetch(`${slack.url}apps.connections.open`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${slack.appToken}`,
        'Content-Type': 'application/x-www-form-urlencoded',
      },
    });
    const { url } = (await opened.json()) as { url: string };
    const mute = new WebSocket(url);
    await slack.settled(() => slack.connections === 1);
    await page.getByRole('button', { name: 'Go' }).click();
    await page.getByText('The app did not answer within 3 seconds. Try again?').waitFor();
    mute.terminate();
    await slack.settled(() => slack.connections === 0);
    await page.getByRole('button', { name: 'Go' }).click();
    await page.getByText('The app could not be reached. Try again?').waitFor();
  });

  it('shows what Slack was told, with payloads and refusals, and what a signature is made of', async () => {
    const sandbox = await open();
    sandbox.office.slack.faults.add({ method: 'chat.update', kind: 'error', error: 'cant_update_message' });
    const page = await visit(sandbox);
    await send(page, '/missed vdn 159 today');
    await labelled(page, 'Claim').first().click();
    await page.getByRole('tab', { name: /Slack/ }).click();
    await page.getByLabel('Only what Slack refused (1)').check();
    await page.getByText('cant_update_message').first().waitFor();
    await page.locator('.records summary').click();
    await page.getByText(/"channel": "C0SUPPORT"/).waitFor();

    await page.getByRole('tab', { name: /Requests/ }).click();
    await page.locator('.records summary').first().click();
    await page.getByText('the signature is right').first().waitFor();
    await page
      .getByText(/auth-v2\/AKSANDBOX0001\/2026-11-23T10:40/)
      .first()
      .waitFor();
  });
});
