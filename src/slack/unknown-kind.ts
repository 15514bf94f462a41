/** A message of a kind that this desk does not know: a newer one on the same database has written it, and will send it. */
export class UnknownKind extends Error {
  override readonly name = 'UnknownKind';

  constructor(kind: string) {
    super(`There is no message of the kind "${kind}": a newer desk has written it`);
  }
}
