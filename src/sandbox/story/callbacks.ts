import { expectThat, Unexpected } from './expect.ts';
import type { Chapter } from './questions.ts';
import type { Scene } from './scene.ts';

/** What only the message of the first question shows. */
const FIRST_QUESTION = '/missed vdn 161 today wait>2m';
/** The caller's row: who, when, its state, and the buttons under it. */
const ROW = /^.*\n.*\n(?:📞 Claimed|✓ Reached).*(?:\n\[(?:Log|Undo).*)?/m;
const CLAIMED = /📞 Claimed by @(?<owner>Ana Souza|Tom Baker)/;

/** Handle of whoever has the first caller of the first question. */
function ownerOf({ latest, office, nameOf }: Scene): string {
  const text = office.slack.render(latest('tom', '#support', FIRST_QUESTION), 'tom');
  const owner = CLAIMED.exec(text)?.groups?.owner;
  const handle = ['ana', 'tom'].find((one) => nameOf(one) === owner);
  if (handle === undefined) throw new Unexpected('Expected that Ana or Tom has the caller. Nobody has.');
  return handle;
}

export const claimRace: Chapter = {
  title: 'Two people, one caller',
  async play(scene) {
    const { narrator, clickTogether, sees, latest, nameOf } = scene;
    narrator.says('Back to Sales. The first caller in the list has waited longest for a call from us.');
    const message = latest('tom', '#support', FIRST_QUESTION);
    await clickTogether(['ana', 'tom'], message, 'Claim');
    await sees({
      as: 'tom',
      in: '#support',
      again: message,
      shows: [CLAIMED, '[Log result]'],
      excerpt: ROW,
    });
    const winner = ownerOf(scene);
    const loser = winner === 'ana' ? 'tom' : 'ana';
    await sees({
      as: loser,
      in: '#support',
      shows: ['only visible to you', `@${nameOf(winner)} already has this one, since`],
    });
    const losersOwn = scene.texts(winner, '#support').filter((text) => text.includes('already has this one'));
    expectThat(losersOwn.length === 0, 'whoever won is told nothing of the kind');
    narrator.checked(`One of them has the caller, and the other one knows: ${nameOf(winner)}.`);
  },
};

export const done: Chapter = {
  title: 'What came of it',
  async play(scene) {
    const { narrator, clockTo, opensForm, submits, sees, latest, nameOf } = scene;
    clockTo('09:25');
    const owner = ownerOf(scene);
    narrator.says(`09:25. ${nameOf(owner)} has reached the caller.`);
    const message = latest(owner, '#support', FIRST_QUESTION);
    await opensForm(owner, message, 'Log result', ['What came of it?', 'Reached']);
    await submits(owner, { Note: 'Will pay on Friday' });
    await sees({
      as: 'tom',
      in: '#support',
      again: message,
      shows: [`✓ Reached by @${nameOf(owner)}`, '“Will pay on Friday”', '[Undo] [History]'],
      lacks: ['Claimed by'],
      excerpt: ROW,
    });
  },
};

export const undo: Chapter = {
  title: 'Undo',
  async play(scene) {
    const { narrator, clicks, sees, latest, nameOf } = scene;
    const message = latest('tom', '#support', FIRST_QUESTION);
    const owner = ['ana', 'tom'].find((one) =>
      scene.office.slack.render(message, one).includes(`✓ Reached by @${nameOf(one)}`),
    );
    if (owner === undefined) throw new Unexpected('Expected that Ana or Tom is done with the caller.');
    narrator.says('That was the wrong row.');
    await clicks(owner, message, 'Undo');
    await sees({
      as: 'tom',
      in: '#support',
      again: message,
      shows: [`Claimed by @${nameOf(owner)}`, '[Log result]'],
      lacks: ['✓ Reached'],
      excerpt: ROW,
    });
  },
};
