import { describe, expect, it } from 'vitest';
import { mediaWords } from '../../../src/calls/media.ts';
import { takeDigestCommand } from '../../../src/digests/command.ts';
import { parseCommand } from '../../../src/grammar/command.ts';
import { parsePrivacy } from '../../../src/privacy/command.ts';
import { takeQuestion } from '../../../src/questions/grammar.ts';
import { helpMessage } from '../../../src/slack/messages/help.ts';
import { chinese, english, read } from './examples.ts';

const languages = { question: takeQuestion, digest: takeDigestCommand };
const known = { known: [], media: mediaWords('2024') };
const parse = (text: string) => parsePrivacy(text, known) ?? parseCommand(text, known, languages);
const commandsOf = (text: string) =>
  [...text.matchAll(/`\/missed ([^`]+)`/g)].map(([, words = '']) => words.replaceAll('&gt;', '>'));

describe('helpMessage', () => {
  it('has the same commands in both languages', () => {
    expect(commandsOf(read(helpMessage(chinese)))).toEqual(commandsOf(read(helpMessage(english))));
  });

  it.each(commandsOf(read(helpMessage(english))))(
    'shows a command that the desk understands: %s',
    (command) => {
      expect(parse(command)).toMatchObject({ ok: true });
    },
  );

  it('names times and filters that the desk understands', () => {
    const lines = read(helpMessage(english)).split('\n');
    const listedAfter = (word: string) =>
      lines
        .find((line) => line.startsWith(word))
        ?.slice(word.length)
        .split('. ')[0] ?? '';
    const words = [listedAfter('Times: '), listedAfter('Filters: ')].join(', ').split(', ');
    expect(words.length).toBeGreaterThan(12);
    for (const word of words)
      expect(parse(`159 ${word.replaceAll('&gt;', '>')}`), word).toMatchObject({ ok: true });
  });
});
