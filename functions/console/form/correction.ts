import { canonical, type Json } from '../../../domain/canonical.ts';
import type { EventType } from '../../../domain/events.ts';
import type { FieldError } from '../../../domain/fields.ts';
import { listed } from '../texts/language.ts';
import { type FormField, SET } from './controls.ts';
import { type FormEntry, readEntry, type Typed } from './read-form.ts';

/** What an entry says now, as the form that corrects it begins. */
export interface Standing {
  readonly data: { readonly [name: string]: unknown };
  readonly occurredOn: string | null;
}

const yuanOf = (fen: number): string => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;

/** The standing values as a person would have typed them. */
export function typedFrom(fields: readonly FormField[], { data, occurredOn }: Standing): Typed {
  const typed: { [name: string]: readonly string[] } = {};
  for (const { name, control } of fields) {
    const plain = name.slice(SET.length);
    const value = plain === 'occurredOn' ? occurredOn : data[plain];
    if (value === undefined || value === null) continue;
    if (Array.isArray(value))
      typed[name] = control.kind === 'choices' ? value.map(String) : [listed('zh', value)];
    else typed[name] = [control.kind === 'money' ? yuanOf(Number(value)) : String(value)];
  }
  return typed;
}

const same = (one: unknown, other: unknown): boolean =>
  canonical((one ?? null) as Json) === canonical((other ?? null) as Json);

/** Under this name a correction's form brings along what it began with. */
export const BEGAN = 'began';

/** What the form began with, as it came back; undefined when it brought nothing that can be read. */
export function readBegan(text: string): Typed | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    const all = Object.entries(value);
    const isTyped = all.every(
      ([, texts]) => Array.isArray(texts) && texts.every((one) => typeof one === 'string'),
    );
    return isTyped ? (Object.fromEntries(all) as Typed) : undefined;
  } catch {
    return undefined;
  }
}

const sameText = (one: readonly string[] = [], other: readonly string[] = []): boolean =>
  same(one.map(normalised), other.map(normalised)) || (one.join('') === '' && other.join('') === '');

/** Once more after a conflict: what the person changed stays, and all else is what stands now. */
export function rebased(fields: readonly FormField[], typed: Typed, began: Typed, now: Typed): Typed {
  const names = new Set(fields.map(({ name }) => name));
  // A box that was unticked sends nothing: what the form has a field for and did not send was emptied.
  const said: Typed = { ...Object.fromEntries(fields.map(({ name }) => [name, []])), ...typed };
  const kept = Object.entries(said).filter(
    ([name, texts]) => !names.has(name) || !sameText(texts, began[name]),
  );
  return { ...now, ...Object.fromEntries(kept) };
}

/** A correction: only what differs from what the form began with; a field that was emptied is removed. */
export function readCorrection(
  target: number,
  type: EventType,
  fields: readonly FormField[],
  typed: Typed,
  began: Typed,
): { readonly entry: FormEntry; readonly errors: readonly FieldError[] } {
  const { entry, errors } = readEntry(type, fields, typed);
  const set: { [name: string]: unknown } = {};
  let occurredOn: unknown;
  for (const { name } of fields) {
    if (sameText(typed[name], began[name])) continue;
    const plain = name.slice(SET.length);
    const value = entry.data[name] ?? null;
    if (plain === 'occurredOn') occurredOn = value;
    else set[plain] = value;
  }
  const reason = typed.reason?.[0];
  return {
    entry: {
      type: 'EntryCorrected',
      data: {
        target,
        ...(Object.keys(set).length > 0 ? { set } : {}),
        ...(occurredOn === undefined ? {} : { occurredOn }),
        ...(reason === undefined || reason.trim() === '' ? {} : { reason }),
      },
    },
    errors,
  };
}

/** As the ledger keeps words: a browser sends CRLF where the entry has LF. */
const normalised = (text: string): string => text.replace(/\r\n?/g, '\n').normalize('NFC').trim();
