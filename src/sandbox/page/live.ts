import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Stage } from './stage.ts';

/** Changes come in flocks: what happens within this time is sent as one. */
const GATHER_MS = 25;
/** So that neither end takes silence for the end. */
const BEAT_MS = 15_000;

/** Sends the scene of one person and channel, now and after each change, as server-sent events. */
export function serveLive(stage: Stage, request: IncomingMessage, response: ServerResponse): void {
  const query = new URL(request.url ?? '/', 'http://page').searchParams;
  const [as, channel] = [query.get('as') ?? '', query.get('in') ?? ''];
  // Throws before anything is sent where there is nobody or nothing of that name.
  stage.scene(as, channel);
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=UTF-8',
    'Cache-Control': 'no-store',
  });
  const send = () => {
    waiting = undefined;
    response.write(`data: ${JSON.stringify(stage.scene(as, channel))}\n\n`);
  };
  let waiting: NodeJS.Timeout | undefined;
  const ended = stage.watch(() => {
    waiting ??= setTimeout(send, GATHER_MS);
  });
  const beat = setInterval(() => response.write(': still here\n\n'), BEAT_MS);
  response.on('close', () => {
    ended();
    clearInterval(beat);
    clearTimeout(waiting);
  });
  send();
}
