import { code } from '../escape.ts';

/** Long enough for any command that a person would type. */
const COMMAND_MAX = 100;

/** `/missed …` as people may copy it. */
export const missedCommand = (words: string) => code(`/missed ${words}`, COMMAND_MAX);
export const digestCommand = (words: string) => missedCommand(`digest ${words}`);
