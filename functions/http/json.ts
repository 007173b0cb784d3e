import { step } from '../../domain/fields.ts';

/** Deeper than any request goes; whoever walks the value need not fear for the stack. */
const DEEPEST = 32;

/** Why a text is no JSON that the ledger takes. */
export interface JsonFault {
  readonly fault: string;
  /** Counted from 1, in UTF-16 code units. */
  readonly line: number;
  readonly column: number;
  /** Where it concerns one member: RFC 6901. */
  readonly pointer?: string;
}

class Malformed extends Error {
  readonly at: number;
  readonly pointer: string | undefined;
  constructor(message: string, at: number, pointer?: string) {
    super(message);
    this.at = at;
    this.pointer = pointer;
  }
}

/**
 * RFC 8259 with the position of what is wrong. Stricter than `JSON.parse` in three ways: a member cannot stand
 * twice, none is called `__proto__`, and nesting has a limit.
 */
export function parseJson(text: string): { readonly value: unknown } | JsonFault {
  const reader = { text, at: 0 };
  try {
    const value = readValue(reader, '', 1);
    if (peek(reader) !== '') throw unexpected(reader);
    return { value };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    const before = text.slice(0, error.at);
    const line = before.split('\n').length;
    const column = error.at - before.lastIndexOf('\n');
    const { pointer } = error;
    return { fault: error.message, line, column, ...(pointer === undefined ? {} : { pointer }) };
  }
}

interface Reader {
  readonly text: string;
  at: number;
}

/** The next character that is no white space, or the empty string at the end. */
function peek(reader: Reader): string {
  for (;;) {
    const character = reader.text.charAt(reader.at);
    if (character !== ' ' && character !== '\n' && character !== '\r' && character !== '\t') return character;
    reader.at += 1;
  }
}

function unexpected(reader: Reader): Malformed {
  const character = peek(reader);
  return new Malformed(character === '' ? 'the text ends too early' : 'unexpected character', reader.at);
}

function expect(reader: Reader, character: string): void {
  if (peek(reader) !== character) throw unexpected(reader);
  reader.at += 1;
}

function readValue(reader: Reader, pointer: string, depth: number): unknown {
  const first = peek(reader);
  if (first === '"') return readString(reader);
  if (first === '{' || first === '[') {
    if (depth > DEEPEST) throw new Malformed(`nested deeper than ${DEEPEST}`, reader.at, pointer);
    reader.at += 1;
    return first === '{' ? readObject(reader, pointer, depth) : readArray(reader, pointer, depth);
  }
  return readNumber(reader) ?? readName(reader);
}

function readObject(reader: Reader, pointer: string, depth: number): { [name: string]: unknown } {
  const members: { [name: string]: unknown } = {};
  if (peek(reader) === '}') {
    reader.at += 1;
    return members;
  }
  for (;;) {
    if (peek(reader) !== '"') throw unexpected(reader);
    const start = reader.at;
    const name = readString(reader);
    const member = pointer + step(name);
    if (name === '__proto__') throw new Malformed('no member may be called __proto__', start, member);
    if (Object.hasOwn(members, name)) throw new Malformed('the member stands twice', start, member);
    expect(reader, ':');
    members[name] = readValue(reader, member, depth + 1);
    const after = peek(reader);
    if (after !== ',' && after !== '}') throw unexpected(reader);
    reader.at += 1;
    if (after === '}') return members;
  }
}

function readArray(reader: Reader, pointer: string, depth: number): unknown[] {
  const members: unknown[] = [];
  if (peek(reader) === ']') {
    reader.at += 1;
    return members;
  }
  for (;;) {
    members.push(readValue(reader, `${pointer}/${members.length}`, depth + 1));
    const after = peek(reader);
    if (after !== ',' && after !== ']') throw unexpected(reader);
    reader.at += 1;
    if (after === ']') return members;
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

function readString(reader: Reader): string {
  const start = reader.at;
  let end = start + 1;
  for (;;) {
    const unit = reader.text.charCodeAt(end);
    if (Number.isNaN(unit)) throw new Malformed('a string has no end', start);
    if (unit < 0x20) throw new Malformed('a control character must be escaped', end);
    if (unit === QUOTE) break;
    end += unit === BACKSLASH ? 2 : 1;
  }
  reader.at = end + 1;
  try {
    return JSON.parse(reader.text.slice(start, end + 1)) as string;
  } catch {
    throw new Malformed('a string holds an unknown escape', start);
  }
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;

function readNumber(reader: Reader): number | undefined {
  NUMBER.lastIndex = reader.at;
  const digits = NUMBER.exec(reader.text)?.[0];
  if (digits === undefined) return undefined;
  const value = Number(digits);
  if (!Number.isFinite(value)) throw new Malformed('a number is out of range', reader.at);
  reader.at += digits.length;
  return value;
}

function readName(reader: Reader): boolean | null {
  for (const value of [true, false, null]) {
    const name = String(value);
    if (!reader.text.startsWith(name, reader.at)) continue;
    reader.at += name.length;
    return value;
  }
  throw unexpected(reader);
}
