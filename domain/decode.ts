import { type Actor, ROLES } from './actor.ts';
import type { Json } from './canonical.ts';
import { instant, partialDate } from './dates.ts';
import type { Header, Names, StoredEntry } from './envelope.ts';
import { EVENT_VERSION, type LedgerEvent, type Source } from './events.ts';
import { checkMembers, type FieldError, isRecord } from './fields.ts';
import { type Hash, hash, leafHash } from './hashing.ts';
import { caseId, itemId } from './ids.ts';
import { namedRule } from './payload.ts';

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

const REQUIRED_MEMBERS = [
  'actor',
  'alg',
  'caseId',
  'commandId',
  'dataHash',
  'ledger',
  'prev',
  'recordedAt',
  'seq',
  'textHash',
  'type',
  'v',
] as const;
const OPTIONAL_MEMBERS = ['itemId', 'occurredOn', 'source'] as const;
const HEADER_MEMBERS = new Set<string>([...REQUIRED_MEMBERS, ...OPTIONAL_MEMBERS]);

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
  for (const name in value) if (!HEADER_MEMBERS.has(name)) return `the header has an unknown ${name}`;
  // One literal, so that all headers have one hidden class.
  const members = {
    actor: actor(value.actor),
    alg: value.alg === 'sha256' ? ('sha256' as const) : undefined,
    caseId: typeof value.caseId === 'string' ? caseId(value.caseId) : undefined,
    commandId: typeof value.commandId === 'string' ? value.commandId : undefined,
    dataHash: typeof value.dataHash === 'string' ? hash(value.dataHash) : undefined,
    itemId: typeof value.itemId === 'string' ? itemId(value.itemId) : undefined,
    ledger: typeof value.ledger === 'string' ? value.ledger : undefined,
    occurredOn: typeof value.occurredOn === 'string' ? partialDate(value.occurredOn) : undefined,
    prev: typeof value.prev === 'string' ? hash(value.prev) : undefined,
    recordedAt: typeof value.recordedAt === 'string' ? instant(value.recordedAt) : undefined,
    seq: Number.isSafeInteger(value.seq) && (value.seq as number) > 0 ? (value.seq as number) : undefined,
    source: source(value.source),
    textHash: typeof value.textHash === 'string' ? hash(value.textHash) : undefined,
    type: typeof value.type === 'string' ? value.type : undefined,
    v: Number.isSafeInteger(value.v) && (value.v as number) > 0 ? (value.v as number) : undefined,
  };
  for (const name of REQUIRED_MEMBERS) {
    if (members[name] === undefined) return `the header's ${name} is missing or wrong`;
  }
  for (const name of OPTIONAL_MEMBERS) {
    if (value[name] !== undefined && members[name] === undefined) return `the header's ${name} is wrong`;
  }
  return members as Header;
}

const NO_WORDS = { words: undefined, names: {} };

function parsePart(text: string): { readonly [name: string]: Json } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? (value as { [name: string]: Json }) : undefined;
  } catch {
    return undefined;
  }
}

/** The words without the display names that stand among them, and those. */
function splitNames(text: { readonly [name: string]: Json }): {
  words: { [name: string]: Json };
  names: Names;
} {
  const words: { [name: string]: Json } = {};
  for (const name in text) {
    if (name !== 'actorName' && name !== 'officeName') words[name] = text[name] as Json;
  }
  const { actorName, officeName } = text;
  return {
    words,
    names: {
      ...(typeof actorName === 'string' ? { actorName } : {}),
      ...(typeof officeName === 'string' ? { officeName } : {}),
    },
  };
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
  const parsed = stored.text === undefined ? undefined : parsePart(stored.text);
  if (stored.text !== undefined && !parsed) throw new UndecodableEntry(stored, 'the text is no JSON object');
  const { words: text, names } = parsed === undefined ? NO_WORDS : splitNames(parsed);
  const rule = namedRule(header.itemId === undefined ? 'case' : 'item', header.type);
  const said = (known: boolean, type: string): LedgerEvent => {
    const { caseId, itemId, seq, v, actor, recordedAt, occurredOn, commandId, source } = header;
    // Written out: V8 gives each object made by a spread a hidden class of its own here, and every fold over them
    // then takes four times as long.
    return {
      caseId,
      itemId,
      seq,
      v,
      actor,
      recordedAt,
      occurredOn,
      commandId,
      source,
      known,
      type,
      data,
      text,
    } as LedgerEvent;
  };
  if (!rule || header.v !== EVENT_VERSION) return { stored, header, event: said(false, header.type), names };
  const errors: FieldError[] = [];
  checkMembers(rule.rule.data, data, '/data', errors);
  if (text !== undefined) checkMembers(rule.rule.text, text, '/text', errors);
  const [first] = errors;
  if (first) throw new UndecodableEntry(stored, `${first.pointer} ${first.message}`);
  return { stored, header, event: said(true, rule.type), names };
}

/** The link that the next entry of the stream must carry. */
export const entryHash = (stored: StoredEntry): Hash => leafHash(stored.header);
