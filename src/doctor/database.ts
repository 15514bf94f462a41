import { type Finding, failed, ok, warning } from './finding.ts';
import { spaceFindings } from './space.ts';

/** What a look at the database shows. */
export interface DatabaseFacts {
  /** `SQLite 3.50.4`, `PostgreSQL 18.1`. */
  engine: string;
  /** Where, for people: a file, or host and database. */
  place: string;
  /** For a file. new: nothing is there yet. in-use: a desk has it. free: no desk has it. null: it is for any number of desks. */
  state: 'new' | 'in-use' | 'free' | null;
  /** Migrations by name: those that it lacks, and those that this version does not know. */
  lacks: readonly string[];
  unknown: readonly string[];
  /** Whether it has had any. */
  empty: boolean;
  /** Why nothing can be written; null: it can. */
  writeProblem: DatabaseProblem | null;
  /** Bytes that are free where the file is; null: its server's matter. */
  freeBytes: number | null;
}

/** The database cannot be used: which kind of trouble, and a sentence with the remedy. */
export interface DatabaseProblem {
  code: string;
  message: string;
}

export type DatabaseLook = { facts: DatabaseFacts } | { problem: DatabaseProblem };

export function databaseFindings(look: DatabaseLook): Finding[] {
  if ('problem' in look) return [unusable(look.problem)];
  const { facts } = look;
  const space = facts.freeBytes === null ? [] : spaceFindings(facts.freeBytes, facts.place);
  return [connection(facts), schema(facts), writing(facts), ...space];
}

/** `damage`: what is damaged in the file, in SQLite's words; null: there is no file. */
export function integrityFindings(damage: readonly string[] | null): Finding[] {
  if (damage === null) return [];
  const [first] = damage;
  if (first === undefined) return [ok('database.integrity', 'sound', 'Its file is sound.')];
  return [
    failed(
      'database.integrity',
      'damaged',
      `Its file is damaged (${first}).`,
      'Stop the desk, keep the file, and restore a backup (docs/operating.md).',
      { damage },
    ),
  ];
}

/** In the words of the problem's code; what to do is in its message. */
const UNUSABLE: Readonly<Record<string, string>> = {
  'bad-url': 'DATABASE_URL names no database.',
  'cannot-open': 'The database cannot be opened.',
  unreachable: 'The database cannot be reached.',
  refused: 'The database does not let the desk in.',
  'too-old': 'The database server is too old.',
  'not-readable': 'The database cannot be read.',
  damaged: 'The database file is damaged.',
  failing: 'The disk that the database is on reports errors.',
};

const unusable = ({ code, message }: DatabaseProblem): Finding =>
  failed('database.connection', code, UNUSABLE[code] ?? 'The database cannot be used.', message);

function connection({ engine, place, state }: DatabaseFacts): Finding {
  const facts = { engine, place, state: state ?? 'shared' };
  switch (state) {
    case 'new':
      return ok(
        'database.connection',
        'new',
        `${place} is not there yet; the first start makes it (${engine}).`,
        facts,
      );
    case 'in-use':
      return ok('database.connection', 'in-use', `${engine}, ${place}; a desk is using it.`, facts);
    case 'free':
      return ok('database.connection', 'free', `${engine}, ${place}; no desk is using it.`, facts);
    default:
      return ok('database.connection', 'reached', `${engine}, ${place}.`, facts);
  }
}

function schema({ lacks, unknown, empty, state }: DatabaseFacts): Finding {
  if (unknown.length > 0)
    return failed(
      'database.schema',
      'newer',
      `A newer version of the desk has written it (${unknown.join(', ')}).`,
      'Start that version, or restore a backup made before it.',
      { unknown },
    );
  if (empty) return ok('database.schema', 'empty', 'It is empty; the first start sets it up.');
  if (lacks.length === 0) return ok('database.schema', 'current', 'It is up to date.');
  const says = `It was written by an older version of the desk (it lacks ${lacks.join(', ')}).`;
  if (state === 'in-use')
    return warning(
      'database.schema',
      'older',
      says,
      'The desk that is using it is older than this one: stop it, make a backup and start this version.',
      { lacks },
    );
  return warning(
    'database.schema',
    'older',
    says,
    'Make a backup; then `npm run migrate`, or the next start, brings it up to date.',
    { lacks },
  );
}

function writing({ writeProblem, state }: DatabaseFacts): Finding {
  if (writeProblem)
    return failed(
      'database.writing',
      writeProblem.code,
      'Nothing can be written to it.',
      writeProblem.message,
    );
  if (state === 'new') return ok('database.writing', 'folder-writable', 'The file can be made there.');
  return ok('database.writing', 'writable', 'It can be written to.');
}
