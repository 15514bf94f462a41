/** What runs one seam of one path again: printed with each failure. */
export const seamCommand = (given: { seam: string; database: string; mode: string }): string =>
  `npm run chaos -- --database ${given.database} --mode ${given.mode} --seam '${given.seam}'`;

/** What runs one random world again. */
export const worldCommand = (given: {
  seed: number;
  number: number;
  rounds: number;
  database: string;
  mode: string;
}): string =>
  `npm run chaos -- --database ${given.database} --mode ${given.mode} --seed ${given.seed} --world ${given.number} --rounds ${given.rounds}`;
