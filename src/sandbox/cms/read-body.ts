import type { IncomingMessage } from 'node:http';
import type { ReceivedHeader } from './canonical.ts';

/** No query is longer than a few hundred bytes; more than this is a mistake. */
const mostBytes = 1_000_000;

/** The body's bytes; undefined when there are too many. Rejects when the client goes away first. */
export const readBody = async (message: IncomingMessage): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size <= mostBytes) chunks.push(bytes);
  }
  return size > mostBytes ? undefined : Buffer.concat(chunks);
};

/** Header lines as they were sent; node decodes them as latin1, which keeps their bytes. */
export const headersOf = ({ rawHeaders }: IncomingMessage): ReceivedHeader[] =>
  rawHeaders.flatMap((name, place) =>
    place % 2 === 0 ? [{ name, value: Buffer.from(rawHeaders[place + 1] ?? '', 'latin1') }] : [],
  );
