// Who rings Support in the story: numbers that Ofcom keeps for drama, as they are dialled and as the desk shows them.
export const CALLER = '442079460101';
export const CALLER_SHOWN = '+44 20 7946 0101';
export const OTHER_CALLER = '442079460102';
export const OTHER_CALLER_SHOWN = '+44 20 7946 0102';
