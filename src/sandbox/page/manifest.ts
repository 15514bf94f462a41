import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { CommandShown, ShortcutShown } from './scene.ts';

const manifestSchema = z.object({
  display_information: z.object({ name: z.string() }),
  features: z.object({
    slash_commands: z.array(
      z.object({ command: z.string(), description: z.string(), usage_hint: z.string().default('') }),
    ),
    shortcuts: z
      .array(z.object({ name: z.string(), callback_id: z.string(), description: z.string() }))
      .default([]),
  }),
});

const MANIFEST = new URL('../../../slack-manifest.yml', import.meta.url);

export interface ManifestShown {
  appName: string;
  commands: CommandShown[];
  shortcuts: ShortcutShown[];
}

/** What Slack knows of the app before it runs: its name, commands and shortcuts, from the manifest that people install. */
export async function readManifest(): Promise<ManifestShown> {
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
    shortcuts: features.shortcuts.map(({ name, callback_id: callbackId, description }) => ({
      name,
      callbackId,
      description,
    })),
  };
}
