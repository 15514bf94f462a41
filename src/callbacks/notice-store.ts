import type { StoredCall } from '../calls/missed-call.ts';
import type { NoticeMessage, Telling } from './notices.ts';
import type { WaitingMessage, WaitingNotice } from './quiet.ts';

/** Keeps what is yet to be told. What becomes of a callback writes it, in the same transaction. */
export interface NoticeStore {
  /** All of it, oldest first. */
  waiting(): Promise<WaitingNotice[]>;
  /**
   * Takes what still waits of a message, and writes it into the outbox with its list, in one transaction. `message` is pure;
   * `calls`: those of the telling's callbacks, in order of arrival; undefined: nothing of it is to be told any more. Whether
   * there is a message.
   */
  tell(
    waiting: WaitingMessage,
    now: number,
    message: (telling: Telling, calls: readonly StoredCall[]) => NoticeMessage | undefined,
  ): Promise<boolean>;
}
