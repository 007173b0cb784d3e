import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { CHINA } from '../../domain/dates.ts';
import type { LedgerIdentity } from '../app/dependencies.ts';

const LEDGER_FILE = 'ledger.json';

/** The folder's ledger.json is not one of ours. */
export class NotALedger extends Error {
  override readonly name = 'NotALedger';
}

/** Reads the identity of the ledger in a folder, or makes one at first start: random, and never changed again. */
export async function openLedgerFile(folder: string, now: () => number): Promise<LedgerIdentity> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, LEDGER_FILE);
  const known = await readIfThere(file);
  if (known !== undefined) return parse(file, known);
  const identity = {
    ledger: randomBytes(16).toString('base64url'),
    zoneOffset: CHINA,
    createdAt: new Date(now()).toISOString(),
  };
  // Not named by the pid: in a container that is the same after a crash.
  const draft = `${file}.${randomUUID()}`;
  const handle = await open(draft, 'wx', 0o600);
  await handle.writeFile(`${JSON.stringify(identity)}\n`);
  await handle.sync();
  await handle.close();
  try {
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(draft);
  }
  return parse(file, await readFile(file, 'utf8'));
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function parse(file: string, text: string): LedgerIdentity {
  try {
    const { ledger, zoneOffset } = JSON.parse(text) as { ledger?: unknown; zoneOffset?: unknown };
    if (typeof ledger === 'string' && /^[A-Za-z0-9_-]{22}$/.test(ledger) && Number.isInteger(zoneOffset)) {
      return { ledger, zone: zoneOffset as number };
    }
  } catch {
    // No JSON: the same answer as for a file that holds something else.
  }
  throw new NotALedger(`${file} is not a ledger's identity file`);
}
