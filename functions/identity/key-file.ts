import { randomUUID } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder, writeDurably } from './durable.ts';

/** The folder of secrets inside a data folder; a backup takes it along. */
export const KEYS_FOLDER = 'keys';

/**
 * The text of a key file, made at the first start and never again: of several processes that start at once one
 * makes it, by link(2), and all use it. Durable when resolved; folder 0700, file 0600.
 */
export async function openKeyFile(dataFolder: string, name: string, make: () => string): Promise<string> {
  const folder = join(dataFolder, KEYS_FOLDER);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const known = await readKeyFile(dataFolder, name);
  if (known !== undefined) return known;
  const draft = join(folder, `${name}.${randomUUID()}`);
  try {
    await writeDurably(draft, make());
    await link(draft, join(folder, name)).catch((error: unknown) => {
      if (!isCode(error, 'EEXIST')) throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
  await syncFolder(folder);
  const made = await readKeyFile(dataFolder, name);
  if (made === undefined) throw new Error(`the key in ${folder} vanished as it was made`);
  return made;
}

/** The text of a key file; undefined where there is none or we may not read it. */
export async function readKeyFile(dataFolder: string, name: string): Promise<string | undefined> {
  try {
    return await readFile(join(dataFolder, KEYS_FOLDER, name), 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'EACCES') || isCode(error, 'ENOTDIR')) return undefined;
    throw error;
  }
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
