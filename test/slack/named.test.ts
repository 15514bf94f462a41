import { expect, it } from 'vitest';
import { callRow } from '../../src/slack/messages/call-row.ts';
import { message, section } from '../../src/slack/messages/message.ts';
import { named } from '../../src/slack/named.ts';
import { callback, english, OUTBOX_ID, row, ZONE } from './messages/examples.ts';

const place = { page: 0, outboxId: OUTBOX_ID, timeZone: ZONE };
const nameOf = async (id: string) => (id === 'U0ANA' ? 'Ana "<!here>" Souza' : null);

it('has names in place of mentions, as text', async () => {
  const rows = callRow(row({ callback: callback('claimed') }), place, english);
  const written = await named(message('Asked by <@U0ANA>', rows), nameOf);
  expect(written.text).toBe('Asked by @Ana "&lt;!here&gt;" Souza');
  expect(JSON.stringify(written)).not.toContain('<@');
  expect(JSON.stringify(written)).toContain('Claimed by @Ana');
});

it('still calls groups and everybody, and mentions whoever has no name', async () => {
  const whole = message('<!here> <!subteam^S0LEADS> <@U0BO>', [section('<@U0BO>')]);
  expect(await named(whole, nameOf)).toEqual(whole);
});
