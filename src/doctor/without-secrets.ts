import type { Facts, Finding } from './finding.ts';

/** Shorter ones would be found in words that are none. */
const SHORTEST = 8;
const CENSORED = '[secret]';

/**
 * The finding without any of these texts. Nothing of ours says a secret; but servers are quoted (a refusal's reason, an error's
 * name), and they may repeat what they were sent.
 */
export function withoutSecrets(finding: Finding, secrets: readonly string[]): Finding {
  // A longer one may hold a shorter one.
  const long = secrets.filter(({ length }) => length >= SHORTEST).toSorted((a, b) => b.length - a.length);
  const clean = (text: string) => long.reduce((rest, secret) => rest.replaceAll(secret, CENSORED), text);
  const cleanFact = (fact: Facts[string]): Facts[string] => {
    if (typeof fact === 'number') return fact;
    return typeof fact === 'string' ? clean(fact) : fact.map(clean);
  };
  return {
    ...finding,
    says: clean(finding.says),
    remedy: finding.remedy === null ? null : clean(finding.remedy),
    facts: Object.fromEntries(Object.entries(finding.facts).map(([name, fact]) => [name, cleanFact(fact)])),
  };
}
