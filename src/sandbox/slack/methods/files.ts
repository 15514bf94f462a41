import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { needScope, postableChannel } from '../access.ts';
import { isObject, type JsonObject, parseJson } from '../json.ts';
import type { Method } from '../method.ts';
import { refuse, refuseWith } from '../refusal.ts';
import type { Workspace } from '../workspace.ts';

/** A file on its way: an address to upload to, what has come, and whether it was completed. */
export interface UploadedFile {
  id: string;
  key: string;
  name: string;
  title: string;
  /** What was announced; the upload has to be as long. */
  length: number;
  content: Buffer | undefined;
  completed: boolean;
}

const MOST_BYTES = 64 * 1024 * 1024;
const scopes = ['files:write'];

/** Step one of three: https://docs.slack.dev/reference/methods/files.getUploadURLExternal */
const getUploadUrl: Method = {
  tier: 4,
  token: 'bot',
  scopes,
  run(args, { workspace, uploadUrl }) {
    const name = args.text('filename');
    const length = args.integerOr('length', 0);
    if (length <= 0)
      return refuseWith('invalid_arguments', ['length must be greater than 0 [json-pointer:/length]']);
    const id = `F0UPLOAD${String(workspace.files.size + 1).padStart(3, '0')}`;
    const key = randomBytes(16).toString('hex');
    workspace.files.set(id, { id, key, name, title: name, length, content: undefined, completed: false });
    return { upload_url: uploadUrl(key), file_id: id };
  },
};

/** Step three: shows what was uploaded in a channel. */
const complete: Method = {
  tier: 4,
  token: 'bot',
  scopes,
  run(args, { workspace }) {
    const given = args.all.files;
    const listed: unknown = typeof given === 'string' ? parseJson(given) : given;
    if (!Array.isArray(listed) || listed.length === 0 || !listed.every(isObject))
      return refuseWith('invalid_arguments', ['missing required field: files']);
    const files = listed.map((one) => finished(workspace, one));
    const shown = files.map(({ id, name, title, length: size }) => ({
      id,
      name,
      title,
      size,
      mimetype: 'text/csv',
    }));
    if (args.has('channel_id')) {
      needScope(workspace, 'files:write');
      const channel = postableChannel(workspace, args.text('channel_id'));
      workspace.messages.post({
        channel: channel.id,
        user: workspace.app.botUserId,
        byApp: true,
        text: args.textOr('initial_comment', ''),
        files: shown,
      });
    }
    for (const file of files) file.completed = true;
    return { files: shown };
  },
};

function finished(workspace: Workspace, { id, title }: JsonObject): UploadedFile {
  const file = workspace.files.get(String(id));
  if (!file || file.completed) return refuse('file_not_found');
  if (!file.content) return refuse('file_upload_not_found');
  if (typeof title === 'string' && title !== '') file.title = title;
  return file;
}

export const fileMethods: Record<string, Method> = {
  'files.getUploadURLExternal': getUploadUrl,
  'files.completeUploadExternal': complete,
};

/** Step two: takes the bytes, as they are or as a form with one file. */
export async function serveUpload(
  key: string,
  request: IncomingMessage,
  response: ServerResponse,
  workspace: Workspace,
): Promise<void> {
  const file = [...workspace.files.values()].find((one) => one.key === key);
  const content = await contentOf(request);
  if (!file || file.content || content?.length !== file.length) {
    response.writeHead(file ? 400 : 404).end();
    return;
  }
  file.content = content;
  response.writeHead(200, { 'content-type': 'text/plain' }).end(`OK - ${content.length}`);
}

async function contentOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    if (!Buffer.isBuffer(part)) continue;
    size += part.length;
    if (size > MOST_BYTES) return undefined;
    parts.push(part);
  }
  const body = Buffer.concat(parts);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return body;
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  const [first] = [...form.values()];
  return typeof first === 'string' || first === undefined
    ? Buffer.from(first ?? '')
    : Buffer.from(await first.arrayBuffer());
}
