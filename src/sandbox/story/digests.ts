import { CALLER, CALLER_SHOWN } from './callers.ts';
import { expectThat } from './expect.ts';
import type { Chapter } from './questions.ts';
import type { Scene } from './scene.ts';

const DIGEST = 'Digest 1 ·';

const digestsOf = (scene: Scene) => scene.texts('tom', '#support').filter((text) => text.includes(DIGEST));

export const digest: Chapter = {
  title: 'A digest, every hour',
  async play({ office, narrator, clockTo, types, sees }) {
    narrator.says('The team wants to be told of missed calls for Support (VDN 159) without asking.');
    await types('ana', '#support', '/missed digest vdn 159 hourly');
    await sees({
      as: 'tom',
      in: '#support',
      shows: ['This channel now gets the missed calls of Support (VDN 159)', 'First one: today 10:00'],
    });

    clockTo('09:42');
    office.cms.calls.ring({ vdn: 159, callerNo: CALLER, waitMs: 95_000 });
    narrator.says('09:42. A caller waits a minute and a half for Support, and gives up.');
    clockTo('10:00');
    narrator.says('The clock moves to 10:00, and the digest comes.');
    await sees({
      as: 'tom',
      in: '#support',
      shows: ['1 new call from 1 caller', CALLER_SHOWN, 'waited 1 min 35 s', '[Claim]', DIGEST],
    });
  },
};

export const silence: Chapter = {
  title: 'Silence when there is nothing to tell',
  async play(scene) {
    const { narrator, clockTo, asked, types, sees, texts } = scene;
    const before = texts('tom', '#support').length;
    clockTo('11:00');
    await asked(159, '11:00');
    narrator.says('11:00. The desk has asked the contact centre again. Nobody has rung, so it says nothing.');
    narrator.says('To be sure, Ana asks for the digest now:');
    // It waits for the run of 11:00 to end, so what that had to post would be decided by then.
    await types('ana', '#support', '/missed digest now 1');
    await sees({
      as: 'ana',
      in: '#support',
      shows: ['only visible to you', 'Nothing new for Support (VDN 159)'],
    });
    expectThat(texts('tom', '#support').length === before, 'nothing was posted at 11:00');
    narrator.checked('Nothing was posted to #support.');
  },
};

export const repeatCaller: Chapter = {
  title: 'Somebody calls again while being called back',
  async play(scene) {
    const { office, narrator, clockTo, clicks, latest, sees } = scene;
    clockTo('11:30');
    narrator.says('11:30. Ana takes on the caller of the 10:00 digest.');
    const told = latest('ana', '#support', DIGEST);
    await clicks('ana', told, 'Claim');
    await sees({
      as: 'tom',
      in: '#support',
      again: told,
      shows: [CALLER_SHOWN, 'Claimed by @Ana Souza', '[Log result]'],
    });

    clockTo('11:45');
    office.cms.calls.ring({ vdn: 159, callerNo: CALLER, waitMs: 20_000 });
    narrator.says('11:45. The same caller tries once more, in vain.');
    clockTo('12:00');
    narrator.says(
      '12:00. The next digest shows who has the caller already, and Ana, in São Paulo, is told herself.',
    );
    await sees({
      as: 'tom',
      in: '#support',
      shows: ['2 new calls from 2 callers', CALLER_SHOWN, 'Claimed by @Ana Souza', DIGEST],
    });
    await sees({
      as: 'ana',
      in: '@app',
      shows: ['Called again: Support (VDN 159)', CALLER_SHOWN, '1 more call'],
    });
    expectThat(digestsOf(scene).length === 2, 'there were two digests: at 10:00 and at 12:00');
    narrator.checked('Two digests in all, at 10:00 and 12:00: each missed call was told once.');
  },
};
