import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partsOf, tokensOf } from '../../src/grammar/lexer.ts';

const texts = (text: string) => tokensOf(text).map((token) => token.text);
const typed = (text: string) => tokensOf(text).map(({ start, end }) => text.slice(start, end));

describe('the lexer', () => {
  it('takes letters, digits and signs apart and knows which touch', () => {
    expect(tokensOf('last 2h').map(({ kind, text, glued }) => ({ kind, text, glued }))).toEqual([
      { kind: 'word', text: 'last', glued: false },
      { kind: 'number', text: '2', glued: false },
      { kind: 'word', text: 'h', glued: true },
    ]);
    expect(texts('2022-11-17..2022-11-19')).toEqual('2022 - 11 - 17 .. 2022 - 11 - 19'.split(' '));
    expect(texts('wait>30s')).toEqual(['wait', '>', '30', 's']);
  });

  it('keeps what stands in quotes together, whichever quotes', () => {
    expect(tokensOf('vdn “North  Desk”')[1]).toMatchObject({ kind: 'quoted', parts: ['north', 'desk'] });
    expect(typed('vdn "North desk" today')).toEqual(['vdn', '"North desk"', 'today']);
  });

  it('reads an unclosed quote as a sign', () => {
    expect(texts('"north desk')).toEqual(['"', 'north', 'desk']);
  });

  it('passes over mentions of people', () => {
    expect(texts('<@U123|desk> vdn 159 <!here>')).toEqual(['vdn', '159']);
    expect(tokensOf('<@U123>159')[0]?.glued).toBe(false);
  });

  it('reads what people see of a link', () => {
    expect(texts('<#C123|support> today')).toEqual(['support', 'today']);
    expect(texts('<http://north.example|north.example>')).toEqual(['north', '.', 'example']);
    expect(texts('<mailto:ana@desk.example|ana>')).toEqual(['ana']);
    expect(tokensOf('caller <tel:+8613800|+86 138 00>')[1]).toMatchObject({
      kind: 'quoted',
      text: '+86 138 00',
    });
    expect(tokensOf('<tel:8888>')[0]).toMatchObject({ kind: 'quoted', text: '8888' });
  });

  it('points at what a link shows, not at its markup', () => {
    expect(typed('<#C123|suport> today')).toEqual(['suport', 'today']);
  });

  it('leaves out what ends a sentence, but not the question mark that stands alone', () => {
    expect(texts('vdn 159 today?')).toEqual(['vdn', '159', 'today']);
    expect(texts('vdn 159 today !')).toEqual(['vdn', '159', 'today']);
    expect(texts('today.')).toEqual(['today']);
    expect(texts('?')).toEqual(['?']);
  });

  it('reads a name as it reads a command', () => {
    expect(partsOf('R&D – Team 2')).toEqual(['r', '&', 'd', '-', 'team', '2']);
    expect(partsOf('客服部')).toEqual(['客服部']);
  });

  it('reads any text, with spans in order and inside it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        let last = 0;
        for (const token of tokensOf(text)) {
          expect(token.start).toBeGreaterThanOrEqual(last);
          expect(token.end).toBeLessThanOrEqual(text.length);
          expect(token.end).toBeGreaterThan(token.start);
          last = token.start;
        }
      }),
    );
  });
});
