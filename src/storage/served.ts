/** SQL: the workspace that a row of the table belongs to has not left. */
export const isServed = (table: string) =>
  `not exists (select 1 from departures where departures.team_id = ${table}.team_id)`;
