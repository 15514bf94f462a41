import { describe, expect, it } from 'vitest';
import { parsePrivacy } from '../../src/privacy/command.ts';

const known = [{ number: 159, name: 'Support' }];
const read = (text: string) => {
  const parsed = parsePrivacy(text, { known });
  if (!parsed?.ok) return parsed?.error.code;
  const { value } = parsed;
  if (value.action === 'audit') return ['audit', text.slice(value.rangeSpan.start, value.rangeSpan.end)];
  return [text.slice(value.callerSpan.start, value.callerSpan.end), value.vdn];
};

describe('the commands about privacy', () => {
  it.each([
    ['erase +86 10 8888 0990', ['+86 10 8888 0990', null]],
    ['erase (010) 8888-0990 vdn 159', ['(010) 8888-0990', 159]],
    ['Erase wxid_AbC vdn Support', ['wxid_AbC', 159]],
    ['erase <tel:+861088880990|+86 10 8888 0990> vdn 159', ['<tel:+861088880990|+86 10 8888 0990>', 159]],
    ['erase', 'missing'],
    ['erase vdn 159', 'unexpected'],
    ['erase 123 vdn 159 today', 'too-much'],
    ['erase 123 vdn Nobody', 'vdn-unknown'],
    ['audit', ['audit', '']],
    ['audit last week', ['audit', 'last week']],
    ['audit 159', 'unexpected'],
    ['audit today 159', 'too-much'],
    ['159 today', undefined],
    ['erased 159', undefined],
    ['', undefined],
  ])('%s', (text, meant) => {
    expect(read(text)).toEqual(meant);
  });
});
