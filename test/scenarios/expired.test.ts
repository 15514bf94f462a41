import { describe, expect } from 'vitest';
import { it, MINUTE, MR_GREEN, modes, type Scene, SUPPORT } from './scene.ts';

// What Slack gives with a click or a command runs out by itself, by the stand-in's clock as by Slack's: a trigger_id after three
// seconds, a response_url after half an hour or five uses.

const config = { vdns: [SUPPORT] };
const errorsOf = ({ slack }: Scene, method: string) =>
  slack.calls.flatMap((call) => (call.method === method && call.error ? [call.error] : []));

const usesOf = ({ slack }: Scene) => slack.calls.filter(({ method }) => method === 'response_url').length;

describe.each(modes)(
  'what Slack lets the desk use for a while only, over %s',
  { concurrent: true },
  (mode) => {
    it('a form whose click is more than three seconds old does not open, and its clicker is told', async ({
      openScene,
    }) => {
      const scene = await openScene(mode, { config });
      const { asks, clock, hasForm, misses, presses, sees, slack } = scene;
      misses(MR_GREEN);
      const answer = await asks('tom', '#support', 'today');
      // The trigger_id is made with the click; time passes while that is under way.
      const clicking = slack.as('tom').click(answer, 'Ask more');
      clock.advance(3_001);
      expect((await clicking).status).toBe('acked');
      await sees('tom', '#support', 'Slack was too slow to open the form. Please click again.');
      expect(errorsOf(scene, 'views.open')).toEqual(['expired_trigger_id']);
      await presses('tom', answer, 'Ask more');
      await hasForm('tom', 'Only these calls');
    });

    it('nor one that is asked for from anywhere in Slack', async ({ openScene }) => {
      const scene = await openScene(mode, { config });
      const { clock, sees, slack } = scene;
      const choosing = slack.as('tom').shortcut('missed-calls');
      clock.advance(3_001);
      expect((await choosing).status).toBe('acked');
      await sees('tom', '@app', 'Slack was too slow to open the form.');
      expect(errorsOf(scene, 'views.open')).toEqual(['expired_trigger_id']);
    });

    it('a private answer whose form is sent half an hour later comes anew, as it is then', async ({
      openScene,
    }) => {
      const scene = await openScene(mode, { config });
      const { asks, becomes, clock, hasForm, misses, presses, sees, slack, submits } = scene;
      misses(MR_GREEN);
      const answer = await asks('tom', '#support', 'today private');
      await presses('tom', answer, 'Claim');
      const claimed = await becomes('tom', answer, 'Claimed by @Tom Baker');
      await presses('tom', claimed, 'Log result');
      await hasForm('tom', 'What came of it?');
      // The answer, the claim, and the message as it stands when the form opens.
      await slack.settled(() => usesOf(scene) === 3, 8_000);
      clock.advance(31 * MINUTE);
      await submits('tom');
      const anew = await sees('tom', '#support', '✓ Reached by @Tom Baker');
      expect(anew.ts).not.toBe(answer.ts);
      expect(anew.ephemeralTo).toBe('U0TOMBAKE');
      expect(errorsOf(scene, 'response_url')).toEqual(['expired_url']);
    });

    it('a private answer that one form changes too often comes anew, as it is then', async ({
      openScene,
    }) => {
      const scene = await openScene(mode, { config });
      const { asks, becomes, clock, hasForm, misses, presses, pressesInForm, readAll, sees } = scene;
      misses(MR_GREEN);
      const answer = await asks('tom', '#support', 'today private');
      await presses('tom', answer, 'Claim');
      const claimed = await becomes('tom', answer, 'Claimed by @Tom Baker');
      await presses('tom', claimed, 'Log result');
      await hasForm('tom', 'What came of it?');
      // That the form opened has used the click's response_url once.
      const inForm = { Release: 'Nobody has this one yet', Claim: 'What came of it?' };
      const shown = { Release: '[Claim]', Claim: 'Claimed by @Tom Baker' };
      for (const [index, button] of (
        ['Release', 'Claim', 'Release', 'Claim', 'Release'] as const
      ).entries()) {
        // The same click within seconds would be a double click.
        clock.advance(MINUTE);
        await pressesInForm('tom', button);
        await hasForm('tom', inForm[button]);
        if (index < 4) await becomes('tom', answer, shown[button]);
      }
      const anew = await sees('tom', '#support', '[Claim]');
      expect(anew.ts).not.toBe(answer.ts);
      expect(readAll('tom', '#support')).toHaveLength(2);
      expect(errorsOf(scene, 'response_url')).toEqual(['used_url']);
      await presses('tom', anew, 'Claim');
      await becomes('tom', anew, 'Claimed by @Tom Baker');
    });
  },
);
