/** What is left of calls that were removed: how many there were on whole days, by the VDN's clock (UTC where it has none). */
export interface OldFigures {
  /** `yyyy-MM-dd`, inclusive: the days that these instants lie in. */
  fromDay: string;
  toDay: string;
  /** Calls of these days, whether they are kept, were too old to be kept, or were erased. */
  calls: number;
}

export interface OldFiguresStore {
  /** Of the days from the one of `fromAt` to the one of the last instant before `toAt`. */
  ofDays(teamId: string, vdn: number, range: { fromAt: number; toAt: number }): Promise<OldFigures>;
}
