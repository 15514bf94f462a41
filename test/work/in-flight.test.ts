import { expect, it } from 'vitest';
import { shareInFlight } from '../../src/work/in-flight.ts';

it('asks once for all who ask the same while the answer is on its way, and anew after that', async () => {
  const asked: string[] = [];
  const answers: PromiseWithResolvers<string>[] = [];
  const share = shareInFlight((key: string) => {
    asked.push(key);
    const answer = Promise.withResolvers<string>();
    answers.push(answer);
    return answer.promise;
  });
  const [first, second, other] = [share('a'), share('a'), share('b')];
  expect(asked).toEqual(['a', 'b']);
  answers[0]?.resolve('1');
  answers[1]?.resolve('2');
  expect(await Promise.all([first, second, other])).toEqual(['1', '1', '2']);

  const later = share('a');
  expect(asked).toEqual(['a', 'b', 'a']);
  answers[2]?.resolve('3');
  expect(await later).toBe('3');
});

it('tells all of them what went wrong, and asks again after that', async () => {
  let fails = true;
  const share = shareInFlight(async (key: string) => {
    if (fails) throw new Error(`no ${key}`);
    return key;
  });
  const both = await Promise.allSettled([share('a'), share('a')]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  fails = false;
  expect(await share('a')).toBe('a');
});
