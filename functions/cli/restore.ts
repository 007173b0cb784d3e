import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { syncFolder } from '../identity/durable.ts';
import { KEYS_FOLDER } from '../identity/key-file.ts';
import { acquireLock, FolderInUse, type Lock } from '../local/lock.ts';
import { ENTRIES, IDENTITY, type Manifest, readArchive } from './archive.ts';
import { copyDurably, copyKeys } from './backup.ts';
import type { CliContext } from './context.ts';
import { headsDigest } from './heads.ts';
import { loadEntries } from './load.ts';
import { styled } from './output.ts';
import { isCode, refused } from './problems.ts';
import { progress } from './progress.ts';
import { give } from './result.ts';
import { completeRestore, putInPlace } from './swap.ts';
import type { Verb } from './verb.ts';
import { type Checked, createCheck, verifyFile } from './verify.ts';

export const restore: Verb = {
  name: 'restore',
  summary: 'Verifies a backup and puts it in place as a data folder; no server may be using that.',
  takes: ['FOLDER'],
  options: {
    into: { type: 'string', value: 'DATA', help: 'the data folder to make' },
    replace: { type: 'boolean', help: 'when DATA holds something: keep that as DATA.replaced-<time>' },
  },
  required: ['into'],
  notes: [
    'Nothing is replaced before the backup is verified, loaded beside DATA and read back.',
    'Interrupted at any point, DATA is either as it was or restored.',
  ],
  async run(args, context) {
    const folder = resolve(args.positional(0) ?? '');
    const target = resolve(args.text('into') ?? '');
    const manifest = await readArchive(folder);
    mustMatch(
      manifest,
      await verifyFile(context, join(folder, ENTRIES), manifest.heads, manifest.ledger),
      'backup-damaged',
    );
    await mkdir(dirname(target), { recursive: true });
    await completeRestore(target);
    const lock = await holdTarget(target, args.has('replace'));
    const staging = `${target}.restoring-${randomUUID().slice(0, 8)}`;
    try {
      await mkdir(staging, { mode: 0o700 });
      await fill(staging, folder, manifest, context);
    } catch (error) {
      await rm(staging, { recursive: true, force: true });
      await lock?.release();
      throw error;
    }
    // From here on nothing is tidied away: what is staged may be the ledger already.
    const replaced = await putInPlace(staging, target, lock !== undefined, context.now());
    const { entries, cut, ledger } = manifest;
    const headsSha256 = headsDigest(manifest.heads);
    await give(
      context,
      args,
      { data: target, entries, cut, ledger, headsSha256, replaced: replaced ?? null },
      [
        styled(
          context.stdout,
          'green',
          `${entries} entries in ${target}, as of ${cut}, read back and verified`,
        ),
        `heads sha256 ${headsSha256}`,
        ...(replaced ? [`what was there is kept in ${replaced}`] : []),
      ],
    );
    return 0;
  },
};

/** The lock of a folder that holds something; undefined where there is none, or an empty one. */
async function holdTarget(target: string, replace: boolean): Promise<Lock | undefined> {
  const names = await readdir(target).catch((error: unknown) => {
    if (isCode(error, 'ENOENT')) return [];
    if (isCode(error, 'ENOTDIR')) throw refused('target-not-empty', `${target} is no folder`);
    throw error;
  });
  const [here, above] = await Promise.all([deviceOf(target), deviceOf(dirname(target))]);
  if (here !== undefined && here !== above)
    throw refused(
      'target-is-mount',
      `${target} is a mount point, which cannot be swapped; name a folder in it`,
    );
  if (names.length === 0) return undefined;
  if (!replace) throw refused('target-not-empty', `${target} holds something; --replace moves it aside`);
  try {
    return await acquireLock(target);
  } catch (error) {
    if (error instanceof FolderInUse)
      throw refused('target-in-use', `${error.message.replace(/\.$/, '')}; stop it first`);
    throw error;
  }
}

async function deviceOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).dev;
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

async function fill(staging: string, folder: string, manifest: Manifest, context: CliContext): Promise<void> {
  await copyDurably(join(folder, IDENTITY), join(staging, IDENTITY));
  await copyKeys(join(folder, KEYS_FOLDER), join(staging, KEYS_FOLDER));
  await syncFolder(staging);
  const store = await context.openFreshStore(staging);
  try {
    const loading = progress(context, 'entries loaded', manifest.entries);
    await loadEntries(join(folder, ENTRIES), store.events, loading.at);
    await loading.end(manifest.entries);
    await store.rebuild(() => {});
    const check = createCheck(manifest.heads, manifest.ledger);
    for await (const page of store.events.scan()) for (const { entry } of page) check.add(entry);
    mustMatch(manifest, check.result(), 'restore-failed');
  } finally {
    await store.close();
  }
  await syncFolder(staging);
}

/** The same entries, no more and no less: they verify, and end in the same heads. */
function mustMatch(manifest: Manifest, checked: Checked, code: string): void {
  if (checked.why !== undefined) throw refused(code, checked.why);
  if (checked.entries !== manifest.entries || headsDigest(checked.heads) !== headsDigest(manifest.heads))
    throw refused(
      code,
      `the manifest says ${manifest.entries} entries; ${checked.entries} were found, or other heads`,
    );
}
