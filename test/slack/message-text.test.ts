import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mediaWords } from '../../src/calls/media.ts';
import { takeDigestCommand } from '../../src/digests/command.ts';
import { parseCommand } from '../../src/grammar/command.ts';
import { takeQuestion } from '../../src/questions/grammar.ts';
import { commandIn } from '../../src/slack/message-text.ts';

const DESK = 'U0DESKBOT';

const understood = (text: string) => {
  const parsed = parseCommand(
    text,
    { known: [{ number: 159, name: 'Support' }], media: mediaWords('2024') },
    { question: takeQuestion, digest: takeDigestCommand },
  );
  if (!parsed.ok || parsed.value.kind !== 'question') return parsed;
  const { vdn, range, filter, private: isPrivate } = parsed.value.question;
  return JSON.stringify({ vdn, range, filter, isPrivate }).replaceAll(/"span":\{[^}]*\}/g, '""');
};

describe('a message as a command', () => {
  it.each([
    ['<@U0DESKBOT> missed 159 today', '159 today'],
    ['<@U0DESKBOT> 159 today', '159 today'],
    ['<@U0DESKBOT|missed-call-desk>, missed calls: 159 today?', '159 today?'],
    ['hello <@U0DESKBOT>', 'hello'],
    ['/missed 159 today', '159 today'],
    ['*<@U0DESKBOT>* _*159*_ ~today~ :pray: :skin-tone-2:', '159 today'],
    ['*<@U0DESKBOT> 159 today*', '159 today'],
    ['&gt; <@U0DESKBOT> `159 today`', '159 today'],
    ['<@U0DESKBOT>\n• 159\n• today', '159 today'],
    ['<@U0DESKBOT> 159 since 9:00', '159 since 9:00'],
    ['<@U0DESKBOT> 159 caller 8888*', '159 caller 8888*'],
    ['<@U0DESKBOT> 159 caller *0990*', '159 caller *0990*'],
    ['<@U0DESKBOT> 159 callee *31* open', '159 callee *31* open'],
    ['<@U0DESKBOT> 159 wait&gt;30s', '159 wait&gt;30s'],
    ['<@U0DESKBOT> vdn “Support” today', 'vdn “Support” today'],
    ['<@U0DESKBOT> caller <tel:88880990|8888-0990>', 'caller <tel:88880990|8888-0990>'],
    ['<@U0DESKBOT>', ''],
    ['<@U0DESKBOT> missed', ''],
  ])('%j says %j', (text, command) => {
    expect(commandIn(text, DESK)).toBe(command);
  });

  const part = fc.constantFrom(
    '159',
    'vdn Support',
    'today',
    'last 2h',
    'since 9:00',
    '2026-11-17..2026-11-19',
    'caller *0990*',
    'caller 8888*',
    'callee 31045665',
    'open',
    'wait&gt;30s',
    'media whatsapp',
    'private',
  );
  const mark = fc.constantFrom('', '*', '_', '~', '*_', '`', '```');
  const ends: Record<string, string> = { '*_': '_*' };

  it('means the same however it is formatted', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(part, mark), { maxLength: 4 }),
        fc.constantFrom('', 'missed ', 'Missed calls ', '/missed '),
        fc.constantFrom('', ' :wave:', '\n', ' <@U0DESKBOT>'),
        (parts, missed, end) => {
          const bare = parts.map(([words]) => words).join(' ');
          const said = parts
            .map(([words, sign]) => `${sign}${words}${ends[sign] ?? sign}`)
            // A pattern's own stars beside bold ones: nobody can tell them apart.
            .map((words, index) => (parts[index]?.[0].includes('*') ? (parts[index]?.[0] ?? '') : words))
            .join(' ');
          const plain = commandIn(`<@${DESK}> ${missed}${said}${end}`, DESK);
          expect(understood(plain)).toEqual(understood(bare));
        },
      ),
    );
  });

  it('is made of anything, once and for all, and quickly', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme', maxLength: 300 }),
          fc
            .array(fc.constantFrom('*', '_', '~', '<@U0DESKBOT>', ':', 'a', ' ', '`', '\n', '<', '&gt;'), {
              maxLength: 4000,
            })
            .map((signs) => signs.join('')),
        ),
        (text) => {
          const plain = commandIn(text, DESK);
          expect(plain.length).toBeLessThanOrEqual(text.length);
          expect(plain).not.toContain(`<@${DESK}>`);
          understood(plain);
        },
      ),
    );
  });
});
