import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { CallOnRecord } from './calls-on-record.ts';
import type { CallsQuery } from './calls-query.ts';
import { accessCodes } from './made-up.ts';

const atMs = z.int().nonnegative();
const vdn = z.int().min(1).max(5000);
const talkMs = z.int().nonnegative().optional();

/** Somebody of the VDN calls a number. */
export const callOutSchema = z.strictObject({
  vdn,
  calleeNo: z.string().min(1),
  callerNo: z.string().optional(),
  /** How long they talk; default 60 s, 0: nobody answers. */
  talkMs,
  /** Epoch ms; by default such that the call ends now. */
  beganAt: atMs.optional(),
});
export type CallOut = z.infer<typeof callOutSchema>;

/** Somebody rings, and is answered. */
export const answerSchema = z.strictObject({
  vdn,
  callerNo: z.string().min(1),
  calleeNo: z.string().optional(),
  /** Default 60 s. */
  talkMs,
  /** Epoch ms; by default such that the call ends now. */
  beganAt: atMs.optional(),
});
export type Answered = z.infer<typeof answerSchema>;

/** A call that is no missed one: called out, or answered. Times are epoch milliseconds, whole seconds. */
export interface Talk {
  vdn: number;
  callId: string;
  isCallIn: boolean;
  callerNo: string;
  calleeNo: string;
  beganAt: number;
  /** null: nobody answered. */
  answeredAt: number | null;
  endedAt: number;
}

/** The calls of a stand-in contact centre that somebody answered, or that were made by its people. */
export interface Talks {
  /** Throws a ZodError when it is not a possible one. */
  callOut(call: CallOut): Talk;
  answer(call: Answered): Talk;
  /** Of a VDN, newest first. */
  list(vdn: number): Talk[];
  /** Takes those of a VDN away, or all; how many there were. */
  clear(vdn?: number): number;
}

const defaultTalkMs = 60_000;
/** How long it rings before somebody answers, or nobody does. */
const ringMs = 5_000;

export const createTalks = (clock: Clock): Talks => {
  let talks: Talk[] = [];
  let made = 0;

  const add = (
    call: { vdn: number; callerNo: string; calleeNo: string; beganAt?: number | undefined },
    isCallIn: boolean,
    lastsMs: number,
  ): Talk => {
    const began = call.beganAt ?? clock.now() - ringMs - lastsMs;
    const beganAt = Math.floor(began / 1000) * 1000;
    made += 1;
    const talk = {
      ...call,
      // Above what calls on record count to.
      callId: `${beganAt / 1000}-${50_000_000 + made}`,
      isCallIn,
      beganAt,
      answeredAt: lastsMs === 0 ? null : beganAt + ringMs,
      endedAt: beganAt + ringMs + lastsMs,
    };
    talks = [talk, ...talks].sort((a, b) => b.beganAt - a.beganAt);
    return talk;
  };

  return {
    callOut(given) {
      const { talkMs: lastsMs = defaultTalkMs, ...call } = callOutSchema.parse(given);
      return add({ ...call, callerNo: call.callerNo ?? accessCodes[0] ?? '' }, false, lastsMs);
    },
    answer(given) {
      const { talkMs: lastsMs = defaultTalkMs, ...call } = answerSchema.parse(given);
      return add({ ...call, calleeNo: call.calleeNo ?? accessCodes[0] ?? '' }, true, Math.max(1, lastsMs));
    },
    list: (vdn) => talks.filter((talk) => talk.vdn === vdn),
    clear(vdn) {
      const before = talks.length;
      talks = vdn === undefined ? [] : talks.filter((talk) => talk.vdn !== vdn);
      return before - talks.length;
    },
  };
};

/** Everything that a querycalls finds, newest first: inbound, the missed calls too, which nobody answered. */
export const recordedCalls = (
  query: CallsQuery,
  talks: readonly Talk[],
  missed: readonly CallOnRecord[],
): Talk[] => {
  const unanswered = missed.map((call) => ({
    ...call,
    isCallIn: true,
    beganAt: call.waitBeginAt,
    answeredAt: null,
    endedAt: call.callEndAt,
  }));
  return [...talks, ...unanswered]
    .filter(
      (call) =>
        call.isCallIn === query.isCallIn &&
        call.beganAt >= query.beginAt &&
        call.beganAt <= query.endAt &&
        (query.callerNo === null || call.callerNo === query.callerNo) &&
        (query.calleeNo === null || call.calleeNo === query.calleeNo),
    )
    .sort((a, b) => b.beganAt - a.beganAt);
};
