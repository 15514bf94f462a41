import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

const requests = new AsyncLocalStorage<string>();

/**
 * Does what somebody has asked for by a click, a command or an event of Slack's, under a name: every log line that comes of it
 * has it, through calls to the contact centre, tries again and the message that answers.
 */
export const inRequest = <T>(id: string, work: () => T): T => requests.run(id, work);

/** The request that the code which asks works for; undefined: nobody's, the desk's own. */
export const requestId = (): string | undefined => requests.getStore();

/** Short enough to be read out over the telephone, long enough to be found among a day's. */
export const newRequestId = (): string => randomUUID().slice(0, 8);

/** Runs work under no request's name, whoever has set it off: for what goes on after that one is answered. */
export const outsideRequests = <T>(work: () => T): T => requests.exit(work);
