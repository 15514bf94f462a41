import {
  hammered,
  judgeHistory,
  judgeNewest,
  judgePosts,
  judgeShown,
  judgeTold,
  type Verdict,
} from './judge.ts';
import { byDesk, readThrough } from './people.ts';
import type { World } from './world.ts';

/** A channel that wanted the calls of a VDN from the beginning to the end of the world. */
export interface Wish {
  channel: string;
  vdn: number;
}

export interface Audit extends Verdict {
  /** Missed calls on record. */
  calls: number;
  /** Messages of the desk's. */
  messages: number;
  /** Calls that Slack held up by its own limits. */
  heldUp: number;
}

/** Judges a world that is healed and quiet, by what the stand-ins and people have seen. `reader` turns the pages. */
export async function audit(world: World, wishes: readonly Wish[], reader: string): Promise<Audit> {
  const { slack, centre, books } = world;
  const heldUp = hammered(slack.calls);
  const channels = [...slack.workspace.channels.keys()];
  const messages = () => channels.flatMap((channel) => byDesk(world, channel));
  // Before anybody turns a page: what is shown now is what was left.
  const contradictions = judgeNewest(messages(), await books.callbacks());

  const told: Pick<Verdict, 'losses' | 'repeats'>[] = [];
  for (const { channel, vdn } of wishes) {
    const callers = centre.calls.list(vdn).map(({ callerNo }) => callerNo);
    told.push(judgeTold({ channel, vdn, callers, digests: await readThrough(world, reader, channel, vdn) }));
  }
  await world.quiet();
  const [callbacks, events] = [await books.callbacks(), await books.events()];
  const failed = await books.failed();
  return {
    losses: [...told.flatMap(({ losses }) => losses), ...failed.map((one) => `given up: ${one}`)],
    repeats: [...told.flatMap(({ repeats }) => repeats), ...judgePosts(messages())],
    contradictions: [
      ...contradictions,
      ...judgeHistory(callbacks, events),
      ...judgeShown(slack.calls, events),
    ],
    calls: [...new Set(wishes.map(({ vdn }) => vdn))].reduce(
      (sum, vdn) => sum + centre.calls.list(vdn).length,
      0,
    ),
    messages: messages().length,
    heldUp: heldUp.length,
  };
}
