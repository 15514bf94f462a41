import type { Office } from '../office.ts';
import type { DeskState } from './scene.ts';

/** Closes the desk for a while, as when its machine is down, and opens another on the same database. */
export interface DeskSwitch {
  readonly state: DeskState;
  /** Resolves when it is closed. Does nothing unless it is open. */
  close(): Promise<void>;
  /** Resolves when it is open. Does nothing unless it is closed. */
  open(): Promise<void>;
}

export function createDeskSwitch(office: Office, tell: () => void): DeskSwitch {
  let state: DeskState = 'open';
  let letOpen = () => {};
  let restarted: Promise<void> = Promise.resolve();
  const become = (next: DeskState) => {
    state = next;
    tell();
  };
  return {
    get state() {
      return state;
    },
    async close() {
      if (state !== 'open') return;
      become('moving');
      await new Promise<void>((closed, failed) => {
        const meanwhile = new Promise<void>((resolve) => {
          letOpen = resolve;
        });
        restarted = office.restartDesk(() => {
          closed();
          return meanwhile;
        });
        restarted.catch(failed);
      });
      become('closed');
    },
    async open() {
      if (state !== 'closed') return;
      become('moving');
      letOpen();
      await restarted;
      become('open');
    },
  };
}
