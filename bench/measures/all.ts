import { ack } from './ack.ts';
import { burst } from './burst.ts';
import { catchUp } from './catch-up.ts';
import { claims } from './claims.ts';
import { digests } from './digests.ts';
import { growth } from './growth.ts';
import type { Measure } from './measure.ts';
import { question } from './question.ts';
import { startUp } from './start-up.ts';

/** Every measurement, in the order of the table. */
export const measures: readonly Measure[] = [startUp, ack, question, claims, digests, burst, catchUp, growth];
