import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
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

/** What Slack knows of the app before it runs: its name and its commands, from the manifest that people install. */
export function readManifest(
  text = readFileSync(new URL('../../../slack-manifest.yml', import.meta.url), 'utf8'),
): { appName: string; commands: CommandShown[] } {
  const { display_information, features } = manifestSchema.parse(parse(text));
  return {
    appName: display_information.name,
    commands: features.slash_commands.map(({ command, description, usage_hint }) => ({
      name: command,
      description,
      usageHint: usage_hint,
    })),
  };
}
