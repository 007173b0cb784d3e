import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive, processIdentity } from './process-identity.ts';

/** What a running server says of itself to a second start and to the CLI. */
export interface LockInfo {
  readonly pid: number;
  /** RFC 3339, UTC: when the lock was taken. */
  readonly startedAt: string;
  /** Where people reach the server, once it listens. */
  readonly url?: string | undefined;
  /** Where its database engine listens, once it runs. */
  readonly engineEndpoint?: string | undefined;
}

export interface Lock {
  /** Durable when resolved: readers see the old or the new record, never half of one. */
  update(info: Pick<LockInfo, 'url' | 'engineEndpoint'>): Promise<void>;
  /** Frees the folder. Safe to call twice. */
  release(): Promise<void>;
}

/** Another live process serves this folder. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
  readonly holder: LockInfo;
  constructor(folder: string, holder: LockInfo) {
    super(
      `${folder} is in use by process ${holder.pid}` +
        (holder.url === undefined
          ? ', which is starting or stopping.'
          : `, which serves it at ${holder.url}`),
    );
    this.holder = holder;
  }
}

/** As stored: `process` tells a live holder from a later process that was given the same pid. */
type Stored = LockInfo & { readonly process: string; readonly released?: true };

/**
 * Takes the folder (made when absent, mode 0700) for this process, or takes it over from a dead one.
 *
 * The record is `lock.<n>`, mode 0600, and the highest n counts. A taker that finds it free or its holder dead
 * creates n + 1 by link(2), which only one of several can do. The highest record is never deleted, only marked
 * released, so n never falls; a taker delayed so long that its n + 1 was taken, released and tidied away sees a
 * higher one after its link and withdraws. A single file could not do this: between reading a stale record and
 * replacing it, somebody else may have put a live one there.
 *
 * @throws FolderInUse
 */
export async function acquireLock(
  folder: string,
  info: Pick<LockInfo, 'url' | 'engineEndpoint'> = {},
): Promise<Lock> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const mine: Stored = {
    pid: process.pid,
    startedAt: new Date().toISOString(),
    ...info,
    process: await processIdentity(process.pid),
  };
  for (;;) {
    const current = await highest(folder);
    if (current.stored !== undefined && (await isHeld(current.stored))) {
      throw new FolderInUse(folder, publicPart(current.stored));
    }
    const own = current.n + 1;
    const draft = await writeDraft(folder, mine);
    try {
      await link(draft, join(folder, `lock.${own}`));
    } catch (error) {
      // EEXIST: another taker was first. ENOENT: it was, and has tidied our draft away.
      if (!isCode(error, 'EEXIST') && !isCode(error, 'ENOENT')) throw error;
      continue;
    } finally {
      await rm(draft, { force: true });
    }
    if ((await highest(folder)).n === own) {
      await tidy(folder, own);
      return held(folder, own, mine);
    }
    await rm(join(folder, `lock.${own}`), { force: true });
  }
}

/** The live holder of the folder, or undefined when nobody serves it. */
export async function readLock(folder: string): Promise<LockInfo | undefined> {
  const { stored } = await highest(folder);
  return stored !== undefined && (await isHeld(stored)) ? publicPart(stored) : undefined;
}

function held(folder: string, n: number, first: Stored): Lock {
  let record = first;
  const write = async (next: Stored): Promise<void> => {
    record = next;
    await rename(await writeDraft(folder, next), join(folder, `lock.${n}`));
  };
  return {
    update: (info) => write({ ...record, ...info }),
    release: async () => {
      if (record.released !== true) await write({ ...record, released: true });
    },
  };
}

async function highest(folder: string): Promise<{ n: number; stored: Stored | undefined }> {
  const n = Math.max(0, ...(await names(folder)).map(number));
  if (n === 0) return { n, stored: undefined };
  try {
    return { n, stored: JSON.parse(await readFile(join(folder, `lock.${n}`), 'utf8')) as Stored };
  } catch (error) {
    // Tidied away since it was listed, by the holder of a higher one; or not ours, which counts as free.
    if (isCode(error, 'ENOENT')) return highest(folder);
    if (error instanceof SyntaxError) return { n, stored: undefined };
    throw error;
  }
}

/** Records below ours and drafts of takers that lost or died. A live loser's draft may go too: it looks again. */
async function tidy(folder: string, own: number): Promise<void> {
  for (const name of await names(folder)) {
    if (name.startsWith('lock.draft.') || (number(name) > 0 && number(name) < own)) {
      await rm(join(folder, name), { force: true });
    }
  }
}

async function names(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.startsWith('lock.'));
  } catch (error) {
    if (isCode(error, 'ENOENT')) return [];
    throw error;
  }
}

const number = (name: string): number => (/^lock\.\d{1,9}$/.test(name) ? Number(name.slice(5)) : 0);

async function writeDraft(folder: string, stored: Stored): Promise<string> {
  const path = join(folder, `lock.draft.${randomUUID()}`);
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(stored)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  return path;
}

async function isHeld(stored: Stored): Promise<boolean> {
  return stored.released !== true && (await isAlive(stored.pid, stored.process));
}

function publicPart({ pid, startedAt, url, engineEndpoint }: Stored): LockInfo {
  return { pid, startedAt, ...(url && { url }), ...(engineEndpoint && { engineEndpoint }) };
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
