import { readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isRecord } from '../../domain/fields.ts';
import { syncFolder, writeDurably } from '../identity/durable.ts';
import { readLock } from '../local/lock.ts';
import { isCode, refused } from './problems.ts';

/**
 * Two folders cannot trade names in one step here. So an intention is written down first; whoever opens the data
 * folder next completes it. Until the old folder is moved aside the old ledger counts, from then on the new one.
 */
const intentionOf = (target: string): string => `${target}.restore.json`;

/**
 * Gives the staged folder the target's name. Where that holds something, the caller has its lock, never releases
 * it (it moves aside with the folder) and is told where it is kept.
 */
export async function putInPlace(
  staging: string,
  target: string,
  occupied: boolean,
  now: number,
): Promise<string | undefined> {
  if (!occupied) {
    // rename(2) takes the place of an empty folder, never of one that somebody has begun to fill.
    if (!(await renamed(staging, target))) {
      await rm(staging, { recursive: true, force: true });
      throw refused('target-not-empty', `${target} was filled meanwhile`);
    }
    await syncFolder(dirname(target));
    return undefined;
  }
  const replaced = `${target}.replaced-${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}`;
  await rm(intentionOf(target), { force: true });
  await writeDurably(intentionOf(target), `${JSON.stringify({ staging: basename(staging) })}\n`);
  await syncFolder(dirname(target));
  await rename(target, replaced);
  await syncFolder(dirname(target));
  await completeRestore(target);
  return replaced;
}

/**
 * To be called before a data folder is opened or made: completes a restore that was killed between its two
 * renames. Does nothing anywhere else, and may run in several processes at once.
 */
export async function completeRestore(target: string): Promise<void> {
  const staging = await intended(target);
  if (staging === undefined) return;
  const parent = dirname(target);
  const free = await renamed(join(parent, staging), target);
  // Not moved aside yet: the old ledger counts. While its holder lives this may be the restore itself.
  if (!free && (await readLock(target))) return;
  await syncFolder(parent);
  await rm(intentionOf(target), { force: true });
  await syncFolder(parent);
}

/** False when the target is occupied. A source that is gone was moved by somebody else: done as well. */
async function renamed(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
  } catch (error) {
    if (isCode(error, 'ENOTEMPTY', 'EEXIST', 'ENOTDIR')) return false;
    if (!isCode(error, 'ENOENT')) throw error;
  }
  return true;
}

async function intended(target: string): Promise<string | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(intentionOf(target), 'utf8'));
    if (!isRecord(value) || typeof value.staging !== 'string') return undefined;
    return value.staging.startsWith(`${basename(target)}.restoring-`) && !value.staging.includes('/')
      ? value.staging
      : undefined;
  } catch (error) {
    // Half an intention was written before anything was moved.
    if (error instanceof SyntaxError || isCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  }
}
