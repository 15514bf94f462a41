import { type Process, startProcess } from './process.ts';
import type { ContactCentre } from './stand-ins/contact-centre.ts';
import type { MeasuringSlack } from './stand-ins/slack.ts';

/** The desk as `npm start` starts it, on a database file of its own. Resolves when it is connected to Slack. */
export async function startDesk(
  { url, slack, centre }: { url: string; slack: MeasuringSlack; centre: ContactCentre },
  nodeArgs: readonly string[] = [],
): Promise<Process> {
  const env = {
    ...slack.env,
    CMS_URL: centre.url,
    CMS_ACCESS_KEY: 'bench',
    CMS_SECRET_KEY: 'bench',
    DATABASE_URL: url,
    PORT: '0',
  };
  const desk = startProcess('bin/missed-call-desk.js', ['start'], env, nodeArgs);
  await slack.connected();
  return desk;
}
