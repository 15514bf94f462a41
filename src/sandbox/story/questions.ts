import { CALLER_SHOWN, OTHER_CALLER, OTHER_CALLER_SHOWN } from './callers.ts';
import { expectThat } from './expect.ts';
import type { Scene } from './scene.ts';

/** One step of the story: what it is called, and how it is played. */
export interface Chapter {
  title: string;
  play(scene: Scene): Promise<void>;
}

export const question: Chapter = {
  title: 'A question',
  async play({ narrator, clockTo, types, sees }) {
    clockTo('09:20');
    narrator.says(
      'Monday morning, 09:20. Sales (VDN 161) is busy. Whose calls did nobody take, who waited long?',
    );
    await types('tom', '#support', '/missed vdn 161 today wait>2m');
    await sees({
      as: 'tom',
      in: '#support',
      shows: ['Missed calls: Sales (VDN 161)', 'Today, Mon 21 Nov', 'waited over 2 min', '[Claim]'],
      lacks: ['Asking'],
    });
    narrator.says(
      'One row for each caller, oldest first. Everybody reads its times on their own clock; Tom is in London.',
    );
  },
};

export const documentedSample: Chapter = {
  title: 'The documented sample',
  async play({ narrator, types, sees }) {
    narrator.says(
      "The vendor's documentation of queryMissedCalls shows two rows of 17 November 2022. The stand-in contact centre holds exactly these.",
    );
    await types('tom', '#support', '/missed vdn 159 2022-11-17');
    await sees({
      as: 'tom',
      in: '#support',
      shows: [
        'Missed calls: Support (VDN 159)',
        '2 calls from 2 callers · longest wait 12 s',
        /^88880990 .*\n17 Nov 2022 00:13 · .*waited 4 s · called 31045665/m,
        /^1659960139858526939 .*\n17 Nov 2022 23:44 · .*waited 12 s · called 6300111010/m,
      ],
    });
  },
};

export const wrongVdn: Chapter = {
  title: 'A VDN that is not there',
  async play({ narrator, types, sees }) {
    narrator.says('The desk was told of two VDNs, Support and Sales. A slip of the finger:');
    await types('ana', '#support', '/missed vdn 195 today');
    await sees({
      as: 'ana',
      in: '#support',
      shows: ['only visible to you', '195 is not a VDN that I may ask', 'Support', 'Sales'],
    });
  },
};

export const inPrivate: Chapter = {
  title: 'For one pair of eyes',
  async play({ narrator, types, sees, texts }) {
    narrator.says("Li does not want to fill the channel. Li's Slack speaks Chinese, so the desk does too.");
    const before = texts('ana', '#support').length;
    await types('li', '#support', '/missed vdn 161 last 1h wait>2m private');
    await sees({ as: 'li', in: '#support', shows: ['VDN 161', /\p{Script=Han}/u], lacks: ['Missed calls'] });
    narrator.says("(未接来电: missed calls. 认领: Claim. The times of the rows are Shanghai's.)");
    expectThat(texts('ana', '#support').length === before, 'Ana sees nothing of it');
    narrator.checked('Ana, in the same channel, sees nothing of it.');

    narrator.says(
      'And where nobody has invited the desk, it answers all the same, and says how to invite it.',
    );
    await types('tom', '#private', '/missed vdn 159 2022-11-17');
    await sees({
      as: 'tom',
      in: '#private',
      shows: ['only visible to you', '88880990', 'I am not in this channel', '/invite'],
    });
  },
};

export const contactCentreDown: Chapter = {
  title: 'The contact centre is down, and back',
  async play({ office, narrator, clockTo, types, sees }) {
    clockTo('11:20');
    const caller = { vdn: 159, callerNo: OTHER_CALLER, waitMs: 70_000 };
    office.cms.calls.ring(caller);
    office.cms.faults.add({ kind: 'drop', when: 'before-reading' });
    narrator.says(
      '11:20. Somebody else rings Support in vain. The contact centre drops every connection now.',
    );
    await types('ana', '#support', '/missed vdn 159 today');
    const stale = await sees({ as: 'tom', in: '#support', shows: ['Asking the contact centre…'] });
    narrator.says('The desk tries a few times more, then answers from its own record, and says so:');
    await sees({
      as: 'tom',
      in: '#support',
      again: stale,
      shows: ['The contact centre did not answer', 'as of today 11:', '1 call from 1 caller', CALLER_SHOWN],
      lacks: [OTHER_CALLER_SHOWN],
    });
    office.cms.faults.clear();
    narrator.says('The contact centre is back. The same question:');
    await types('ana', '#support', '/missed vdn 159 today');
    await sees({
      as: 'tom',
      in: '#support',
      shows: ['2 calls from 2 callers', CALLER_SHOWN, OTHER_CALLER_SHOWN],
      lacks: ['did not answer'],
    });
  },
};
