import type { Lane } from '../../outbox/lanes.ts';

/** The App Home of somebody who has opened it lately. Times are epoch milliseconds. */
export interface OpenHome {
  teamId: string;
  /** Slack user id. */
  userId: string;
  openedAt: number;
  /** The page of the queue that it shows, from 0. */
  page: number;
  /** A hash of what it shows; "": nothing yet. */
  shown: string;
  /** Slack's hash of the view; null: not known. */
  viewHash: string | null;
}

type Whose = Pick<OpenHome, 'teamId' | 'userId'>;

/** What a look at a Home came to. */
export interface Look {
  /** As it was before what was read. */
  mark: string;
  lookedAt: number;
  nextLookAt: number;
  /** Left out: it shows what it did. */
  shown?: Pick<OpenHome, 'shown' | 'viewHash'>;
}

/** Keeps which Homes are open, so that any desk on the database can bring them up to date. */
export interface HomeStore {
  /** Somebody opens it: on its first page, and shown anew. */
  open(whose: Whose, now: number): Promise<void>;
  find(whose: Whose, openedFromAt: number): Promise<OpenHome | undefined>;
  /** Turns to a page. */
  turn(whose: Whose, page: number): Promise<void>;
  /** Changes whenever a callback does. What is committed late changes it again. */
  mark(): Promise<string>;
  /**
   * Homes that may be looked at: those of which something has changed since the last look, by the mark, and those last looked
   * at before a time; who has waited longest first.
   */
  due(
    now: number,
    than: { mark: string; lookedBeforeAt: number; openedFromAt: number },
    limit: number,
  ): Promise<OpenHome[]>;
  looked(whose: Whose, look: Look): Promise<void>;
  /** Not looked at before. */
  delay(whose: Whose, nextLookAt: number): Promise<void>;
  /** Whether something may be published now. */
  takeTurn(lane: Lane, now: number): Promise<boolean>;
  /** No turn before. */
  hold(lane: Lane, until: number): Promise<void>;
  /** Forgets those that nobody has opened since. */
  forget(openedBeforeAt: number): Promise<void>;
}
