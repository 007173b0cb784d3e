import { canonical, type Json } from '../../../domain/canonical.ts';
import type { EventType } from '../../../domain/events.ts';
import type { FieldError } from '../../../domain/fields.ts';
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
      typed[name] = control.kind === 'choices' ? value.map(String) : [value.join('、')];
    else typed[name] = [control.kind === 'money' ? yuanOf(Number(value)) : String(value)];
  }
  return typed;
}

const same = (one: unknown, other: unknown): boolean =>
  canonical((one ?? null) as Json) === canonical((other ?? null) as Json);

/** A correction: only what differs from what stands; a field that was emptied is removed. */
export function readCorrection(
  target: number,
  type: EventType,
  fields: readonly FormField[],
  typed: Typed,
  standing: Standing,
): { readonly entry: FormEntry; readonly errors: readonly FieldError[] } {
  const { entry, errors } = readEntry(type, fields, typed);
  const set: { [name: string]: unknown } = {};
  let occurredOn: unknown;
  for (const { name } of fields) {
    const plain = name.slice(SET.length);
    const value = entry.data[name] ?? null;
    if (plain === 'occurredOn') {
      if (!same(value, standing.occurredOn)) occurredOn = value;
    } else if (!same(normalised(value), standing.data[plain])) set[plain] = value;
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
const normalised = (value: unknown): unknown =>
  typeof value === 'string' ? value.replace(/\r\n?/g, '\n').normalize('NFC').trim() : value;
