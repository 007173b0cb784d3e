import { decodeEntry, UndecodableEntry } from './decode.ts';
import type { StoredEntry } from './envelope.ts';
import { GENESIS, type Hash, leafHash, saltedHash } from './hashing.ts';
import type { CaseId, ItemId } from './ids.ts';

/** The newest entry of a stream: what to keep outside the operator's control, to show later that nothing was rewritten. */
export interface Head {
  readonly caseId: CaseId;
  readonly itemId: ItemId | null;
  readonly version: number;
  readonly hash: Hash;
}

export interface VerificationFault {
  readonly caseId: CaseId;
  readonly itemId: ItemId | null;
  readonly seq: number;
  readonly why: string;
}

export interface Verification {
  readonly entries: number;
  readonly heads: readonly Head[];
  /** The words of these entries are erased: their hash stands in the header, and cannot be recomputed. */
  readonly erased: number;
  /** The first entry that does not verify; undefined when all do. */
  readonly fault: VerificationFault | undefined;
}

export interface Verifier {
  /** Takes the next entry; each stream must come whole and in seq order. Later calls after a fault do nothing. */
  add(entry: StoredEntry): VerificationFault | undefined;
  result(): Verification;
}

/**
 * Recomputes every hash and link from the stored strings. It shows that a ledger is consistent; that it was not
 * rewritten as a whole, only heads kept elsewhere can show (`expected`).
 */
export function createVerifier(expected: readonly Head[] = []): Verifier {
  const heads: Head[] = [];
  let current: Head | undefined;
  let ledger: string | undefined;
  let entries = 0;
  let erased = 0;
  let fault: VerificationFault | undefined;
  /** Entries of the current stream whose words are gone, and those that a `TextErased` names. */
  let wordless: number[] = [];
  let announced = new Set<number>();
  const seen = new Set<string>();
  const kept = new Map<string, Hash>();
  for (const head of expected) kept.set(`${head.caseId}/${head.itemId ?? ''}/${head.version}`, head.hash);

  /** Words are gone by an erasure of their own stream, or they were taken away. */
  function takenAway(): VerificationFault | undefined {
    const seq = wordless.find((one) => !announced.has(one));
    if (seq === undefined || !current) return undefined;
    const { caseId, itemId } = current;
    return { caseId, itemId, seq, why: 'its words are gone, and no erasure names it' };
  }

  const follows = ({ caseId, itemId }: StoredEntry): boolean =>
    current?.caseId === caseId && current.itemId === (itemId ?? null);

  function check(entry: StoredEntry): string | undefined {
    const itemId = entry.itemId ?? null;
    const stream = `${entry.caseId}/${itemId ?? ''}`;
    if (!current || !follows(entry)) {
      if (current) heads.push(current);
      wordless = [];
      announced = new Set();
      if (seen.has(stream)) return 'the stream does not come in one piece';
      seen.add(stream);
      current = { caseId: entry.caseId, itemId, version: 0, hash: GENESIS };
    }
    if (entry.seq !== current.version + 1) return `it follows entry ${current.version}`;
    const decoded = tryDecode(entry);
    if (typeof decoded === 'string') return decoded;
    const { header } = decoded;
    ledger ??= header.ledger;
    if (header.ledger !== ledger) return 'it belongs to another ledger';
    if (header.prev !== current.hash) return 'prev is not the hash of the entry before';
    if (saltedHash(entry.dataSalt, entry.data) !== header.dataHash) return 'the data does not match its hash';
    if ((entry.text === undefined) !== (entry.textSalt === undefined)) return 'the text is half erased';
    if (decoded.event.known && decoded.event.type === 'TextErased') announced.add(decoded.event.data.target);
    if (entry.text === undefined || entry.textSalt === undefined) {
      erased += 1;
      wordless.push(entry.seq);
    } else if (saltedHash(entry.textSalt, entry.text) !== header.textHash)
      return 'the text does not match its hash';
    const hash = leafHash(entry.header);
    current = { ...current, version: entry.seq, hash };
    const known = kept.get(`${stream}/${entry.seq}`);
    if (known !== undefined && known !== hash) return 'the hash differs from the head that was kept';
    if (known !== undefined) kept.delete(`${stream}/${entry.seq}`);
    entries += 1;
    return undefined;
  }

  return {
    add(entry) {
      if (!fault && !follows(entry)) fault = takenAway();
      if (fault) return fault;
      const why = check(entry);
      if (why !== undefined)
        fault = { caseId: entry.caseId, itemId: entry.itemId ?? null, seq: entry.seq, why };
      return fault;
    },
    result() {
      const all = current ? [...heads, current] : heads;
      const missing = expected.find((head) =>
        kept.has(`${head.caseId}/${head.itemId ?? ''}/${head.version}`),
      );
      const gone = missing && {
        caseId: missing.caseId,
        itemId: missing.itemId,
        seq: missing.version,
        why: 'a head that was kept is not in the ledger',
      };
      return { entries, heads: all, erased, fault: fault ?? takenAway() ?? gone };
    },
  };
}

function tryDecode(entry: StoredEntry): ReturnType<typeof decodeEntry> | string {
  try {
    return decodeEntry(entry);
  } catch (error) {
    if (error instanceof UndecodableEntry) return error.message;
    throw error;
  }
}
