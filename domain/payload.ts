import { caseEvents } from './case-events.ts';
import type { CaseEventType, EventType, ItemEventType } from './events.ts';
import { checkMembers, type FieldError, type FieldMap, isRecord } from './fields.ts';
import { itemEvents } from './item-events.ts';

type Values = { readonly [name: string]: unknown };

/** What an entry says, split as it is stored. */
export interface Payload {
  readonly data: Values;
  readonly text: Values;
}

export interface EntryRule {
  readonly data: FieldMap;
  readonly text: FieldMap;
  readonly rule?: (fields: Values, errors: FieldError[]) => void;
  readonly onEntry?: (fields: Values, errors: FieldError[]) => void;
  readonly complete?: (fields: Values) => Values;
}

export function entryRule(stream: 'case' | 'item', type: string): EntryRule | undefined {
  const types: { readonly [type: string]: EntryRule } = stream === 'case' ? caseEvents : itemEvents;
  return Object.hasOwn(types, type) ? types[type] : undefined;
}

interface NamedRule {
  /** The name as the source code has it: a string that was parsed compares an order of magnitude slower. */
  readonly type: EventType;
  readonly rule: EntryRule;
}

const byName = (types: { readonly [type: string]: EntryRule }): ReadonlyMap<string, NamedRule> =>
  new Map(Object.entries(types).map(([type, rule]) => [type, { type: type as EventType, rule }]));
const NAMED_RULES = { case: byName(caseEvents), item: byName(itemEvents) };

export const namedRule = (stream: 'case' | 'item', type: string): NamedRule | undefined =>
  NAMED_RULES[stream].get(type);

export const isCaseEventType = (type: string): type is CaseEventType => Object.hasOwn(caseEvents, type);
export const isItemEventType = (type: string): type is ItemEventType => Object.hasOwn(itemEvents, type);
export const caseEventTypes = Object.keys(caseEvents) as CaseEventType[];
export const itemEventTypes = Object.keys(itemEvents) as ItemEventType[];

/**
 * Checks fields that stand together, normalises them and splits structure from words. A name of both parts
 * (`set` of a correction) stays with the structure; only the decider can tell its members apart.
 * Pointers start at the fields themselves.
 */
export function checkPayload(
  stream: 'case' | 'item',
  type: EventType,
  input: unknown,
): Payload | { readonly errors: readonly FieldError[] } {
  const entry = entryRule(stream, type);
  if (!entry)
    return { errors: [{ pointer: '', code: 'invalid-value', message: `no ${type} on this stream` }] };
  if (!isRecord(input))
    return { errors: [{ pointer: '', code: 'wrong-type', message: 'must be an object' }] };
  const errors: FieldError[] = [];
  const fields = checkMembers(
    { ...entry.text, ...entry.data },
    entry.complete ? entry.complete(input) : input,
    '',
    errors,
  );
  if (errors.length === 0) entry.rule?.(fields, errors);
  entry.onEntry?.(fields, errors);
  if (errors.length > 0) return { errors };
  const data: { [name: string]: unknown } = {};
  const text: { [name: string]: unknown } = {};
  for (const [name, value] of Object.entries(fields)) {
    if (Object.hasOwn(entry.data, name)) data[name] = value;
    else text[name] = value;
  }
  return { data, text };
}

/** Structure and words together again, as requests and answers show them. */
export function joinPayload(data: Values, text: Values | undefined): Values {
  const joined = { ...data, ...text };
  if (isRecord(data.set) || isRecord(text?.set)) {
    return { ...joined, set: { ...(data.set as object | undefined), ...(text?.set as object | undefined) } };
  }
  return joined;
}
