import { type Actor, ROLES } from './actor.ts';
import type { Json } from './canonical.ts';
import { instant, partialDate } from './dates.ts';
import type { Header, Names, StoredEntry } from './envelope.ts';
import { EVENT_VERSION, type LedgerEvent, type Source } from './events.ts';
import { checkMembers, type FieldError, isRecord } from './fields.ts';
import { type Hash, hash, leafHash } from './hashing.ts';
import { caseId, itemId } from './ids.ts';
import { entryRule } from './payload.ts';

/** Why stored strings are no entry of the ledger. */
export class UndecodableEntry extends Error {
  override readonly name = 'UndecodableEntry';
  readonly where: string;
  constructor(entry: { caseId: string; itemId: string | undefined; seq: number }, why: string) {
    const where = `${entry.caseId}/${entry.itemId === undefined ? 'case' : entry.itemId}/${entry.seq}`;
    super(`entry ${where}: ${why}`);
    this.where = where;
  }
}

/** An entry whose strings were checked, with its header. */
export interface DecodedEntry {
  readonly stored: StoredEntry;
  readonly header: Header;
  readonly event: LedgerEvent;
  readonly names: Names;
}

const HEADER_MEMBERS = new Set([
  'actor',
  'alg',
  'caseId',
  'commandId',
  'dataHash',
  'itemId',
  'ledger',
  'occurredOn',
  'prev',
  'recordedAt',
  'seq',
  'source',
  'textHash',
  'type',
  'v',
]);

function actor(value: unknown): Actor | undefined {
  if (!isRecord(value) || Object.keys(value).length !== 4) return undefined;
  const { iss, sub, office, role } = value;
  const known = ROLES.find((one) => one === role);
  if (typeof iss !== 'string' || typeof sub !== 'string' || typeof office !== 'string' || !known)
    return undefined;
  return { iss, sub, office, role: known };
}

function source(value: unknown): Source | undefined {
  if (!isRecord(value) || typeof value.sha256 !== 'string') return undefined;
  const { sha256, lines, cells } = value;
  if (
    Array.isArray(lines) &&
    Number.isInteger(lines[0]) &&
    Number.isInteger(lines[1]) &&
    lines.length === 2
  ) {
    return { sha256, lines: [lines[0], lines[1]] };
  }
  if (typeof cells === 'string') return { sha256, cells };
  return lines === undefined && cells === undefined ? { sha256 } : undefined;
}

/** Reads a header's members, or says which is wrong. */
export function readHeader(text: string): Header | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'the header is no JSON';
  }
  if (!isRecord(value)) return 'the header is no object';
  for (const name of Object.keys(value))
    if (!HEADER_MEMBERS.has(name)) return `the header has an unknown ${name}`;
  const members = {
    actor: actor(value.actor),
    alg: value.alg === 'sha256' ? ('sha256' as const) : undefined,
    caseId: typeof value.caseId === 'string' ? caseId(value.caseId) : undefined,
    commandId: typeof value.commandId === 'string' ? value.commandId : undefined,
    dataHash: typeof value.dataHash === 'string' ? hash(value.dataHash) : undefined,
    ledger: typeof value.ledger === 'string' ? value.ledger : undefined,
    prev: typeof value.prev === 'string' ? hash(value.prev) : undefined,
    recordedAt: typeof value.recordedAt === 'string' ? instant(value.recordedAt) : undefined,
    seq: Number.isSafeInteger(value.seq) && (value.seq as number) > 0 ? (value.seq as number) : undefined,
    textHash: typeof value.textHash === 'string' ? hash(value.textHash) : undefined,
    type: typeof value.type === 'string' ? value.type : undefined,
    v: Number.isSafeInteger(value.v) && (value.v as number) > 0 ? (value.v as number) : undefined,
  };
  for (const [name, member] of Object.entries(members)) {
    if (member === undefined) return `the header's ${name} is missing or wrong`;
  }
  const optional = {
    itemId: typeof value.itemId === 'string' ? itemId(value.itemId) : undefined,
    occurredOn: typeof value.occurredOn === 'string' ? partialDate(value.occurredOn) : undefined,
    source: source(value.source),
  };
  for (const name of ['itemId', 'occurredOn', 'source'] as const) {
    if (value[name] !== undefined && optional[name] === undefined) return `the header's ${name} is wrong`;
  }
  return { ...members, ...optional } as Header;
}

function parsePart(text: string): { readonly [name: string]: Json } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? (value as { [name: string]: Json }) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Checks a stored row and gives the event that it holds. Shapes are checked, hashes are not: reading a history
 * must not cost a hash an entry, and `verify` recomputes them all.
 * @throws UndecodableEntry when the strings are no entry, or not the entry of this key
 */
export function decodeEntry(stored: StoredEntry): DecodedEntry {
  const header = readHeader(stored.header);
  if (typeof header === 'string') throw new UndecodableEntry(stored, header);
  if (header.caseId !== stored.caseId || header.itemId !== stored.itemId || header.seq !== stored.seq) {
    throw new UndecodableEntry(stored, 'the header belongs to another key');
  }
  const data = parsePart(stored.data);
  if (!data) throw new UndecodableEntry(stored, 'the data is no JSON object');
  const text = stored.text === undefined ? undefined : parsePart(stored.text);
  if (stored.text !== undefined && !text) throw new UndecodableEntry(stored, 'the text is no JSON object');
  const { actorName, officeName, ...words } = text ?? {};
  const names: Names = {
    ...(typeof actorName === 'string' ? { actorName } : {}),
    ...(typeof officeName === 'string' ? { officeName } : {}),
  };
  const stamp = {
    caseId: header.caseId,
    itemId: header.itemId,
    seq: header.seq,
    v: header.v,
    actor: header.actor,
    recordedAt: header.recordedAt,
    occurredOn: header.occurredOn,
    commandId: header.commandId,
    source: header.source,
  };
  const rule = entryRule(header.itemId === undefined ? 'case' : 'item', header.type);
  const saidText = text === undefined ? undefined : words;
  if (!rule || header.v !== EVENT_VERSION) {
    const event: LedgerEvent = { ...stamp, known: false, type: header.type, data, text: saidText };
    return { stored, header, event, names };
  }
  const errors: FieldError[] = [];
  checkMembers(rule.data, data, '/data', errors);
  if (saidText !== undefined) checkMembers(rule.text, saidText, '/text', errors);
  const [first] = errors;
  if (first) throw new UndecodableEntry(stored, `${first.pointer} ${first.message}`);
  const event = { ...stamp, known: true, type: header.type, data, text: saidText } as LedgerEvent;
  return { stored, header, event, names };
}

/** The link that the next entry of the stream must carry. */
export const entryHash = (stored: StoredEntry): Hash => leafHash(stored.header);
