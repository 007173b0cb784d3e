import type { Actor } from './actor.ts';
import type { Instant, PartialDate } from './dates.ts';
import { type DecodedEntry, entryHash } from './decode.ts';
import type { StoredEntry } from './envelope.ts';
import type { Source } from './events.ts';
import { isRecord } from './fields.ts';
import { type CaseId, caseId, type ItemId, itemId } from './ids.ts';
import { joinPayload } from './payload.ts';

/** An entry as answers, histories and exports give it: readable, with the exact strings that its hashes cover. */
export interface Envelope {
  readonly caseId: CaseId;
  readonly itemId: ItemId | null;
  readonly seq: number;
  readonly type: string;
  readonly v: number;
  readonly recordedAt: Instant;
  readonly occurredOn: PartialDate | null;
  readonly actor: Actor;
  readonly actorName: string | null;
  readonly officeName: string | null;
  readonly commandId: string;
  readonly source: Source | null;
  /** Structure and words together, as recorded: corrections are entries of their own. */
  readonly data: { readonly [name: string]: unknown };
  /** The words were erased by law; the structure and every hash stand. */
  readonly erased: boolean;
  readonly prev: string;
  readonly hash: string;
  readonly stored: StoredJson;
}

/** The exact strings; salts as unpadded base64url. */
export interface StoredJson {
  readonly header: string;
  readonly data: string;
  readonly dataSalt: string;
  readonly text: string | null;
  readonly textSalt: string | null;
}

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

export function presentEntry({ stored, header, event, names }: DecodedEntry): Envelope {
  return {
    caseId: event.caseId,
    itemId: event.itemId ?? null,
    seq: event.seq,
    type: event.type,
    v: event.v,
    recordedAt: event.recordedAt,
    occurredOn: event.occurredOn ?? null,
    actor: event.actor,
    actorName: names.actorName ?? null,
    officeName: names.officeName ?? null,
    commandId: event.commandId,
    source: event.source ?? null,
    data: joinPayload(
      event.data as { readonly [name: string]: unknown },
      event.text as { readonly [name: string]: unknown } | undefined,
    ),
    erased: stored.text === undefined,
    prev: header.prev,
    hash: entryHash(stored),
    stored: {
      header: stored.header,
      data: stored.data,
      dataSalt: base64url(stored.dataSalt),
      text: stored.text ?? null,
      textSalt: stored.textSalt ? base64url(stored.textSalt) : null,
    },
  };
}

function salt(text: unknown): Uint8Array | undefined {
  if (typeof text !== 'string' || !/^[A-Za-z0-9_-]{22}$/.test(text)) return undefined;
  return new Uint8Array(Buffer.from(text, 'base64url'));
}

/** Reads back the stored entry of one exported envelope; everything readable beside it is ignored. */
export function storedEntry(envelope: unknown): StoredEntry | undefined {
  if (!isRecord(envelope) || !isRecord(envelope.stored)) return undefined;
  const { stored } = envelope;
  const id = typeof envelope.caseId === 'string' ? caseId(envelope.caseId) : undefined;
  const item = typeof envelope.itemId === 'string' ? itemId(envelope.itemId) : undefined;
  const dataSalt = salt(stored.dataSalt);
  if (!id || (envelope.itemId !== null && !item) || !Number.isSafeInteger(envelope.seq) || !dataSalt)
    return undefined;
  if (typeof stored.header !== 'string' || typeof stored.data !== 'string') return undefined;
  const erased = stored.text === null && stored.textSalt === null;
  const textSalt = salt(stored.textSalt);
  if (!erased && (typeof stored.text !== 'string' || !textSalt)) return undefined;
  return {
    caseId: id,
    itemId: item,
    seq: envelope.seq as number,
    header: stored.header,
    data: stored.data,
    dataSalt,
    text: erased ? undefined : (stored.text as string),
    textSalt: erased ? undefined : textSalt,
  };
}
