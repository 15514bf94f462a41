import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import type { SourceErrorCode } from '../../src/calls/source.ts';
import { CALL_RESULTS } from '../../src/slack/calls.ts';
import { PAYLOADS } from '../../src/slack/entrance.ts';
import { createMetrics } from '../../src/watching/metrics.ts';
import { TROUBLES } from '../../src/work/trouble.ts';

const file = new URL('../../docs/operating/alerts.yml', import.meta.url);
const text = z.string().min(20);
const { groups } = z
  .strictObject({
    groups: z.array(
      z.strictObject({
        name: z.string(),
        rules: z.array(
          z.strictObject({
            alert: z.string().startsWith('Desk'),
            expr: z.string(),
            for: z
              .string()
              .regex(/^\d+m$/)
              .optional(),
            labels: z.strictObject({ severity: z.enum(['critical', 'warning']) }),
            annotations: z.strictObject({ summary: text, runbook: z.string().min(10) }),
          }),
        ),
      }),
    ),
  })
  .parse(parse(readFileSync(file, 'utf8')));
const rules = groups.flatMap((group) => group.rules);

const { registry } = createMetrics({ ofProcess: true });
const metrics = await registry.getMetricsAsJSON();
/** prom-client keeps them; its types do not say so. */
const labelsOf = (name: string): readonly string[] => {
  const metric = registry.getSingleMetric(name);
  return metric && 'labelNames' in metric ? z.array(z.string()).parse(metric.labelNames) : [];
};
const named = (name: string) =>
  metrics.find((metric) => metric.name === name) ??
  metrics.find(
    (metric) =>
      String(metric.type) === 'histogram' &&
      /^_(?:count|sum|bucket)$/.test(name.slice(metric.name.length)) &&
      name.startsWith(metric.name),
  );

const centre = {
  credentials: 1,
  'address-not-allowed': 1,
  overloaded: 1,
  unreachable: 1,
  refused: 1,
  'not-understood': 1,
} satisfies Record<SourceErrorCode, 1>;
/** All that the desk says in labels which have few values. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  result: [...CALL_RESULTS, ...Object.keys(centre), 'complete', 'incomplete', 'broken-off', 'failed'],
  payload: PAYLOADS,
  trouble: TROUBLES,
  check: ['database', 'slack'],
  rows: ['fetched', 'new', 'unreadable', 'outside-window'],
};
/** What Prometheus itself adds. */
const PROMETHEUS = { metrics: ['up'], labels: ['instance', 'job'] };

const namesIn = (expr: string) => [...expr.matchAll(/\b(?:desk|nodejs|process)_\w+/g)].map(String);
const matchersIn = (expr: string) =>
  [...expr.matchAll(/(?<metric>\w+)\{(?<inside>[^}]*)\}/g)].flatMap(({ groups: found }) =>
    [...(found?.inside ?? '').matchAll(/(?<label>\w+)=~?"(?<values>[^"]*)"/g)].map((matcher) => ({
      metric: found?.metric ?? '',
      label: matcher.groups?.label ?? '',
      values: (matcher.groups?.values ?? '').split('|'),
    })),
  );

describe('the alerts that come with the desk', () => {
  it('watch what issue 6 asks for, each under a name of its own', () => {
    const names = rules.map(({ alert }) => alert);
    expect(new Set(names).size).toBe(names.length);
    for (const asked of [
      'Down',
      'NoSync',
      'VdnLag',
      'OutboxOld',
      'SlackUnreachable',
      'AcksLate',
      'ContactCentreRefuses',
      'DiskLow',
    ])
      expect(names).toContain(`Desk${asked}`);
  });

  it('see the first refusal, too: it is told as none before', async () => {
    const told = createMetrics({ ofProcess: false });
    told.slackCalled('auth.test', 'ok', 1);
    told.centreAsked('queryMissedCalls', 'ok', 1);
    told.acked('view', 1);
    const now = { at: 0, ready: {}, trouble: null, backlog: null, freeBytes: null };
    const lines = await told.text(now);
    expect(lines).not.toMatch(/^desk_(?:database|outbox|vdn)/m);
    expect(lines).toContain('desk_slack_request_seconds_count{method="auth.test",result="shut-out"} 0');
    expect(lines).toContain('desk_acks_late_total{payload="view"} 0');
    for (const result of ['credentials', 'address-not-allowed'])
      expect(lines).toContain(
        `desk_centre_request_seconds_count{operation="queryMissedCalls",result="${result}"} 0`,
      );
  });

  it.each(rules)('$alert: its metrics are told by the desk', ({ expr, annotations }) => {
    const names = [...namesIn(expr), ...namesIn(annotations.runbook)];
    expect(names.length > 0 || expr.startsWith('up{')).toBe(true);
    expect(names.filter((name) => !named(name))).toEqual([]);
  });

  it.each(rules)('$alert: its labels, and their values, are the desk’s', ({ expr, annotations }) => {
    for (const { metric, label, values } of matchersIn(expr)) {
      if (PROMETHEUS.metrics.includes(metric)) continue;
      expect(labelsOf(named(metric)?.name ?? '')).toContain(label);
      expect(VALUES[label]).toEqual(expect.arrayContaining(values));
    }
    const known = new Set(namesIn(expr).flatMap((name) => labelsOf(named(name)?.name ?? '')));
    const grouped = [...expr.matchAll(/\bby \((?<labels>[^)]+)\)/g)].flatMap(
      ({ groups: found }) => found?.labels?.split(/,\s*/) ?? [],
    );
    for (const label of grouped) expect([...known, ...PROMETHEUS.labels]).toContain(label);
    // What a sum leaves out cannot be told.
    const told = [...annotations.summary.matchAll(/\$labels\.(?<label>\w+)/g)].map(
      (one) => one.groups?.label,
    );
    for (const label of told)
      expect([...grouped, ...(grouped.length === 0 ? PROMETHEUS.labels : [])]).toContain(label);
  });
});
