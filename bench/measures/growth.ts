import { compared, type Figure } from '../figure.ts';
import { rushes, seconds } from './digests.ts';
import type { Measure } from './measure.ts';
import { timesOf } from './question.ts';

const CALLS_EACH = 25;
const FEW = 10;
const MANY = 200;

/** How the cost grows with the calls of a window, with the VDNs, and with the subscriptions of each. */
export const growth: Measure = {
  name: 'growth',
  async run({ growth: { calls, vdns, perVdn }, question, digests }, say) {
    const figures: Figure[] = [];
    for (const size of calls) {
      figures.push(
        compared(`answer to a question of ${size} calls`, 'ms', await timesOf(size, question.rounds)),
      );
      say(`questions of ${size} calls`);
    }
    const due = async (sizes: { vdns: number; perVdn: number }) => {
      const measured = await rushes({
        ...sizes,
        callsEach: CALLS_EACH,
        restMs: digests.restMs,
        rounds: digests.rounds,
      });
      const name = `${sizes.vdns} VDNs × ${sizes.perVdn} digests in the outbox`;
      figures.push(compared(name, 's', seconds(measured)));
      say(name);
    };
    for (const size of vdns) await due({ vdns: size, perVdn: Math.min(FEW, ...perVdn) });
    for (const size of perVdn) await due({ vdns: Math.min(MANY, ...vdns), perVdn: size });
    return figures;
  },
};
