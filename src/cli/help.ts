import { settings } from '../config/settings.ts';

const commands: Record<string, { summary: string; detail: () => string }> = {
  start: {
    summary: 'Run the desk.',
    detail: () => `Usage: npm start

Runs the desk until SIGTERM or SIGINT, which let it finish what is in hand. One desk to an SQLite file; any number
of desks on one PostgreSQL share the work (docs/operating.md).
Exit code 2: the settings are wrong. 1: it could not start. 0: it was stopped.

Settings (environment variables; a secret may also be given as NAME_FILE):
${settingsTable()}`,
  },
  migrate: {
    summary: 'Bring the database up to date without starting (start does it too).',
    detail: () => `Usage: npm run migrate [-- --from sqlite:PATH]

Brings the database that DATABASE_URL names up to date. An SQLite file that a desk is using is refused: stop it first.

  --from sqlite:PATH
                 Copy this SQLite database into the PostgreSQL that DATABASE_URL names, which must be empty; the desk
                 must be stopped. Every row is then compared, column by column; where one differs nothing is kept,
                 and the exit code is 1. The file stays as it is.`,
  },
  backup: {
    summary: "Copy the desk's SQLite file, also while the desk runs.",
    detail: () => `Usage: npm run backup -- FILE

Copies the SQLite file that DATABASE_URL names to FILE, as it is at this moment, and checks the copy. FILE must not be
there yet; it is readable by you alone, as it holds callers' numbers. How to restore it: docs/operating.md.
Exit code 1: there is no backup, and nothing was left of it. 2: wrong usage.`,
  },
  doctor: {
    summary: 'Find out what is wrong, and what to do about it.',
    detail: () => `Usage: npm run doctor [-- --json]

Looks at the settings, the database, Slack and the contact centre, with the settings that the desk would start with,
and says for each what is wrong and what to do. It changes nothing, takes nothing from a desk that is running, and
never prints a secret. Run it as the desk's user, so that it sees what the desk sees.
Exit code 0: nothing failed (there may be warnings). 1: something did. 2: the settings are wrong.

  --json         The same for programs: { ok, findings: [{ check, result, code, says, remedy, facts }] }, result being
                 ok, warning, failed or skipped.`,
  },
  demo: {
    summary: 'Play a day at the desk in this terminal; needs neither Slack nor a contact centre.',
    detail: () =>
      'Usage: npm run demo\n\nPlays a short story: the real desk, talking to a stand-in Slack and a stand-in contact centre on this machine.',
  },
  sandbox: {
    summary: 'Try the desk in a browser; needs neither Slack nor a contact centre.',
    detail: () => `Usage: npm run sandbox [-- --port N] [--keep]
       npm run sandbox -- --only slack|cms [--port N]

Opens a page on port 4000 where you use the desk as in Slack; its stand-in Slack is on port 4001, its stand-in
contact centre on 4002. Everything stays on this machine.

  --port N       Another port for the page; Slack and the contact centre take the two after it.
  --keep         Keep what the desk knows in data/sandbox.db; otherwise nothing is kept.

One stand-in alone, for a desk in another process:

  --only slack   A Slack workspace on port 4001: prints SLACK_API_URL and the tokens to start a desk with.
  --only cms     A contact centre on port 4002: prints CMS_URL and the keys.
  --port N       Another port.
  --request-url URL, --signing-secret S
                 (slack) Deliver over HTTP to a desk that runs in HTTP mode, instead of Socket Mode.`,
  },
};

export function overview(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return `Missed Call Desk\n\nUsage: node src/main.ts COMMAND [--help]\n\n${lines.join('\n')}`;
}

/** The help of one command, or undefined when there is no such command. */
export function helpFor(command: string): string | undefined {
  return Object.hasOwn(commands, command) ? commands[command]?.detail() : undefined;
}

function settingsTable(): string {
  return Object.values(settings)
    .map(({ name, required, default: preset, help }) => {
      const note = required ? 'required' : preset ? `default ${preset}` : 'optional';
      return `  ${name} (${note})\n      ${help}`;
    })
    .join('\n');
}
