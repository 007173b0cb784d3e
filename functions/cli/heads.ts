import { createHash } from 'node:crypto';
import type { StoredEntry } from '../../domain/envelope.ts';
import { isRecord } from '../../domain/fields.ts';
import { hash, leafHash } from '../../domain/hashing.ts';
import { caseId, itemId } from '../../domain/ids.ts';
import type { Head } from '../../domain/verify.ts';

/** Collects the newest entry of every stream, as entries go by. */
export interface HeadCollector {
  add(entry: StoredEntry): void;
  readonly entries: number;
  heads(): readonly Head[];
}

export function collectHeads(): HeadCollector {
  // Headers alone: there are as many streams as issues, and an entry may take 32 KiB.
  const newest = new Map<string, Pick<StoredEntry, 'caseId' | 'itemId' | 'seq' | 'header'>>();
  let entries = 0;
  return {
    add({ caseId, itemId, seq, header }) {
      newest.set(`${caseId}/${itemId ?? ''}`, { caseId, itemId, seq, header });
      entries += 1;
    },
    get entries() {
      return entries;
    },
    heads: () =>
      [...newest.values()].map((entry) => ({
        caseId: entry.caseId,
        itemId: entry.itemId ?? null,
        version: entry.seq,
        hash: leafHash(entry.header),
      })),
  };
}

const streamOf = (head: Head): string =>
  head.itemId === null ? head.caseId : `${head.caseId}/${head.itemId}`;

/** One head a line, `<case>[/<item>] <version> <hash>`, sorted: to be kept where the operator cannot write. */
export const headLines = (heads: readonly Head[]): string[] =>
  heads.map((head) => `${streamOf(head)} ${head.version} ${head.hash}`).sort();

/** SHA-256 of the sorted lines: one value that is short enough for paper. */
export const headsDigest = (heads: readonly Head[]): string =>
  createHash('sha256')
    .update(`${headLines(heads).join('\n')}\n`)
    .digest('hex');

/** Heads as this command line prints them: their lines, or the JSON of export, verify or a backup's manifest. */
export function readHeads(text: string): readonly Head[] | undefined {
  const heads = text.trimStart().startsWith('{') ? fromJson(text) : fromLines(text);
  return heads.length > 0 && heads.every((head) => head !== undefined) ? heads : undefined;
}

function fromJson(text: string): readonly (Head | undefined)[] {
  try {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value) || !Array.isArray(value.heads)) return [];
    return value.heads.map((head: unknown) =>
      isRecord(head) ? readHead(head.caseId, head.itemId, head.version, head.hash) : undefined,
    );
  } catch {
    return [];
  }
}

function fromLines(text: string): readonly (Head | undefined)[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return lines.map((line) => {
    const [stream = '', version = '', digest, ...more] = line.trim().split(/\s+/);
    const [inCase, item = null, ...deeper] = stream.split('/');
    return more.length + deeper.length > 0 ? undefined : readHead(inCase, item, Number(version), digest);
  });
}

function readHead(inCase: unknown, item: unknown, version: unknown, digest: unknown): Head | undefined {
  const id = typeof inCase === 'string' ? caseId(inCase) : undefined;
  const ofItem = typeof item === 'string' ? itemId(item) : null;
  const link = typeof digest === 'string' ? hash(digest) : undefined;
  if (!id || ofItem === undefined || !link || !Number.isSafeInteger(version) || Number(version) < 1)
    return undefined;
  return { caseId: id, itemId: ofItem, version: Number(version), hash: link };
}
