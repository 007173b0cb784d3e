import { readHeader, UndecodableEntry } from '../../domain/decode.ts';
import type { StoredEntry } from '../../domain/envelope.ts';
import type { EventRow } from '../../domain/ports.ts';
import { createVerifier, type Head, type VerificationFault } from '../../domain/verify.ts';
import type { CliContext } from './context.ts';
import { DamagedExport, isFolder } from './dynamodb-export.ts';
import { readTableExport } from './dynamodb-rows.ts';
import { BadLine, misrepresents, readEnvelopes } from './envelope-lines.ts';
import { headsDigest, readHeads } from './heads.ts';
import { readGiven } from './import.ts';
import { openLedger } from './open-ledger.ts';
import { inert, styled } from './output.ts';
import { isCode, refused } from './problems.ts';
import { progress } from './progress.ts';
import { give } from './result.ts';
import type { Verb } from './verb.ts';

export const verify: Verb = {
  name: 'verify',
  summary: 'Recomputes every hash and link of an export, or of the live ledger; names the first bad entry.',
  takes: ['[PATH]'],
  options: {
    heads: { type: 'string', value: 'FILE', help: 'compare with heads that were kept elsewhere' },
    ledger: {
      type: 'string',
      value: 'ID',
      help: 'the ledger must be this one; of the live ledger, else what its folder says',
    },
  },
  notes: [
    'PATH is a file that export wrote, or the folder of a full export that DynamoDB itself wrote to S3 as',
    'DYNAMODB_JSON, copied from its bucket; that is sorted in TMPDIR, which must have room for it unpacked.',
    'Without --heads it shows that the entries agree with each other, not that nothing was cut off or rewritten.',
  ],
  async run(args, context) {
    const kept = await keptHeads(args.text('heads'));
    const path = args.positional(0);
    const checked =
      path === undefined
        ? await verifyStore(context, kept, args.text('ledger'))
        : await verifyExport(context, path, kept, args.text('ledger'));
    const { heads, fault, why: found, ...counts } = checked;
    const empty = path !== undefined && counts.entries === 0 ? 'the export holds no entry' : undefined;
    const why = found ?? empty;
    const verified = why === undefined;
    const value = {
      verified,
      ...counts,
      comparedHeads: kept.length,
      headsSha256: headsDigest(heads),
      fault,
      why,
      heads,
    };
    const { stdout } = context;
    await give(context, args, value, [
      verified ? styled(stdout, 'green', 'verified') : styled(stdout, 'red', `not verified: ${inert(why)}`),
      `${counts.entries} entries in ${heads.length} streams, ${counts.erased} with words erased${counts.ledger ? `, ledger ${counts.ledger}` : ''}`,
      ...(verified ? [`heads sha256 ${headsDigest(heads)}`, claim(kept)] : []),
    ]);
    return verified ? 0 : 1;
  },
};

const claim = (kept: readonly Head[]): string =>
  kept.length === 0
    ? 'The entries agree with each other. Only heads kept elsewhere (--heads) can show that none was cut off or rewritten.'
    : `The entries agree with each other and with ${kept.length} heads kept elsewhere.`;

export interface Checked {
  readonly entries: number;
  readonly erased: number;
  readonly heads: readonly Head[];
  readonly ledger: string | undefined;
  readonly fault: VerificationFault | undefined;
  /** The first thing wrong, in words; undefined when all is well. */
  readonly why: string | undefined;
}

const place = ({ caseId, itemId, seq, why }: VerificationFault): string =>
  `entry ${caseId}/${itemId ?? 'case'}/${seq}: ${why.replace(/^entry \S+: /, '')}`;

/** Feeds the domain's verifier, and watches that all belong to the ledger that is asked for. */
export function createCheck(kept: readonly Head[], ledger: string | undefined) {
  const verifier = createVerifier(kept);
  let found: string | undefined;
  let foreign: VerificationFault | undefined;
  return {
    /** Undefined while all is well. */
    add(entry: StoredEntry): VerificationFault | undefined {
      const fault = verifier.add(entry);
      if (found === undefined && !fault) {
        const header = readHeader(entry.header);
        found = typeof header === 'string' ? undefined : header.ledger;
        if (ledger !== undefined && found !== ledger)
          foreign = {
            caseId: entry.caseId,
            itemId: entry.itemId ?? null,
            seq: entry.seq,
            why: `it belongs to ledger ${found}, not to ${ledger}`,
          };
      }
      return foreign ?? fault;
    },
    result(broken?: string): Checked {
      const { entries, erased, heads, fault } = verifier.result();
      // Where reading broke off, heads are missing for that reason alone.
      const first = foreign ?? (broken === undefined ? fault : undefined);
      return { entries, erased, heads, ledger: found, fault: first, why: first ? place(first) : broken };
    },
  };
}

const verifyExport: typeof verifyFile = async (context, path, kept, ledger) =>
  (await isFolder(path))
    ? verifyTableExport(context, path, kept, ledger)
    : verifyFile(context, path, kept, ledger);

export async function verifyFile(
  context: CliContext,
  path: string,
  kept: readonly Head[],
  ledger: string | undefined,
): Promise<Checked> {
  const check = createCheck(kept, ledger);
  const shown = progress(context, 'entries verified');
  let seen = 0;
  try {
    for await (const line of readEnvelopes(path)) {
      if (check.add(line.entry)) return check.result();
      const wrong = misrepresents(line);
      if (wrong !== undefined) {
        const { caseId, itemId, seq } = line.entry;
        return check.result(place({ caseId, itemId: itemId ?? null, seq, why: wrong }));
      }
      seen += 1;
      shown.at(seen);
    }
  } catch (error) {
    if (error instanceof BadLine) return check.result(error.message);
    if (isCode(error, 'ENOENT', 'EISDIR', 'EACCES'))
      throw refused('file-unreadable', `${path} cannot be read`);
    throw error;
  }
  await shown.end(seen);
  return check.result();
}

async function verifyTableExport(
  context: CliContext,
  folder: string,
  kept: readonly Head[],
  ledger: string | undefined,
): Promise<Checked> {
  const check = createCheck(kept, ledger);
  try {
    return await verifyRows(context, readTableExport(folder, undefined, context), check);
  } catch (error) {
    if (error instanceof DamagedExport) return check.result(error.message);
    throw error;
  }
}

async function verifyRows(
  context: CliContext,
  pages: AsyncIterable<readonly EventRow[]>,
  check: ReturnType<typeof createCheck>,
): Promise<Checked> {
  const shown = progress(context, 'entries verified');
  let seen = 0;
  for await (const page of pages) {
    for (const { entry } of page) if (check.add(entry)) return check.result();
    seen += page.length;
    shown.at(seen);
  }
  await shown.end(seen);
  return check.result();
}

async function verifyStore(
  context: CliContext,
  kept: readonly Head[],
  ledger: string | undefined,
): Promise<Checked> {
  const { ledger: own, store } = await openLedger(context);
  try {
    return await verifyRows(context, store.events.scan(), createCheck(kept, ledger ?? own));
  } catch (error) {
    if (error instanceof UndecodableEntry) return createCheck([], undefined).result(error.message);
    throw error;
  } finally {
    await store.close();
  }
}

async function keptHeads(path: string | undefined): Promise<readonly Head[]> {
  if (path === undefined) return [];
  const heads = readHeads(Buffer.from(await readGiven(path)).toString('utf8'));
  if (!heads) throw refused('no-heads', `${path} holds no heads`);
  return heads;
}
