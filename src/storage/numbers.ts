/** A bigint column's value: SQLite gives a number, PostgreSQL a string. Ours stay far below 2^53. */
export type Bigint = number | string;

export const toNumber = (value: Bigint): number => Number(value);
export const toNumberOrNull = (value: Bigint | null): number | null =>
  value === null ? null : Number(value);
