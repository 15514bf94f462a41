import type { DeliveryOnRecord } from '../../src/sandbox/slack/delivery/on-record.ts';
import { decodeMetadata } from '../../src/slack/views/metadata.ts';

/** Something that somebody did, and a desk has acknowledged. */
export interface Press {
  kind: 'command' | 'button' | 'form';
  userId: string;
  /** The command's text, the button's name, or what the form is called. */
  name: string;
  /** Of the callback that it is about, where it is about one. */
  callbackId: number | null;
  triggerId: string;
  /** The last part of the address to answer at; null in a form. */
  responseKey: string | null;
  /** The message that it was in. */
  message: { channel: string; ts: string } | null;
  /** The form that it was in, and the one under it. */
  viewIds: readonly string[];
  /** What the ack said. */
  said: unknown;
  /** By the world's clock. */
  at: number;
  /** Real time, epoch ms. */
  sentAt: number;
  ackedAt: number;
}

/** As Slack sends it, as far as it is read here. */
interface Payload {
  type?: string;
  user_id?: string;
  user?: { id: string };
  text?: string;
  trigger_id?: string;
  response_url?: string;
  container?: { channel_id?: string; message_ts?: string };
  actions?: { action_id: string }[];
  view?: { id: string; root_view_id?: string; callback_id: string; private_metadata: string };
}

/** undefined: not acknowledged, or nothing that anybody waits for. */
export function pressOf({ kind, payload, ack, ackedAt, at, sentAt }: DeliveryOnRecord): Press | undefined {
  if (ack?.status !== 'acked' || ackedAt === undefined || kind === 'events_api') return undefined;
  const { type, user_id, user, text, trigger_id, response_url, container, actions, view }: Payload = payload;
  if (type === 'view_closed') return undefined;
  const [action = '', unique] = actions?.[0]?.action_id.split(':') ?? [];
  const isForm = type === 'view_submission';
  const inForm = view && decodeMetadata(view.private_metadata)?.callbackId;
  const channel = container?.channel_id;
  const ts = container?.message_ts;
  return {
    kind: kind === 'slash_commands' ? 'command' : isForm ? 'form' : 'button',
    userId: user_id ?? user?.id ?? '',
    name: kind === 'slash_commands' ? (text ?? '') : isForm ? (view?.callback_id ?? '') : action,
    callbackId: inForm ?? (Number(unique) || null),
    triggerId: trigger_id ?? '',
    responseKey: response_url?.split('/').at(-1) ?? null,
    message: channel && ts ? { channel, ts } : null,
    viewIds: view ? [view.id, ...(view.root_view_id ? [view.root_view_id] : [])] : [],
    said: ack.body,
    at,
    sentAt,
    ackedAt,
  };
}
