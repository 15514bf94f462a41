import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failed } from '../../../src/doctor/finding.ts';
import { healthMessage, healthRefused } from '../../../src/slack/messages/health.ts';
import { problemsOf } from '../limits-checker.ts';
import { chinese, english, read } from './examples.ts';
import { allWell, everyTrouble } from './health-examples.ts';

const languages = { english, chinese };

describe('how the desk is, for an admin in Slack', () => {
  it('is a line for each part where all is well', () => {
    const text = read(healthMessage(allWell, english));
    expect(text).toContain('The desk is well');
    expect(text).toContain('✅ *Database* · 12.4 GiB free');
    expect(text).toContain('✅ *Slack*');
    expect(text).toContain('✅ *Contact centre* · 1 VDN answers');
  });

  it('names what is wrong below its part, with what to do', () => {
    const text = read(healthMessage([...allWell, ...everyTrouble.slice(-6)], english));
    expect(text).toContain('6 things are wrong with the desk');
    expect(text).toContain('✅ *Slack*');
    expect(text).toContain('❌ *Contact centre*');
    expect(text).toContain(
      '• Support (VDN 159): The contact centre refused the question: no (9).\n→ Does Support',
    );
    expect(text).toContain("• The clocks of the contact centre and of the desk's machine differ by 300 s.");
  });

  it.each(Object.entries(languages))(
    'has words in %s for everything that a running desk may have',
    (_, context) => {
      for (const trouble of everyTrouble) {
        const message = healthMessage([trouble], context);
        const text = read(message);
        expect(text, trouble.code).not.toMatch(/English only|\{\{|health\./);
        expect(text.includes(context.t('health.other', { check: '`database.space`' }))).toBe(
          trouble.code === 'haunted',
        );
      }
    },
  );

  it('fits into a message, however much is wrong and whatever servers say', () => {
    const facts = fc.record({
      vdn: fc.integer({ min: 1, max: 5000 }),
      name: fc.string({ unit: 'binary', maxLength: 500 }),
      returnCode: fc.string({ unit: 'binary', maxLength: 500 }),
      returnDesc: fc.string({ unit: 'binary', maxLength: 500 }),
      channel: fc.string({ unit: 'binary', maxLength: 500 }),
      missing: fc.array(fc.string({ unit: 'binary', maxLength: 300 }), { maxLength: 40 }),
    });
    const finding = fc
      .tuple(fc.constantFrom(...everyTrouble), facts)
      .map(([one, more]) => failed(one.check, one.code, '', '', { ...one.facts, ...more }));
    fc.assert(
      fc.property(
        fc.array(finding, { maxLength: 80 }),
        fc.constantFrom(english, chinese),
        (findings, context) => {
          expect(problemsOf(healthMessage(findings, context))).toEqual([]);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('says how much more is wrong than fits', () => {
    const findings = Array.from({ length: 50 }, (_, vdn) =>
      failed('contact-centre.vdn', 'vdn-unanswered', '', '', { vdn, name: '', error: 'unreachable' }),
    );
    expect(read(healthMessage(findings, english))).toContain('And 20 more.');
  });

  it('is not for others, who are told whom to ask', () => {
    expect(read(healthRefused(english))).toContain('admins');
  });
});
