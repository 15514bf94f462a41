import type { ChannelShown, Scene } from '../scene.ts';

/** What a channel or direct message is called in the sidebar. */
export function channelTitle(
  { name, kind, with: other }: ChannelShown,
  { names }: Pick<Scene, 'names'>,
): string {
  if (kind !== 'im') return name;
  return names.users.find(({ id }) => id === other)?.name ?? name;
}
