/**
 * Why the database cannot be used as it should: the disk is full; it only lets itself be read; somebody else keeps it locked; it is
 * damaged; the disk reports errors; it cannot be reached.
 */
export const TROUBLES = ['full', 'read-only', 'busy', 'damaged', 'failing', 'unreachable'] as const;
export type Trouble = (typeof TROUBLES)[number];
