import type { WebClient } from '@slack/web-api';

/** Files that the desk gives to people. */
export interface Uploads {
  /** In the person's direct message with the desk. Throws what the Web API throws. */
  toPerson(userId: string, file: { filename: string; content: string }): Promise<void>;
}

export function createUploads(client: WebClient): Uploads {
  return {
    async toPerson(userId, { filename, content }) {
      const { channel } = await client.conversations.open({ users: userId });
      await client.files.uploadV2({ channel_id: channel?.id ?? userId, filename, title: filename, content });
    },
  };
}
