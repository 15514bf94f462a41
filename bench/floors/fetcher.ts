import { randomUUID } from 'node:crypto';
import { Agent, request } from 'undici';
import { PAGE_SIZE, QUERY_PATH } from '../stand-ins/contact-centre.ts';
import type { Row } from '../stand-ins/made-up-calls.ts';
import { openTable } from './table.ts';

// A bare script that fetches a VDN's pages, parses them, and inserts them into the desk's own table with one statement a
// page. It signs nothing, checks nothing, and takes the number for the caller.

const [file = '', url = ''] = process.argv.slice(2);
const table = await openTable(file);
const agent = new Agent();

/** Once with one statement: a page is one bound value. */
const INSERT = `
  insert into missed_calls (
    team_id, vdn, call_id, caller_no, callee_no, wait_begin_raw, call_end_raw, wait_begin_at, call_end_at,
    media_type, sub_media_type, caller_key
  )
  select 'T0BENCH', ?, value ->> 'call_id', value ->> 'caller_no', value ->> 'callee_no', value ->> 'wait_begin_raw',
    value ->> 'call_end_raw', value ->> 'wait_begin_at', value ->> 'call_end_at', value ->> 'media_type', null,
    value ->> 'caller_no'
  from json_each(?) where true
  on conflict (team_id, vdn, call_id) do nothing`;

async function fetchPage(vdn: number, offset: number): Promise<{ total: number; missedCalls: Row[] }> {
  const { body } = await request(new URL(QUERY_PATH, url), {
    dispatcher: agent,
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=UTF-8' },
    body: JSON.stringify({ vdn, offset, limit: PAGE_SIZE }),
  });
  return JSON.parse(await body.text());
}

const at = (text: string) => Date.parse(`${text.replace(' ', 'T')}Z`);
const record = ({ callId, callerNo, calleeNo, waitBegin, callEnd, mediaType }: Row) => ({
  call_id: callId,
  caller_no: callerNo,
  callee_no: calleeNo,
  wait_begin_raw: waitBegin,
  call_end_raw: callEnd,
  wait_begin_at: at(waitBegin),
  call_end_at: at(callEnd),
  media_type: mediaType,
});

async function bringIn(vdn: number): Promise<void> {
  for (let offset = 0, total = 1; offset < total; offset += PAGE_SIZE) {
    const page = await fetchPage(vdn, offset);
    total = page.total;
    await table.run(INSERT, [vdn, JSON.stringify(page.missedCalls.map(record))]);
  }
}

/** Messages of a VDN that wait to be sent: nothing but their rows. */
const INSERT_MESSAGES = `
  insert into outbox (id, created_at, team_id, channel_id, kind, data, state, next_try_at)
  select value, 0, 'T0BENCH', 'C0', 'digest', '{}', 'pending', 0 from json_each(?)`;

process.on('message', async ({ vdns, messages = 0 }: { vdns: number[]; messages?: number }) => {
  const began = performance.now();
  for (const vdn of vdns) {
    await bringIn(vdn);
    if (messages === 0) continue;
    const ids = Array.from({ length: messages }, () => randomUUID());
    await table.run(INSERT_MESSAGES, [JSON.stringify(ids)]);
  }
  process.send?.({ ms: performance.now() - began });
});
