import type { App } from '@slack/bolt';
import type { Reach } from '../work/seam.ts';

/** Tells `reach` before and after each acknowledgement, of whatever has come and by whichever receiver. */
export function watchAcks(app: App, reach: Reach): void {
  const process = app.processEvent.bind(app);
  app.processEvent = (event) =>
    process({
      ...event,
      async ack(answer) {
        reach('before ack');
        await event.ack(answer);
        reach('after ack');
      },
    });
}
