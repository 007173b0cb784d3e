import { type Day, day, earliestDay, lastDay, type PartialDate, partialDate } from './dates.ts';
import { type ItemId, itemId, mintedSeq } from './ids.ts';
import { normaliseText } from './text.ts';

export type FieldFault =
  | 'required'
  | 'unknown-field'
  | 'wrong-type'
  | 'empty'
  | 'too-long'
  | 'control-character'
  | 'lone-surrogate'
  | 'combining-marks'
  | 'invalid-value'
  | 'invalid-date'
  | 'out-of-range'
  | 'duplicate'
  | 'not-correctable';

/** One wrong field: an RFC 6901 pointer into the input, a stable code, and a sentence. */
export interface FieldError {
  readonly pointer: string;
  readonly code: FieldFault;
  readonly message: string;
}

type JsonSchema = { readonly [key: string]: unknown };

/** What a field may hold: `check` gives the normalised value, or reports why not; `schema` describes it. */
export interface Kind<T> {
  readonly check: (value: unknown, at: string, errors: FieldError[]) => T | undefined;
  readonly schema: JsonSchema;
}

export interface Field<T, Optional extends boolean> {
  readonly kind: Kind<T>;
  readonly optional: Optional;
  /** An id, hash, byte count or the kind of a decision: no correction can change it. */
  readonly fixed: boolean;
}

export type FieldMap = { readonly [name: string]: Field<unknown, boolean> };

type Simplify<T> = { [K in keyof T]: T[K] };
type ValueOf<F> = F extends Field<infer T, boolean> ? T : never;
type OptionalNames<M> = { [K in keyof M]: M[K] extends Field<unknown, true> ? K : never }[keyof M];
export type ValuesOf<M> = Simplify<
  { readonly [K in Exclude<keyof M, OptionalNames<M>>]: ValueOf<M[K]> } & {
    readonly [K in OptionalNames<M>]?: ValueOf<M[K]>;
  }
>;

export const required = <T>(kind: Kind<T>): Field<T, false> => ({ kind, optional: false, fixed: false });
export const optional = <T>(kind: Kind<T>): Field<T, true> => ({ kind, optional: true, fixed: false });
export const fixed = <T, O extends boolean>(field: Field<T, O>): Field<T, O> => ({ ...field, fixed: true });

/** Escapes one step of a pointer. @see RFC 6901 section 3 */
export const step = (name: string): string => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;

export function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrongType(at: string, wanted: string, errors: FieldError[]): undefined {
  errors.push({ pointer: at, code: 'wrong-type', message: `must be ${wanted}` });
  return undefined;
}

const TEXT_MESSAGES = {
  empty: 'must not be empty',
  'too-long': 'is too long',
  'control-character': 'holds a control character',
  'lone-surrogate': 'holds half of a surrogate pair',
  'combining-marks': 'stacks more than 30 marks on one letter',
} as const;

/** Words, up to `max` UTF-16 code units. */
export function words(max: number): Kind<string> {
  return {
    schema: { type: 'string', minLength: 1, maxLength: max },
    check(value, at, errors) {
      if (typeof value !== 'string') return wrongType(at, 'text', errors);
      const result = normaliseText(value, max);
      if ('value' in result) return result.value;
      errors.push({ pointer: at, code: result.fault, message: TEXT_MESSAGES[result.fault] });
      return undefined;
    },
  };
}

/** A short name or code on one line; structure, not words. */
export function token(max: number, pattern?: RegExp, what = 'a short text on one line'): Kind<string> {
  const text = words(max);
  return {
    schema: { ...text.schema, ...(pattern ? { pattern: pattern.source } : {}) },
    check(value, at, errors) {
      const result = text.check(value, at, errors);
      if (result === undefined) return undefined;
      if (!result.includes('\n') && (!pattern || pattern.test(result))) return result;
      errors.push({ pointer: at, code: 'invalid-value', message: `must be ${what}` });
      return undefined;
    },
  };
}

/** A token that must also be what its parser mints. */
function parsed<T extends string>(
  parse: (text: string) => T | undefined,
  code: FieldFault,
  what: string,
  schema: JsonSchema,
): Kind<T> {
  return {
    schema: { type: 'string', ...schema },
    check(value, at, errors) {
      if (typeof value !== 'string') return wrongType(at, what, errors);
      const result = parse(value);
      if (result === undefined) errors.push({ pointer: at, code, message: `must be ${what}` });
      return result;
    },
  };
}

export const aDay: Kind<Day> = parsed(day, 'invalid-date', 'a date YYYY-MM-DD', { format: 'date' });
export const aPartialDate: Kind<PartialDate> = parsed(
  partialDate,
  'invalid-date',
  'a date YYYY-MM-DD, YYYY-MM or YYYY',
  { pattern: '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$' },
);
export const anItemId: Kind<ItemId> = parsed(itemId, 'invalid-value', 'an item id of four digits', {
  pattern: '^[0-9]{4}$',
});
export const aMeasureId: Kind<string> = parsed(
  (text) => (mintedSeq('m', text) === undefined ? undefined : text),
  'invalid-value',
  'a measure id such as m3',
  { pattern: '^m[1-9][0-9]{0,5}$' },
);
export const anEvidenceId: Kind<string> = parsed(
  (text) => (mintedSeq('e', text) === undefined ? undefined : text),
  'invalid-value',
  'an evidence id such as e5',
  { pattern: '^e[1-9][0-9]{0,5}$' },
);
export const aSha256: Kind<string> = parsed(
  (text) => (/^[0-9a-f]{64}$/.test(text) ? text : undefined),
  'invalid-value',
  'a SHA-256 of 64 lower-case hex digits',
  { pattern: '^[0-9a-f]{64}$' },
);

export function oneOf<const T extends readonly string[]>(values: T): Kind<T[number]> {
  return parsed<T[number]>(
    (text) => values.find((value) => value === text),
    'invalid-value',
    `one of ${values.join(', ')}`,
    { enum: values },
  );
}

export function integer(minimum: number, maximum: number = Number.MAX_SAFE_INTEGER): Kind<number> {
  return {
    schema: { type: 'integer', minimum, maximum },
    check(value, at, errors) {
      if (typeof value !== 'number' || !Number.isSafeInteger(value))
        return wrongType(at, 'a whole number', errors);
      if (value >= minimum && value <= maximum) return value === 0 ? 0 : value;
      errors.push({ pointer: at, code: 'out-of-range', message: `must be from ${minimum} to ${maximum}` });
      return undefined;
    },
  };
}

/** Stated or absent: `false` is said by leaving the field out. */
export const aMark: Kind<true> = {
  schema: { const: true },
  check: (value, at, errors) => (value === true ? true : wrongType(at, 'true, or be left out', errors)),
};

export function listOf<T extends string>(kind: Kind<T>, max: number): Kind<readonly T[]> {
  return {
    schema: { type: 'array', items: kind.schema, maxItems: max, uniqueItems: true },
    check(value, at, errors) {
      if (!Array.isArray(value)) return wrongType(at, 'a list', errors);
      if (value.length > max) {
        errors.push({ pointer: at, code: 'too-long', message: `must hold at most ${max}` });
        return undefined;
      }
      const seen = new Set<string>();
      const result: T[] = [];
      for (const [index, member] of value.entries()) {
        const checked = kind.check(member, `${at}/${index}`, errors);
        if (checked === undefined) continue;
        if (seen.has(checked)) {
          errors.push({ pointer: `${at}/${index}`, code: 'duplicate', message: 'stands twice' });
        }
        seen.add(checked);
        result.push(checked);
      }
      return result.length === value.length ? result : undefined;
    },
  };
}

/** A closed object; `rule` sees it once every member is right. */
export function object<M extends FieldMap>(
  members: M,
  rule: (value: ValuesOf<M>, at: string, errors: FieldError[]) => void = () => {},
): Kind<ValuesOf<M>> {
  return {
    schema: describeFields(members),
    check(value, at, errors) {
      if (!isRecord(value)) return wrongType(at, 'an object', errors);
      const before = errors.length;
      const result = checkMembers(members, value, at, errors);
      if (errors.length > before) return undefined;
      rule(result as ValuesOf<M>, at, errors);
      return errors.length > before ? undefined : (result as ValuesOf<M>);
    },
  };
}

/** An open object from short names to values of one kind. */
export function mapOf<T>(kind: Kind<T>, max: number): Kind<{ readonly [name: string]: T }> {
  return {
    schema: { type: 'object', additionalProperties: kind.schema, maxProperties: max },
    check(value, at, errors) {
      if (!isRecord(value)) return wrongType(at, 'an object', errors);
      const names = Object.keys(value);
      if (names.length > max) {
        errors.push({ pointer: at, code: 'too-long', message: `must hold at most ${max}` });
        return undefined;
      }
      const result: { [name: string]: T } = {};
      for (const name of names) {
        if (!/^[A-Za-z][A-Za-z0-9-]{0,63}$/.test(name)) {
          errors.push({
            pointer: at + step(name),
            code: 'invalid-value',
            message: 'must be a short ASCII name',
          });
          continue;
        }
        const checked = kind.check(value[name], at + step(name), errors);
        if (checked !== undefined) result[name] = checked;
      }
      return Object.keys(result).length === names.length ? result : undefined;
    },
  };
}

/** Checks the members of a closed object and reports every wrong, missing or unknown one. */
export function checkMembers(
  members: FieldMap,
  value: { readonly [key: string]: unknown },
  at: string,
  errors: FieldError[],
): { [name: string]: unknown } {
  const result: { [name: string]: unknown } = {};
  for (const [name, field] of Object.entries(members)) {
    const member = Object.hasOwn(value, name) ? value[name] : undefined;
    if (member === undefined) {
      if (!field.optional)
        errors.push({ pointer: at + step(name), code: 'required', message: 'is required' });
      continue;
    }
    const checked = field.kind.check(member, at + step(name), errors);
    if (checked !== undefined) result[name] = checked;
  }
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(members, name)) {
      errors.push({
        pointer: at + step(name),
        code: 'unknown-field',
        message: 'is not a field of this entry',
      });
    }
  }
  return result;
}

export function describeFields(members: FieldMap): JsonSchema {
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(members).map(([name, field]) => [name, field.kind.schema])),
    required: Object.entries(members)
      .filter(([, field]) => !field.optional)
      .map(([name]) => name),
    additionalProperties: false,
  };
}

export function orderedDays(from: PartialDate, to: PartialDate, at: string, errors: FieldError[]): void {
  if (earliestDay(from) > lastDay(to)) {
    errors.push({ pointer: at, code: 'out-of-range', message: 'ends before it begins' });
  }
}
