import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ContactCentre } from '../../../src/sandbox/cms/server.ts';
import { ask, noonAt, send, startAtNoon } from './signer.ts';

let centre: ContactCentre;
beforeEach(async () => {
  ({ centre } = await startAtNoon({ seed: null }));
});
afterEach(() => centre.close());

const json = { 'Content-Type': 'application/json' };
const host = () => ({ Host: `127.0.0.1:${centre.port}` });
const post = (what: string, body: object, headers: Record<string, string> = json) =>
  send(centre.port, `/_sandbox/${what}`, 'POST', JSON.stringify(body), { ...host(), ...headers });
const get = (what: string, headers: Record<string, string> = {}) =>
  send(centre.port, `/_sandbox/${what}`, 'GET', '', { ...host(), ...headers });
const query = () => ask(centre, { vdn: 7, offset: 0, limit: 10 });

describe('the remote control', () => {
  it('rings, bursts, lets a caller try again, and takes calls away', async () => {
    const rung = await post('ring', { vdn: 7, callerNo: '442079460001', waitBeginAt: noonAt - 60_000 });
    expect(rung.json).toMatchObject({ callerNo: '442079460001', callEndAt: noonAt - 30_000 });
    await post('burst', { vdn: 7, count: 2 });
    await post('repeat-caller', { vdn: 7, count: 3 });
    expect((await query()).json?.total).toBe(6);
    const { callId } = JSON.parse(rung.text);
    expect((await post('remove', { vdn: 7, callId })).json).toEqual({ removed: true });
    expect((await query()).json?.total).toBe(5);
    expect((await get('calls?vdn=7')).json).toHaveLength(5);
  });

  it('adds faults and clears them', async () => {
    const added = await post('fault', { fault: { kind: 'status', status: 503 }, next: 2, vdn: 7 });
    expect(added.json).toEqual({ id: 1 });
    expect((await get('faults')).json).toEqual([
      { id: 1, fault: { kind: 'status', status: 503 }, left: 2, vdn: 7 },
    ]);
    expect((await query()).status).toBe(503);
    expect((await post('clear', { faults: true })).json).toEqual({ faults: 1, calls: 0, requests: 0 });
    expect((await query()).status).toBe(200);
  });

  it('shows the requests of clients, not its own', async () => {
    await query();
    expect((await get('requests')).json).toMatchObject([{ verdict: 'answered', body: { vdn: 7 } }]);
    expect((await post('clear', { requests: true, calls: true })).json).toMatchObject({ requests: 1 });
    expect((await get('requests')).json).toEqual([]);
  });

  it('says what is wrong with what it is told', async () => {
    const wrong = await post('ring', { vdn: 9999 });
    expect(wrong.status).toBe(400);
    expect(wrong.text).toMatch(/vdn/);
    expect((await post('fault', { fault: { kind: 'flood' } })).status).toBe(400);
    expect((await post('ring', { vdn: 7, callId: '1-1' })).status).toBe(200);
    expect((await post('ring', { vdn: 7, callId: '1-1' })).text).toMatch(/already/);
    expect((await get('calls')).status).toBe(400);
    expect((await get('nothing')).status).toBe(404);
    expect((await get('ring')).status).toBe(404);
  });

  it('listens to this machine’s programs alone, not to pages in its browser', async () => {
    expect((await get('requests', { Host: 'evil.example.com' })).status).toBe(403);
    expect((await get('requests', { Origin: 'http://evil.example.com' })).status).toBe(403);
    expect((await post('ring', { vdn: 7 }, { 'Content-Type': 'text/plain' })).status).toBe(403);
    expect(centre.calls.list(7)).toEqual([]);
  });
});
