import type { Actor } from './actor.ts';
import { canonical, type Json } from './canonical.ts';
import type { Instant, PartialDate } from './dates.ts';
import type { Source } from './events.ts';
import { type Hash, leafHash, saltedHash } from './hashing.ts';
import type { CaseId, ItemId } from './ids.ts';

/** The members of a header, exactly; what is hashed is its RFC 8785 form, kept as a string. */
export interface Header {
  readonly actor: Actor;
  readonly alg: 'sha256';
  readonly caseId: CaseId;
  readonly commandId: string;
  readonly dataHash: Hash;
  readonly itemId?: ItemId | undefined;
  /** The deployment: 128 random bits as 22 characters of base64url. */
  readonly ledger: string;
  readonly occurredOn?: PartialDate | undefined;
  readonly prev: Hash;
  readonly recordedAt: Instant;
  readonly seq: number;
  readonly source?: Source | undefined;
  readonly textHash: Hash;
  readonly type: string;
  readonly v: number;
}

/** An entry as it is stored: three exact strings and two salts. Nothing is re-serialised to be verified. */
export interface StoredEntry {
  readonly caseId: CaseId;
  readonly itemId: ItemId | undefined;
  readonly seq: number;
  readonly header: string;
  readonly data: string;
  /** 16 bytes. */
  readonly dataSalt: Uint8Array;
  /** Undefined, with its salt, once erased by law. */
  readonly text: string | undefined;
  readonly textSalt: Uint8Array | undefined;
}

/** The display names that stand beside the words. */
export interface Names {
  readonly actorName?: string | undefined;
  readonly officeName?: string | undefined;
}

export interface Sealing extends Omit<Header, 'alg' | 'dataHash' | 'textHash'> {
  readonly data: Json;
  readonly text: { readonly [name: string]: Json | undefined };
  readonly names: Names;
  /** 16 random bytes each, used once. */
  readonly dataSalt: Uint8Array;
  readonly textSalt: Uint8Array;
}

/** header + data + text of one entry, in bytes of UTF-8. */
export const MAX_ENTRY_BYTES = 32_768;

export function seal(entry: Sealing): { readonly stored: StoredEntry; readonly hash: Hash } {
  const { data, text, names, dataSalt, textSalt, ...said } = entry;
  const dataString = canonical(data);
  const textString = canonical({ ...text, ...names });
  const header = canonical({
    ...said,
    actor: { iss: said.actor.iss, office: said.actor.office, role: said.actor.role, sub: said.actor.sub },
    source: said.source && { ...said.source },
    alg: 'sha256',
    dataHash: saltedHash(dataSalt, dataString),
    textHash: saltedHash(textSalt, textString),
  });
  return {
    stored: {
      caseId: entry.caseId,
      itemId: entry.itemId,
      seq: entry.seq,
      header,
      data: dataString,
      dataSalt,
      text: textString,
      textSalt,
    },
    hash: leafHash(header),
  };
}

export function entryBytes(entry: StoredEntry): number {
  return (
    Buffer.byteLength(entry.header) + Buffer.byteLength(entry.data) + Buffer.byteLength(entry.text ?? '')
  );
}
