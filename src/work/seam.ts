/**
 * Where the desk is about to touch something outside of itself, or has just done so: a statement of the database's, a call to
 * Slack, a request to the contact centre, an acknowledgement. Whatever it was, the desk may be killed there; the chaos tests do it.
 */
export type Seam = `${'before' | 'after'} ${string}`;

/** Told of every seam as it is reached. It may end the process; it must not throw. */
export type Reach = (seam: Seam) => void;

export const unwatched: Reach = () => {};
