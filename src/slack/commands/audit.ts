import type { PrivacyCommand } from '../../privacy/command.ts';
import { exportAudit } from '../../privacy/export.ts';
import { rangeOf } from '../../questions/range.ts';
import { zoneFor } from '../../questions/zone.ts';
import type { CommandCall } from '../interactions.ts';
import { auditNothing, auditRefused, auditSent } from '../messages/auditing.ts';
import { grammarErrorMessage } from '../messages/grammar-error.ts';
import type { SlackDesk } from '../slack-desk.ts';

type AuditCommand = Extract<PrivacyCommand, { action: 'audit' }>;

/** `/missed audit [range]`: who did what, as a file in a direct message, to those who may change who may what. */
export async function sendAudit(command: AuditCommand, call: CommandCall, desk: SlackDesk): Promise<void> {
  const { teamId, userId, channelId, reply } = call;
  const { rights, vdns, erasure, clock } = desk;
  const [context, person, known, stored, isAdmin] = await Promise.all([
    desk.contextOf(userId),
    desk.people.find(userId),
    vdns.list(teamId),
    erasure.vdns(teamId),
    rights.isAdmin(userId),
  ]);
  const all = [...new Set([...known.map(({ number }) => number), ...stored])];
  const actor = { teamId, userId, channelId };
  const verdicts = await Promise.all(all.map((vdn) => rights.judge(actor, vdn, 'administer')));
  const mine = all.filter((_, n) => verdicts[n] === 'yes');
  if (!isAdmin && mine.length === 0) return reply.privately(auditRefused(context));

  const now = clock.now();
  const { timeZone } = zoneFor({ timeZone: null }, person.timeZone);
  const range = rangeOf(command, now, timeZone);
  if (!range.ok) return reply.privately(grammarErrorMessage(range.error, call.text, context));
  const { fromAt, toAt } = range.value;
  const request = { teamId, fromAt, toAt, vdns: mine, workspace: isAdmin };
  const { csv, rows, cutAt } = await exportAudit(request, desk);
  if (rows === 0) return reply.privately(auditNothing(context));
  await desk.uploads.toPerson(userId, {
    filename: `missed-call-desk-audit-${new Date(fromAt).toISOString().slice(0, 10)}.csv`,
    content: csv,
  });
  const detail = { fromAt, toAt: cutAt ?? toAt, rows };
  await desk.audit.write({
    teamId,
    at: now,
    actorId: userId,
    action: 'export',
    vdn: null,
    callbackId: null,
    detail,
  });
  await reply.privately(auditSent({ rows, cutAt, timeZone }, context));
}
