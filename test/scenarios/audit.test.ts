import { describe, expect } from 'vitest';
import { it, MR_GREEN, modes, SUPPORT } from './scene.ts';

const config = { vdns: [SUPPORT] };

describe.each(modes)('the export of who did what, over %s', { concurrent: true }, (mode) => {
  it('comes to whoever may have it as a file, alone, without numbers', async ({ openScene }) => {
    const { asks, becomes, hasForm, misses, presses, read, slack, submits, types } = await openScene(mode, {
      config,
    });
    misses(MR_GREEN);
    const answer = await asks('tom', '#support', '7 today');
    await presses('tom', answer, 'Claim');
    await becomes('ana', answer, 'Claimed by @Tom Baker');
    const told = await asks('ana', '#support', 'audit today');
    expect(told.ephemeralTo).toBe('U0ANASOUZ');
    expect(read(told, 'ana')).toContain('in a direct message: 2 rows');
    const [message] = slack.as('ana').messages('@app');
    expect(message?.files).toMatchObject([{ name: 'missed-call-desk-audit-2022-11-21.csv' }]);
    const [file] = [...slack.workspace.files.values()];
    const lines = String(file?.content).split('\r\n');
    expect(lines[2]).toMatch(
      /^2022-11-21T09:1\d:\d\d\.\d{3}Z,U0TOMBAKE,claim,7,1,open,claimed,,U0TOMBAKE,,$/,
    );
    expect(lines.join()).not.toMatch(/7946/);

    await types('ana', '#support', 'erase 020 7946 0101');
    await hasForm('ana', 'Erase');
    await submits('ana');
    await hasForm('ana', 'Erased');
    await asks('ana', '#support', 'audit');
    const [, later] = [...slack.workspace.files.values()];
    expect(String(later?.content)).toContain('U0ANASOUZ,export,');
    expect(String(later?.content)).toContain('U0ANASOUZ,erase,7,');
  });

  it('is refused to others, a range that makes no sense to everybody, and is no file where there is nothing', async ({
    openScene,
  }) => {
    const { asks, read, slack } = await openScene(mode, { config });
    expect(read(await asks('tom', '#support', 'audit'))).toContain('Only workspace admins');
    expect(read(await asks('ana', '#support', 'audit yesterday'), 'ana')).toContain('nothing to export');
    expect(read(await asks('ana', '#support', 'audit gibberish'), 'ana')).toContain('gibberish');
    expect(read(await asks('ana', '#support', 'audit 2030-01-01'), 'ana')).toContain('2030');
    expect(slack.workspace.files.size).toBe(0);
  });
});
