import { randomUUID } from 'node:crypto';
import type { Vdn } from '../../calls/vdn.ts';
import { DAY_MS } from '../../calls/wall-time.ts';
import type { OutboxDraft } from '../../outbox/outbox.ts';
import { ANSWER, type AnswerData, type AnswerFailed, type AnswerReady } from '../../questions/answer.ts';
import type { Question } from '../../questions/question.ts';
import { rangeOf } from '../../questions/range.ts';
import { zoneFor } from '../../questions/zone.ts';
import type { CommandCall } from '../interactions.ts';
import { answerMessage } from '../messages/answer.ts';
import { grammarErrorMessage } from '../messages/grammar-error.ts';
import type { Message } from '../messages/message.ts';
import { oldFiguresMessage } from '../messages/old-figures.ts';
import { sharedChannelRefused } from '../messages/refusals.ts';
import type { SlackDesk } from '../slack-desk.ts';
import { meantVdn, type Understood } from './understood.ts';

/** A contact centre that is slower than this is announced: "Asking the contact centre…". */
const ASKING_AFTER_MS = 800;

/** Answers in the channel where the desk is a member and that was not asked to be private; else to the asker alone. */
export async function answerQuestion(question: Question, understood: Understood): Promise<void> {
  const { call, context, desk } = understood;
  const askedAt = desk.clock.now();
  const [person, access, vdn] = await Promise.all([
    desk.people.find(call.userId),
    desk.channels.access(call.channelId),
    meantVdn(question, 'see', understood),
  ]);
  if (!vdn) return;
  const { timeZone, of: zoneOf } = zoneFor(vdn, person.timeZone);
  const keepFromAt = desk.retentionMs === null ? undefined : askedAt - desk.retentionMs;
  const range = rangeOf(question, askedAt, timeZone, keepFromAt);
  if (!range.ok) {
    const old =
      range.error.code === 'range-too-old' && (await ofOldDays(question, vdn, timeZone, understood));
    return call.reply.privately(old || grammarErrorMessage(range.error, call.text, context));
  }
  if (access.shared && !desk.numbersInSharedChannels)
    return call.reply.privately(sharedChannelRefused(context));

  const mayReceive =
    access.kind === 'direct' || (await desk.rights.mayReceive(call.teamId, call.channelId, vdn.number));
  const { fromAt, toAt } = range.value;
  const data: Unanswered = {
    vdn: { number: vdn.number, name: vdn.name },
    askerId: call.userId,
    range: { fromAt, toAt, timeZone, zoneOf },
    asked: call.text.trim(),
    askedAt,
    invite: mayReceive && !access.member && (access.kind === 'public' || access.kind === 'private'),
    ...(mayReceive ? {} : { notHere: true }),
  };
  const answer = desk.ask({ teamId: call.teamId, vdn: vdn.number, fromAt, toAt, filter: question.filter });
  // It is awaited below in every case; until then nobody must call its failure unhandled.
  answer.catch(() => {});
  const postsHere = call.direct || (access.member && mayReceive && !question.private);
  if (!postsHere) return privately(data, answer, call, desk);
  const refusal = await inChannel(data, answer, call, desk);
  if (refusal !== undefined) return privately({ ...data, invite: notThere.has(refusal) }, answer, call, desk);
}

/** How many calls there were on days of which nothing else is kept; undefined where nobody knows. */
async function ofOldDays(
  question: Question,
  vdn: Vdn,
  timeZone: string,
  { call, context, desk }: Understood,
): Promise<Message | undefined> {
  const { clock, oldFigures, retentionMs } = desk;
  const range = rangeOf(question, clock.now(), timeZone);
  if (!range.ok || retentionMs === null) return undefined;
  const found = await oldFigures.ofDays(call.teamId, vdn.number, range.value);
  return found.calls === 0
    ? undefined
    : oldFiguresMessage(vdn, found, Math.round(retentionMs / DAY_MS), context);
}

type Unanswered = Omit<AnswerData, 'status'>;
type Answer = AnswerReady | AnswerFailed;

/** Slack's names for "the desk is no member". */
const notThere = new Set(['not_in_channel', 'channel_not_found']);

/** Posts to the channel. Slack's name for why not, where it does not let the desk post there. */
async function inChannel(
  data: Unanswered,
  answer: Promise<Answer>,
  call: CommandCall,
  desk: SlackDesk,
): Promise<string | undefined> {
  const id = randomUUID();
  const quick = await orSlow(answer);
  const row = await desk.outbox.sendNow(draftOf(id, call, { ...data, status: quick ?? { state: 'asking' } }));
  if (row.state === 'failed') return row.error ?? 'unknown_error';
  if (quick) return undefined;
  try {
    const status = await answer;
    await desk.outbox.revise(id, { data: { ...data, status }, ...listOf(status) });
  } catch (error) {
    // "Asking…" must not stand there for ever.
    await desk.outbox.revise(id, { data: { ...data, status: { state: 'broken' } } });
    throw error;
  }
  return undefined;
}

/**
 * Through the command's response_url: what it has said cannot be replaced, so a slow answer comes after its notice. Written down
 * before anything is said: if this process dies, the asker is told all the same (abandoned.ts).
 */
async function privately(
  data: Unanswered,
  answer: Promise<Answer>,
  call: CommandCall,
  desk: SlackDesk,
): Promise<void> {
  const quick = await orSlow(answer);
  const asking: AnswerData = { ...data, status: { state: 'asking' } };
  const owed = await desk.outbox.owe(
    draftOf(randomUUID(), call, quick ? { ...data, status: quick } : asking),
  );
  try {
    if (quick) return await call.reply.privately(await desk.render(owed));
    const view = { outboxId: null, private: true, inviteBotId: null };
    await call.reply.privately(answerMessage(asking, null, view, await desk.contextOf(call.userId)));
    const status = await answer;
    const ready = await desk.outbox.revise(owed.id, { data: { ...data, status }, ...listOf(status) });
    await call.reply.privately(await desk.render(ready ?? owed));
  } finally {
    // Whatever goes wrong here, they are told by whoever called this.
    await desk.outbox.told(owed.id);
  }
}

function draftOf(id: string, call: CommandCall, data: AnswerData): OutboxDraft {
  const { teamId, channelId, threadTs } = call;
  const thread = threadTs === null ? {} : { threadTs };
  return { id, teamId, channelId, kind: ANSWER, data, ...thread, ...listOf(data.status) };
}

const listOf = (status: AnswerData['status']) => (status.state === 'ready' ? { listId: status.listId } : {});

/** The answer, or undefined when it takes longer than people should wait without a word. */
function orSlow(answer: Promise<Answer>): Promise<Answer | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(undefined), ASKING_AFTER_MS);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
