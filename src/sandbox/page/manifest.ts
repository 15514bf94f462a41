import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { CommandShown } from './scene.ts';

const manifestSchema = z.object({
  display_information: z.object({ name: z.string() }),
  features: z.object({
    slash_commands: z.array(
      z.object({ command: z.string(), description: z.string(), usage_hint: z.string().default('') }),
    ),
  }),
});

const MANIFEST = new URL('../../../slack-manifest.yml', import.meta.url);

/** What Slack knows of the app before it runs: its name and its commands, from the manifest that people install. */
export async function readManifest(): Promise<{ appName: string; commands: CommandShown[] }> {
  // A development package, like all that the page is made with.
  const { parse } = await import('yaml');
  const { display_information, features } = manifestSchema.parse(parse(await readFile(MANIFEST, 'utf8')));
  return {
    appName: display_information.name,
    commands: features.slash_commands.map(({ command, description, usage_hint }) => ({
      name: command,
      description,
      usageHint: usage_hint,
    })),
  };
}
