import { median } from './statistics.ts';

export type Unit = 'ms' | 's' | 'MB' | 'queries' | 'KB';

/** One line of the table. */
export interface Figure {
  /** What was measured, in words. */
  name: string;
  unit: Unit;
  /** The median of the rounds. */
  value: number;
  /** The same of the floor, measured in between; null where there is none to measure. */
  floor: number | null;
  /** The median of the paired rounds' ratios; null without a floor. */
  ratio: number | null;
  /** The least and the greatest of them; of the values where there is no floor. */
  spread: [number, number];
  /** What is hoped for: a ratio, or a value in the figure's unit; null: reported only. */
  aim: Aim | null;
  /** Every round, in order. */
  rounds: { value: number; floor: number | null }[];
}

export type Aim = { ratio: number } | { below: number };

/** A figure and its floor, from rounds that were measured in turns. */
export function compared(
  name: string,
  unit: Unit,
  rounds: readonly { value: number; floor: number }[],
  aim: Aim | null = null,
): Figure {
  const ratios = rounds.map(({ value, floor }) => value / floor);
  return {
    name,
    unit,
    value: median(rounds.map(({ value }) => value)),
    floor: median(rounds.map(({ floor }) => floor)),
    ratio: median(ratios),
    spread: [Math.min(...ratios), Math.max(...ratios)],
    aim,
    rounds: [...rounds],
  };
}

/** A figure that nothing can be held against. */
export function alone(name: string, unit: Unit, values: readonly number[], aim: Aim | null = null): Figure {
  return {
    name,
    unit,
    value: median(values),
    floor: null,
    ratio: null,
    spread: [Math.min(...values), Math.max(...values)],
    aim,
    rounds: values.map((value) => ({ value, floor: null })),
  };
}

/** Whether the aim is reached; null where there is none. */
export function reached({ aim, ratio, value }: Pick<Figure, 'aim' | 'ratio' | 'value'>): boolean | null {
  if (aim === null) return null;
  if ('below' in aim) return value < aim.below;
  return ratio !== null && ratio <= aim.ratio;
}
