import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  asTyped,
  channelMention,
  clip,
  code,
  escapeMrkdwn,
  foreign,
  mention,
  oneLine,
  shorten,
  strong,
} from '../../src/slack/escape.ts';
import { hostileText } from './messages/arbitraries.ts';

const unescaped = (text: string) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

describe('foreign', () => {
  it('escapes the three characters of Slack, and an escaped one again', () => {
    expect(foreign('<!here> & &amp;', 50)).toBe('&lt;!here&gt; &amp; &amp;amp;');
  });

  it('makes one line of several, without control characters or marks that turn the text round', () => {
    expect(foreign(' +86\n10\u0000\t8888\u202e0990 ', 50)).toBe('+86 10 8888 0990');
  });

  it('leaves what fits and cuts the rest with …', () => {
    expect(foreign('12345', 5)).toBe('12345');
    expect(foreign('123456', 5)).toBe('1234…');
  });

  it('never cuts an entity or a surrogate pair in two', () => {
    expect(foreign('a<<<', 8)).toBe('a&lt;…');
    expect(foreign('😀😀😀', 5)).toBe('😀😀…');
  });

  it('is well-formed, escaped, no longer than asked for, and the beginning of what came', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 1, max: 120 }), (text, max) => {
        const shown = foreign(text, max);
        expect(shown.length).toBeLessThanOrEqual(max);
        expect(shown.isWellFormed()).toBe(true);
        expect(shown.replaceAll(/&(amp|lt|gt);/g, '')).not.toMatch(/[<>&]/);
        const whole = unescaped(shown.replace(/…$/, '').trimEnd());
        expect(oneLine(text).startsWith(whole)).toBe(true);
      }),
    );
  });
});

describe('strong', () => {
  it('is bold', () => expect(strong('+86 10 8888 0990', 40)).toBe('*+86 10 8888 0990*'));
  it('shows characters of formatting as they are, as code', () =>
    expect(strong('*67*123', 40)).toBe('`*67*123`'));
  it('takes an underscore inside a word for a letter', () => {
    expect(strong('north_desk', 40)).toBe('*north_desk*');
    expect(strong('_north', 40)).toBe('`_north`');
  });
  it('is nothing for nothing, not two stars', () => expect(strong(' ', 40)).toBe(''));
});

describe('code', () => {
  it('cannot be ended from inside', () => expect(code('a`b``` <c>', 40)).toBe("`a'b''' &lt;c&gt;`"));
});

describe('shorten', () => {
  it('cuts without escaping', () => {
    expect(shorten('A & B', 10)).toBe('A & B');
    expect(shorten('A & B & C & D', 6)).toBe('A & B…');
  });
});

describe('mention and channelMention', () => {
  it('let Slack show the name', () => {
    expect(mention('U0ANA')).toBe('<@U0ANA>');
    expect(channelMention('C0SUP')).toBe('<#C0SUP>');
  });
  it('leave anything that is no id as text', () => {
    expect(mention('!channel')).toBe('!channel');
    expect(mention('U0ANA> <!here')).toBe('U0ANA&gt; &lt;!here');
    expect(channelMention('U0ANA')).toBe('U0ANA');
  });
});

describe('asTyped', () => {
  it('takes back what Slack made of the text', () => {
    expect(asTyped('wait&gt;30s &amp; <tel:8888|8888> <@U1|ana> <#C1|support> <https://x.example>')).toBe(
      'wait>30s & 8888 @ana #support https://x.example',
    );
  });
  it('takes back one escape, not two', () => expect(asTyped('&amp;lt;')).toBe('&lt;'));
});

describe('clip', () => {
  it('leaves what fits', () => expect(clip('<@U1> hello', 11)).toBe('<@U1> hello'));
  it.each([
    ['a token', 'hi <!date^1^{time}|12:00> there', 15, 'hi…'],
    ['an entity', 'fish &amp; chips', 9, 'fish…'],
    ['a surrogate pair', 'ab😀😀', 5, 'ab😀…'],
    ['nothing at all', 'abcdefgh', 5, 'abcd…'],
  ])('cuts beside %s', (_, text, max, expected) => {
    expect(clip(text, max)).toBe(expected);
  });
  it('keeps to the length whatever is cut', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 1, max: 50 }), (text, max) => {
        const cut = clip(`<@U1> ${escapeMrkdwn(text.toWellFormed())} <@U2>`, max);
        expect(cut.length).toBeLessThanOrEqual(max);
        expect(cut.isWellFormed()).toBe(true);
        expect(cut.replaceAll(/<@U\d>/g, '')).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
      }),
    );
  });
});
