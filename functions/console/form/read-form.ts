import type { EventType } from '../../../domain/events.ts';
import type { FieldError } from '../../../domain/fields.ts';
import type { FormField } from './controls.ts';

/** What came with a form: each name with its texts and files, in order. */
export type Sent = { readonly [name: string]: readonly (string | File)[] };

/** What a person typed, by field: it is shown again where something was wrong. */
export type Typed = { readonly [field: string]: readonly string[] };

/** The fields of an entry stand in the form under this. */
export const FIELD = 'f.';

export const textOf = (sent: Sent, name: string): string => {
  const value = sent[name]?.[0];
  return typeof value === 'string' ? value : '';
};

export function typedIn(sent: Sent): Typed {
  const typed: { [field: string]: readonly string[] } = {};
  for (const [name, values] of Object.entries(sent)) {
    if (!name.startsWith(FIELD)) continue;
    typed[name.slice(FIELD.length)] = values.filter((value) => typeof value === 'string');
  }
  return typed;
}

/** Between the names of a list: what people put there. */
const SEPARATOR = /[,，、;；\n]+/;

/** Between the parts of a date as it is written in Chinese, or with dots and slashes. */
export function dateText(text: string): string {
  const match = /^\s*([0-9]{4})\s*[年./-]?\s*(?:([0-9]{1,2})\s*[月./-]?\s*(?:([0-9]{1,2})\s*日?)?)?\s*$/.exec(
    text,
  );
  if (!match) return text.trim();
  return [
    match[1],
    ...[match[2], match[3]].filter((part) => part !== undefined).map((part) => part.padStart(2, '0')),
  ].join('-');
}

/** Yuan as typed, in fen; undefined when it is no amount. */
export function fenOf(text: string): number | undefined {
  const match = /^([0-9]{1,13})(?:\.([0-9]{1,2}))?$/.exec(text.replace(/[,，\s]/g, ''));
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : undefined;
}

/** An entry as a form says it. What is left empty is absent; what is wrong, the ledger says. */
export interface FormEntry {
  readonly type: EventType;
  readonly occurredOn?: string;
  readonly data: { readonly [name: string]: unknown };
}

/** Reads the fields of one form. Errors are those that only the form can see. */
export function readEntry(
  type: EventType,
  fields: readonly FormField[],
  typed: Typed,
): { readonly entry: FormEntry; readonly errors: readonly FieldError[] } {
  const data: { [name: string]: unknown } = {};
  const errors: FieldError[] = [];
  for (const { name, control } of fields) {
    const all = (typed[name] ?? []).map((text) => text.trim()).filter((text) => text !== '');
    const [text] = all;
    if (text === undefined) continue;
    switch (control.kind) {
      case 'mark':
        data[name] = true;
        break;
      case 'choices':
        data[name] = all;
        break;
      case 'list':
        data[name] = text
          .split(SEPARATOR)
          .map((one) => one.trim())
          .filter((one) => one !== '');
        break;
      case 'number':
        data[name] = /^[0-9]{1,15}$/.test(text) ? Number(text) : text;
        break;
      case 'money': {
        const fen = fenOf(text);
        if (fen === undefined)
          errors.push({ pointer: `/data/${name}`, code: 'wrong-type', message: 'is no amount' });
        data[name] = fen;
        break;
      }
      case 'date':
        data[name] = dateText(text);
        break;
      case 'choice':
        data[name] = control.number ? Number(text) : text;
        break;
      case 'words':
      case 'line':
        data[name] = typed[name]?.[0];
        break;
      default:
        control satisfies never;
    }
  }
  const occurredOn = dateText(typed.occurredOn?.[0] ?? '');
  return { entry: { type, data: nested(data), ...(occurredOn === '' ? {} : { occurredOn }) }, errors };
}

/** Fields such as `inspection/from` as members of what they belong to. */
function nested(flat: { readonly [name: string]: unknown }): { readonly [name: string]: unknown } {
  const data: { [name: string]: unknown } = {};
  for (const [path, value] of Object.entries(flat)) {
    const [name = '', member] = path.split('/');
    data[name] = member === undefined ? value : { ...(data[name] as object | undefined), [member]: value };
  }
  return data;
}
