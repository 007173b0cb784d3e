import { randomBytes } from 'node:crypto';
import { openKeyFile } from './key-file.ts';

const KEY_FILE = 'console-sessions.key';

/** What sessions of the console are sealed with on one machine: 32 bytes of its own, made at the first start. */
export async function openSessionSecret(dataFolder: string): Promise<Uint8Array> {
  const text = await openKeyFile(dataFolder, KEY_FILE, () => `${randomBytes(32).toString('base64url')}\n`);
  return new Uint8Array(Buffer.from(text.trim(), 'base64url'));
}
