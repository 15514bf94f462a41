import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { SourceError } from '../../src/calls/source.ts';
import { wayFindings } from '../../src/doctor/way.ts';
import { createSubscriptionStore } from '../../src/storage/subscriptions-store.ts';
import { freePort } from '../cli/child.ts';
import { proxyServer, tcpServer } from '../cms/loopback.ts';
import { wish } from '../storage/subscriptions-contract.ts';
import { CA_FILE, it, MARK, type Patient } from './patient.ts';

const NOW = Date.UTC(2026, 10, 24);

/** Enough calls, an hour of them, for their ids to tell the zone. */
const rings = ({ cms }: Patient) => void cms.calls.burst({ vdn: 159, count: 20, everyMs: 60_000 });

describe("the doctor's look at the contact centre", () => {
  it('finds a sound one sound, and asks once for each VDN', async ({ openPatient }) => {
    const patient = await openPatient();
    rings(patient);
    const findings = await patient.findings();
    expect(findings.filter(({ check }) => check.startsWith('contact-centre.'))).toMatchObject([
      { check: 'contact-centre.dns', result: 'ok' },
      { check: 'contact-centre.tls', result: 'ok', code: 'on-this-machine' },
      { check: 'contact-centre.answer', result: 'ok' },
      { check: 'contact-centre.address', result: 'ok' },
      { check: 'contact-centre.signature', result: 'ok' },
      { check: 'contact-centre.clock', result: 'ok' },
      { check: 'contact-centre.vdn', result: 'ok', facts: { vdn: 159, name: 'Support', total: 20 } },
      { check: 'contact-centre.vdn', result: 'ok', facts: { vdn: 160, total: 0 } },
      { check: 'contact-centre.time-zone', result: 'ok' },
    ]);
    expect(patient.cms.requests.map(({ body }) => body)).toMatchObject([{ vdn: 159 }, { vdn: 160 }]);
  });

  it('asks also for VDNs that have digests only', async ({ openPatient }) => {
    const patient = await openPatient();
    const { teamId } = patient.slack;
    await patient.onDatabase((knex) =>
      createSubscriptionStore(knex).create({ ...wish, teamId, channelId: 'C0SUPPORT', vdn: 42 }),
    );
    const found = await patient.finds('contact-centre.vdn');
    expect(found.map(({ facts }) => facts.vdn)).toEqual([159, 160, 42]);
  });

  it('sees that the keys are right also where no VDN is known', async ({ openPatient }) => {
    const patient = await openPatient();
    patient.cms.faults.add({ kind: 'return-code', returnCode: '400' });
    const findings = await patient.findings({ VDNS: '' });
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'contact-centre.signature', result: 'ok' }),
    );
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'contact-centre.vdn', result: 'skipped' }),
    );
  });

  it('finds a host that DNS does not know, and asks no further', async ({ openPatient }) => {
    const patient = await openPatient();
    const findings = await patient.findings({ CMS_URL: 'https://cms.invalid:28443' });
    expect(findings.filter(({ check }) => check.startsWith('contact-centre.'))).toMatchObject([
      { check: 'contact-centre.dns', result: 'failed', remedy: expect.stringMatching(/CMS_URL.*DNS/) },
      { check: 'contact-centre.answer', result: 'skipped' },
    ]);
  });

  it('finds a connection that is refused', async ({ openPatient }) => {
    const patient = await openPatient();
    const CMS_URL = `http://127.0.0.1:${await freePort()}`;
    expect(await patient.finds('contact-centre.answer', { CMS_URL })).toMatchObject([
      { result: 'failed', code: 'unreachable', remedy: expect.stringContaining('refuses the connection') },
    ]);
  });

  it('finds one that does not answer', async ({ openPatient }) => {
    const patient = await openPatient();
    patient.cms.faults.add({ kind: 'slow', ms: 60_000 });
    expect(await patient.finds('contact-centre.answer', { CMS_TIMEOUT_MS: '100' })).toMatchObject([
      { result: 'failed', code: 'unreachable', remedy: expect.stringContaining('CMS_TIMEOUT_MS') },
    ]);
  });

  it('finds wrong keys', async ({ openPatient }) => {
    const patient = await openPatient();
    for (const wrong of [{ CMS_ACCESS_KEY: `AK-other-${MARK}` }, { CMS_SECRET_KEY: `SK-other-${MARK}` }]) {
      const findings = await patient.findings(wrong);
      expect(findings).toContainEqual(
        expect.objectContaining({ check: 'contact-centre.address', result: 'ok' }),
      );
      expect(findings.filter(({ check }) => check === 'contact-centre.signature')).toMatchObject([
        { result: 'failed', remedy: expect.stringMatching(/CMS_ACCESS_KEY and CMS_SECRET_KEY/) },
      ]);
    }
    expect(patient.cms.requests).toHaveLength(2);
  });

  it('finds an access key that cannot be one', async ({ openPatient }) => {
    const patient = await openPatient();
    const CMS_ACCESS_KEY = `AK/${MARK}`;
    expect(await patient.finds('contact-centre.signature', { CMS_ACCESS_KEY })).toMatchObject([
      { result: 'failed', code: 'bad-keys', remedy: expect.stringContaining('CMS_ACCESS_KEY') },
    ]);
  });

  it.for([403, 418])(
    'finds an address that is not on the allow-list (HTTP %i)',
    async (status, { openPatient }) => {
      const patient = await openPatient();
      patient.cms.faults.add({ kind: 'status', status });
      const findings = await patient.findings();
      expect(findings.filter(({ check }) => check === 'contact-centre.address')).toMatchObject([
        { result: 'failed', remedy: expect.stringContaining('allow-list') },
      ]);
      expect(findings.filter(({ check }) => check === 'contact-centre.vdn')).toEqual([]);
    },
  );

  it('finds one that is overloaded, and one that answers with something else', async ({ openPatient }) => {
    const patient = await openPatient();
    patient.cms.faults.add({ kind: 'status', status: 503 }, { next: 2 });
    expect(await patient.finds('contact-centre.answer')).toMatchObject([
      { result: 'warning', code: 'overloaded' },
    ]);
    patient.cms.faults.add({ kind: 'bad-json', body: '<html>Please log in</html>' });
    expect(await patient.finds('contact-centre.answer')).toMatchObject([
      { result: 'failed', code: 'not-understood', remedy: expect.stringContaining('login page') },
    ]);
  });

  it('finds a VDN that the key may not query, beside one that it may', async ({ openPatient }) => {
    const patient = await openPatient();
    patient.cms.faults.add({ kind: 'return-code', returnCode: '401', returnDesc: 'no right' }, { vdn: 160 });
    expect(await patient.finds('contact-centre.vdn')).toMatchObject([
      { result: 'ok', facts: { vdn: 159 } },
      {
        result: 'failed',
        code: 'vdn-refused',
        facts: { vdn: 160, returnCode: '401', returnDesc: 'no right' },
        remedy: expect.stringContaining('VDN 160'),
      },
    ]);
  });

  it('finds a VDN that gets no answer after others have got theirs', async ({ openPatient }) => {
    const patient = await openPatient();
    patient.cms.faults.add({ kind: 'status', status: 500 }, { vdn: 160 });
    expect(await patient.finds('contact-centre.vdn')).toMatchObject([
      { result: 'ok' },
      { result: 'failed', code: 'vdn-unanswered', facts: { vdn: 160 } },
    ]);
  });

  it.for([
    { seconds: 300, says: /300 s ahead of/ },
    { seconds: -300, says: /300 s behind/ },
    // Beyond what the signature may be off.
    { seconds: 7200, says: /7200 s ahead of/ },
  ])('finds clocks that differ by $seconds s', async ({ seconds, says }, { openPatient }) => {
    const patient = await openPatient();
    patient.cms.faults.add({ kind: 'clock-off', seconds });
    const findings = await patient.findings();
    const [clock] = findings.filter(({ check }) => check === 'contact-centre.clock');
    expect(clock).toMatchObject({ result: 'warning', remedy: expect.stringContaining('NTP') });
    // A second may pass between the two.
    expect(Math.abs(Number(clock?.facts.seconds) - seconds)).toBeLessThan(30);
    expect(clock?.says).toMatch(new RegExp(says.source.replace(/\d+ s/, '\\d+ s')));
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'contact-centre.signature', result: 'ok' }),
    );
  });

  it('finds a wrong CMS_TIME_ZONE by the epochs in the callIds', async ({ openPatient }) => {
    const patient = await openPatient();
    rings(patient);
    patient.cms.faults.add({ kind: 'local-time', timeZone: 'Asia/Shanghai' });
    expect(await patient.finds('contact-centre.time-zone')).toMatchObject([
      {
        result: 'warning',
        code: 'looks-like',
        facts: { looksLike: 'UTC+08:00' },
        remedy: expect.stringContaining('CMS_TIME_ZONE'),
      },
    ]);
    expect(await patient.finds('contact-centre.time-zone', { CMS_TIME_ZONE: 'Asia/Shanghai' })).toMatchObject(
      [{ result: 'ok' }],
    );
  });

  it('finds a wrong CMS_TIME_ZONE by calls outside the day that was asked for', async ({ openPatient }) => {
    const patient = await openPatient();
    patient.cms.calls.ring({ vdn: 159, callId: 'without-an-epoch' });
    patient.cms.faults.add({ kind: 'local-time', timeZone: 'Asia/Shanghai' });
    expect(await patient.finds('contact-centre.time-zone')).toMatchObject([
      { result: 'warning', code: 'outside-window', facts: { outside: 1 } },
    ]);
  });
});

describe('the certificate of the contact centre', () => {
  it('from a private CA is found, with the name of that CA, where CMS_CA_FILE is missing', async ({
    openPatient,
  }) => {
    const patient = await openPatient({ certificate: 'loopback' });
    const findings = await patient.findings();
    const ca = String(/CN ?= ?([^\n,/]+)/.exec(subjectOfCa())?.[1]).trim();
    expect(findings.filter(({ check }) => check === 'contact-centre.tls')).toMatchObject([
      {
        result: 'failed',
        code: 'not-trusted',
        facts: { signedBy: [ca] },
        remedy: expect.stringContaining('CMS_CA_FILE'),
      },
    ]);
    expect(patient.cms.requests).toEqual([]);
  });

  it('is found sound with its CA, and says whose it is', async ({ openPatient }) => {
    const patient = await openPatient({ certificate: 'loopback' });
    expect(await patient.finds('contact-centre.tls', { CMS_CA_FILE: CA_FILE })).toMatchObject([
      {
        result: 'ok',
        says: expect.stringMatching(/^Signed by .*; trusted by CMS_CA_FILE; valid until 2120-01-01/),
      },
    ]);
    expect(await patient.finds('contact-centre.signature', { CMS_CA_FILE: CA_FILE })).toMatchObject([
      { result: 'ok' },
    ]);
  });

  it.for([
    { certificate: 'expired', remedy: /not valid today/ },
    { certificate: 'other-name', remedy: /for another name/ },
  ])('is found $certificate', async ({ certificate, remedy }, { openPatient }) => {
    const patient = await openPatient({ certificate });
    expect(await patient.finds('contact-centre.tls', { CMS_CA_FILE: CA_FILE })).toMatchObject([
      { result: 'failed', code: 'not-trusted', remedy: expect.stringMatching(remedy) },
    ]);
  });

  it('is not seen where the server speaks no TLS: the query says so', async ({ openPatient }) => {
    const patient = await openPatient();
    const { port } = await tcpServer((socket) => void socket.end('220 mail.example.com ESMTP\r\n'));
    const findings = await patient.findings({ CMS_URL: `https://127.0.0.1:${port}` });
    expect(findings.filter(({ check }) => check === 'contact-centre.tls')).toMatchObject([
      { result: 'skipped' },
    ]);
    expect(findings.filter(({ check }) => check === 'contact-centre.answer')).toMatchObject([
      { result: 'failed', remedy: expect.stringContaining('TLS') },
    ]);
  });

  it('is left to the query where a proxy stands between', async ({ openPatient }) => {
    const patient = await openPatient();
    const proxy = await proxyServer(patient.cms.port, 407);
    const findings = await patient.findings({ HTTP_PROXY: proxy.url });
    expect(findings.filter(({ check }) => /dns|tls/.test(check))).toMatchObject([
      { result: 'skipped', code: 'proxied' },
      { result: 'skipped', code: 'proxied' },
    ]);
    expect(findings).toContainEqual(
      expect.objectContaining({
        check: 'contact-centre.answer',
        result: 'failed',
        remedy: expect.stringContaining('HTTP_PROXY'),
      }),
    );
  });

  const way = {
    url: new URL('https://cms.example.com'),
    proxied: false,
    ownCa: false,
    addresses: async () => ['192.0.2.1'],
    certificate: async () => ({ signedBy: ['A CA'], validUntilAt: NOW + 29 * 86_400_000, problem: null }),
  };

  it('is found when it is soon no longer valid', async () => {
    expect(await wayFindings(way, NOW)).toMatchObject([
      { result: 'ok' },
      { result: 'warning', code: 'expires-soon', says: expect.stringContaining('2026-12-23') },
    ]);
  });

  it('is missed where numbers would travel in the open', async () => {
    expect(await wayFindings({ ...way, url: new URL('http://cms.example.com') }, NOW)).toMatchObject([
      { result: 'ok' },
      { result: 'warning', code: 'not-encrypted' },
    ]);
  });

  it('does not hide a mistake of the doctor itself', async () => {
    const broken = { ...way, addresses: () => Promise.reject(new RangeError('mine')) };
    await expect(wayFindings(broken, NOW)).rejects.toThrow(RangeError);
    const refused = { ...way, addresses: () => Promise.reject(new SourceError('unreachable', 'theirs')) };
    expect(await wayFindings(refused, NOW)).toMatchObject([{ result: 'failed' }]);
  });
});

function subjectOfCa(): string {
  // Node's own reading of the file, in lines such as CN=….
  return new X509Certificate(readFileSync(CA_FILE)).subject;
}
