/** Fields of pg's errors that quote rows, parameters or what was being read. */
const PRIVATE_FIELDS = ['detail', 'hint', 'where', 'internalQuery'] as const;
/** Class 22, data exceptions: their message itself quotes the value. */
const DATA_EXCEPTION = /^22/;

/**
 * Takes the values out of an error of PostgreSQL, in place, before anybody can log it: knex tells of every failed
 * statement here first. What is left says which statement failed, why, and at which constraint.
 */
export function withoutValues(error: Error & Partial<Record<string, unknown>>): void {
  for (const field of PRIVATE_FIELDS) delete error[field];
  if (DATA_EXCEPTION.test(String(error.code)))
    error.message = error.message.replace(/(?<= - [^$]*)".*"/s, '"…"');
  // The stack begins with the message as it was.
  error.stack = `${error.name}: ${error.message}${error.stack?.slice(error.stack.indexOf('\n    at ')) ?? ''}`;
}
