import { createContext, useContext } from 'react';
import type { DateReader } from '../../slack/render/dates.ts';
import type { AppShown, NamesShown } from '../scene.ts';

/** Who reads: names, dates and times are shown as they see them. `now` changes once a minute at most. */
export interface ReaderShown extends DateReader {
  id: string;
  names: NamesShown;
  app: AppShown;
}

export const ReaderContext = createContext<ReaderShown | null>(null);

export function useReader(): ReaderShown {
  const reader = useContext(ReaderContext);
  if (!reader) throw new Error('Nobody reads here');
  return reader;
}

export const nameOf = (id: string, { names }: Pick<ReaderShown, 'names'>): string =>
  names.users.find((user) => user.id === id)?.name ?? id;

export function timeOf(at: number, { locale, tz }: Pick<ReaderShown, 'locale' | 'tz'>): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: tz }).format(at);
}

/** The city that a zone is named for. */
export const placeOf = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
