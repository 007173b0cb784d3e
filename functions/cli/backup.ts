import { copyFile, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isSettled, TOLERATED_SKEW_MS } from '../../domain/cut.ts';
import { type Instant, instantOf } from '../../domain/dates.ts';
import { readHeader } from '../../domain/decode.ts';
import type { EventStore } from '../../domain/ports.ts';
import { syncFolder, writeDurably } from '../identity/durable.ts';
import { KEYS_FOLDER } from '../identity/key-file.ts';
import {
  type ArchivedFile,
  describeFile,
  ENTRIES,
  FORMAT,
  IDENTITY,
  MANIFEST,
  type Manifest,
} from './archive.ts';
import type { CliContext } from './context.ts';
import { envelopeLine } from './envelope-lines.ts';
import { headsDigest } from './heads.ts';
import { openLedger } from './open-ledger.ts';
import { styled } from './output.ts';
import { isCode, refused } from './problems.ts';
import { progress } from './progress.ts';
import { give } from './result.ts';
import type { Verb } from './verb.ts';
import { type Checked, createCheck } from './verify.ts';

export const backup: Verb = {
  name: 'backup',
  summary: 'Copies the ledger and its keys into a new folder, beside a live server if there is one.',
  takes: ['FOLDER'],
  options: {},
  notes: [
    'FOLDER must not be there; it appears once it is whole and verified, and holds secret keys: guard it as you guard the ledger.',
    `Waits ${TOLERATED_SKEW_MS / 1000} s, until no writer can still record before the instant of the backup.`,
  ],
  async run(args, context) {
    const folder = resolve(args.positional(0) ?? '');
    const partial = `${folder}.partial`;
    const { ledger, store } = await openLedger(context);
    try {
      await mkdir(dirname(folder), { recursive: true });
      await refuseExisting(folder, partial);
      const manifest = await fill(partial, ledger, store.events, context).catch(async (error: unknown) => {
        await rm(partial, { recursive: true, force: true });
        throw error;
      });
      await rename(partial, folder).catch((error: unknown) => {
        throw isCode(error, 'ENOTEMPTY', 'EEXIST', 'ENOTDIR') ? taken(folder) : error;
      });
      await syncFolder(dirname(folder));
      const headsSha256 = headsDigest(manifest.heads);
      await give(context, args, { folder, ...manifest, headsSha256 }, [
        styled(context.stdout, 'green', `${manifest.entries} entries in ${folder}, as of ${manifest.cut}`),
        `heads sha256 ${headsSha256}`,
      ]);
      return 0;
    } finally {
      await store.close();
    }
  },
};

const taken = (path: string) => refused('backup-exists', `${path} is there already`);

async function refuseExisting(folder: string, partial: string): Promise<void> {
  const names = await readdir(dirname(folder));
  if (names.some((name) => join(dirname(folder), name) === folder)) throw taken(folder);
  try {
    await mkdir(partial, { mode: 0o700 });
  } catch (error) {
    if (isCode(error, 'EEXIST'))
      throw refused(
        'backup-exists',
        `${partial} is left of an interrupted backup, or one is being made; remove it if not`,
      );
    throw error;
  }
}

async function fill(
  folder: string,
  ledger: string,
  events: EventStore,
  context: CliContext,
): Promise<Manifest> {
  const cut = await settledNow(context);
  const checked = await writeEntries(join(folder, ENTRIES), cut, ledger, events, context);
  const { dataFolder } = context.settings;
  await copyDurably(join(dataFolder, IDENTITY), join(folder, IDENTITY));
  const keys = await copyKeys(join(dataFolder, KEYS_FOLDER), join(folder, KEYS_FOLDER));
  const files: ArchivedFile[] = [];
  for (const path of [ENTRIES, IDENTITY, ...keys.map((name) => `${KEYS_FOLDER}/${name}`)])
    files.push(await describeFile(folder, path));
  const { entries, erased, heads } = checked;
  const manifest: Manifest = { format: FORMAT, ledger, cut, entries, erased, heads, files };
  await writeDurably(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
  await syncFolder(folder);
  return manifest;
}

/** Now, once no writer within the tolerated skew can still stamp an entry before it. */
async function settledNow(context: CliContext): Promise<Instant> {
  const cut = instantOf(context.now());
  await context.stderr.write(`waiting until ${cut} is settled\n`);
  while (!isSettled({ recordedAsOf: cut }, instantOf(context.now()))) await context.wait(250);
  return cut;
}

/**
 * Streams are append-only and recorded in order, so what is kept of each is a beginning of it, whatever is
 * appended meanwhile. Verified as it goes: a copy that could not be restored is not made.
 */
async function writeEntries(
  path: string,
  cut: Instant,
  ledger: string,
  events: EventStore,
  context: CliContext,
): Promise<Checked> {
  const check = createCheck([], ledger);
  const shown = progress(context, 'entries copied');
  const file = await open(path, 'wx', 0o600);
  let copied = 0;
  try {
    for await (const page of events.scan()) {
      let text = '';
      for (const { entry } of page) {
        const header = readHeader(entry.header);
        if (typeof header !== 'string' && header.recordedAt > cut) continue;
        if (check.add(entry))
          throw refused('not-verified', `the ledger does not verify: ${check.result().why}`);
        text += envelopeLine(entry);
        copied += 1;
      }
      await file.appendFile(text);
      shown.at(copied);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  await shown.end(copied);
  const checked = check.result();
  if (checked.why !== undefined) throw refused('not-verified', `the ledger does not verify: ${checked.why}`);
  return checked;
}

export async function copyDurably(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  const file = await open(to, 'r+');
  try {
    await file.chmod(0o600);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Copies the files of a folder of keys, where there is one; gives their names. */
export async function copyKeys(from: string, to: string): Promise<readonly string[]> {
  const found = await readdir(from, { withFileTypes: true }).catch((error: unknown) => {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  });
  if (!found) return [];
  // What a start in progress has not yet put in place has a name of its own beside it.
  const names = found
    .filter((entry) => entry.isFile() && /\.pem$/.test(entry.name))
    .map((entry) => entry.name);
  await mkdir(to, { mode: 0o700 });
  for (const name of names) await copyDurably(join(from, name), join(to, name));
  await syncFolder(to);
  return names.sort();
}
