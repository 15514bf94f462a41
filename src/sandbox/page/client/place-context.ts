import { createContext, useContext } from 'react';
import type { Place } from '../actions.ts';
import type { FormValue } from './form-value.ts';

/** Where blocks are, and so what their elements act on. */
export interface PlaceShown {
  place: Place;
  as: string;
  /** Of a modal's inputs: what is entered, by block id. */
  form?: {
    values: Record<string, FormValue>;
    errors: Record<string, string>;
    enter(blockId: string, value: FormValue): void;
  };
}

export const PlaceContext = createContext<PlaceShown | null>(null);

export function usePlace(): PlaceShown {
  const place = useContext(PlaceContext);
  if (!place) throw new Error('Nothing can be acted on here');
  return place;
}
