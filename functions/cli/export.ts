import { type FileHandle, open, rm } from 'node:fs/promises';
import type { StoredEntry } from '../../domain/envelope.ts';
import type { CaseId } from '../../domain/ids.ts';
import type { EventRow, EventStore } from '../../domain/ports.ts';
import type { CliContext } from './context.ts';
import { DamagedExport, isFolder } from './dynamodb-export.ts';
import { readTableExport } from './dynamodb-rows.ts';
import { BadLine, envelopeLine, readEnvelopes } from './envelope-lines.ts';
import { collectHeads, type HeadCollector, headLines, headsDigest } from './heads.ts';
import { openLedger } from './open-ledger.ts';
import { styled } from './output.ts';
import { isCode, refused, UsageError } from './problems.ts';
import { progress } from './progress.ts';
import { give } from './result.ts';
import type { Arguments, Verb } from './verb.ts';

export const exportLedger: Verb = {
  name: 'export',
  summary: 'Writes every entry with its exact strings, salts and hashes as NDJSON, and prints the heads.',
  takes: [],
  options: {
    out: { type: 'string', value: 'FILE', help: 'where to; - is standard output' },
    case: { type: 'string', value: 'ID', help: 'only this case' },
    resume: { type: 'boolean', help: 'go on with FILE after an interruption' },
    from: {
      type: 'string',
      value: 'FOLDER',
      help: 'not of the ledger: of a full export that DynamoDB itself wrote',
    },
  },
  required: ['out'],
  notes: [
    'Keep the heads where the operator of the ledger cannot write: verify --heads compares with them later.',
    'With --out - the heads go to standard error.',
    '--from takes the folder as verify does, and refuses files that are not as DynamoDB wrote them; whether the',
    'entries agree with each other only verify tells.',
  ],
  async run(args, context) {
    const out = args.text('out') ?? '';
    const caseId = args.optionalCaseId();
    if (out === '' || (out === '-' && (args.has('resume') || args.json)))
      throw new UsageError('--out - goes with neither --resume nor --json');
    const from = args.text('from');
    if (from !== undefined) {
      if (args.has('resume')) throw new UsageError('--from does not go with --resume');
      const heads = await convert(from, out, caseId, context);
      await report(heads, 0, out, args, context);
      return 0;
    }
    const { store } = await openLedger(context);
    try {
      if (caseId !== undefined && (await store.events.newest({ caseId }, 1)).length === 0)
        throw refused('case-not-found', `there is no case ${caseId}`);
      if (out === '-') {
        const heads = collectHeads();
        await writeAll(pages(store.events, caseId), heads, context, (text) => context.stdout.write(text));
        await report(heads, 0, out, args, context);
        return 0;
      }
      const { heads, resumedAfter } = await toFile(out, args.has('resume'), store.events, caseId, context);
      await report(heads, resumedAfter, out, args, context);
      return 0;
    } finally {
      await store.close();
    }
  },
};

async function report(
  heads: HeadCollector,
  resumedAfter: number,
  out: string,
  args: Arguments,
  context: CliContext,
): Promise<void> {
  const all = heads.heads();
  const lines = [`# ${all.length} heads, sha256 ${headsDigest(all)}: keep them elsewhere`, ...headLines(all)];
  if (out === '-') {
    await context.stderr.write(lines.map((line) => `${line}\n`).join(''));
    return;
  }
  const value = { entries: heads.entries, resumedAfter, headsSha256: headsDigest(all), heads: all };
  const first = styled(context.stdout, 'green', `# ${heads.entries} entries in ${out}`);
  await give(context, args, value, [first, ...lines]);
}

/** Where it fails it leaves no file: unlike the ledger's, this export cannot be gone on with. */
async function convert(
  from: string,
  out: string,
  caseId: CaseId | undefined,
  context: CliContext,
): Promise<HeadCollector> {
  if (!(await isFolder(from))) throw refused('file-unreadable', `${from} is no folder`);
  const heads = collectHeads();
  const file = out === '-' ? undefined : await openOut(out, false);
  try {
    const write = (text: string) => (file ? append(file, text) : context.stdout.write(text));
    await writeAll(readTableExport(from, caseId, context), heads, context, write);
    if (caseId !== undefined && heads.entries === 0)
      throw refused('case-not-found', `there is no case ${caseId} in ${from}`);
    await file?.sync();
  } catch (error) {
    if (file) await rm(out);
    throw error instanceof DamagedExport ? refused('export-damaged', `${from}: ${error.message}`) : error;
  } finally {
    await file?.close();
  }
  return heads;
}

async function toFile(
  path: string,
  resume: boolean,
  events: EventStore,
  caseId: CaseId | undefined,
  context: CliContext,
): Promise<{ heads: HeadCollector; resumedAfter: number }> {
  const heads = collectHeads();
  const file = await openOut(path, resume);
  try {
    const last = resume ? await keepComplete(path, file, heads, events, caseId) : undefined;
    const resumedAfter = heads.entries;
    await writeAll(pages(events, caseId, last), heads, context, (text) => append(file, text));
    await file.sync();
    return { heads, resumedAfter };
  } finally {
    await file.close();
  }
}

async function openOut(path: string, resume: boolean): Promise<FileHandle> {
  try {
    // Inspection data: for its owner only. Appending, so that nothing that stands can be written over.
    return await open(path, resume ? 'a' : 'ax', 0o600);
  } catch (error) {
    if (isCode(error, 'EEXIST'))
      throw refused('file-exists', `${path} is there already; --resume goes on with it`);
    if (isCode(error, 'ENOENT', 'EACCES', 'EISDIR'))
      throw refused('file-unwritable', `${path} cannot be written`);
    throw error;
  }
}

async function append(file: FileHandle, text: string): Promise<void> {
  await file.appendFile(text);
}

/** Keeps the complete lines, cuts a torn last one, and gives the entry to go on after. */
async function keepComplete(
  path: string,
  file: FileHandle,
  heads: HeadCollector,
  events: EventStore,
  caseId: CaseId | undefined,
): Promise<StoredEntry | undefined> {
  let last: StoredEntry | undefined;
  let end = 0;
  try {
    for await (const line of readEnvelopes(path)) {
      if (caseId !== undefined && line.entry.caseId !== caseId)
        throw refused('another-export', `${path} holds case ${line.entry.caseId}`);
      heads.add(line.entry);
      last = line.entry;
      end = line.end;
    }
  } catch (error) {
    if (!(error instanceof BadLine)) throw error;
    if (!error.torn) throw refused('another-export', `${path} is no export: ${error.message}`);
  }
  const row = last && (await events.row(last, last.seq));
  if (last && row?.entry.header !== last.header)
    throw refused('another-export', `${path} was not exported from this ledger`);
  await file.truncate(end);
  return last;
}

/** Lines are written in the order of the store, so an export cut off anywhere goes on to the same bytes. */
async function writeAll(
  rows: AsyncIterable<readonly EventRow[]>,
  heads: HeadCollector,
  context: CliContext,
  write: (text: string) => Promise<void>,
): Promise<void> {
  const shown = progress(context, 'entries exported');
  for await (const page of rows) {
    let text = '';
    for (const { entry } of page) {
      heads.add(entry);
      text += envelopeLine(entry);
    }
    if (text !== '') await write(text);
    shown.at(heads.entries);
  }
  await shown.end(heads.entries);
}

async function* pages(
  events: EventStore,
  caseId: CaseId | undefined,
  after?: StoredEntry,
): AsyncIterable<readonly EventRow[]> {
  if (caseId === undefined) {
    yield* events.scan(after && { caseId: after.caseId, itemId: after.itemId, seq: after.seq });
    return;
  }
  for await (const page of events.partition(caseId, 'all')) {
    yield after === undefined ? page : page.filter(({ entry }) => isLater(entry, after));
  }
}

/** Within a case: its own stream first, then each item's. */
function isLater(entry: StoredEntry, than: StoredEntry): boolean {
  const [one, other] = [entry.itemId ?? '', than.itemId ?? ''];
  return one === other ? entry.seq > than.seq : one > other;
}
