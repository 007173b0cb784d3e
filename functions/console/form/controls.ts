import {
  ACCOUNTABILITY_KINDS,
  SANCTIONS,
  STATED_STATUSES,
  TERMS,
  VERDICTS,
} from '../../../domain/entries.ts';
import type { EventType } from '../../../domain/events.ts';
import { type EntryRule, entryRule } from '../../../domain/payload.ts';
import type { Language } from '../texts/language.ts';
import { words } from '../texts/words.ts';

export interface Option {
  readonly value: string;
  readonly label: string;
}

/** What forms may offer to choose from, as the page that shows them knows it. */
export interface Choices {
  readonly measures: readonly Option[];
  readonly evidence: readonly Option[];
  readonly lookBacks: readonly Option[];
  readonly bodies: readonly Option[];
  /** Codes of offices that the case knows: suggestions, others may be written. */
  readonly offices: readonly string[];
}

export const NO_CHOICES: Choices = { measures: [], evidence: [], lookBacks: [], bodies: [], offices: [] };

/** How a field is filled in. */
export type Control =
  | { readonly kind: 'words' }
  | { readonly kind: 'line'; readonly suggestions?: readonly string[] }
  | { readonly kind: 'date' }
  | { readonly kind: 'choice'; readonly options: readonly Option[]; readonly number?: true }
  | { readonly kind: 'choices'; readonly options: readonly Option[] }
  | { readonly kind: 'mark' }
  | { readonly kind: 'number' }
  /** Yuan with up to two decimals in the form, fen in the entry. */
  | { readonly kind: 'money' }
  /** Several codes in one line. */
  | { readonly kind: 'list'; readonly suggestions: readonly string[] };

export interface FormField {
  readonly name: string;
  readonly optional: boolean;
  readonly control: Control;
}

/** Fields that no person fills in: the ledger does, or the form knows them. */
const KNOWN_ANYWAY: { readonly [T in EventType]?: readonly string[] } = {
  ItemClosed: ['reviewedSeq'],
  DeadlineExtended: ['from'],
  EvidenceAttached: ['mediaType', 'bytes', 'sha256', 'name'],
  SampleDrawn: ['flagged'],
  EntryCorrected: ['target', 'set', 'occurredOn'],
  EntryVoided: ['target'],
  TextErased: ['target'],
};

const sanctions: readonly Option[] = [...new Set(Object.values(SANCTIONS).flat())].map((value) => ({
  value,
  label: value,
}));

/** Fields that an entry completes from the others, where they are left out. */
const COMPLETED: { readonly [T in EventType]?: readonly string[] } = { InstitutionRecorded: ['count'] };

/** Shape of a field as its schema tells it. */
interface Schema {
  readonly type?: string;
  readonly properties?: { readonly [name: string]: Schema };
  readonly required?: readonly string[];
  readonly enum?: readonly string[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly maxLength?: number;
}

const DATE_PATTERN = '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$';
/** Words that may be longer than a line get a box. */
const LONGEST_LINE = 600;

/**
 * The fields of an entry's form, in the order in which people think of them: words first. What a field holds by name
 * stands as fields of its own, such as `inspection/from`.
 */
export function fieldsOf(
  stream: 'case' | 'item',
  type: EventType,
  choices: Choices,
  language: Language,
): readonly FormField[] {
  const rule = entryRule(stream, type) as EntryRule;
  const known = KNOWN_ANYWAY[type] ?? [];
  return Object.entries({ ...rule.text, ...rule.data })
    .filter(([name]) => !known.includes(name))
    .flatMap(([name, { kind, optional }]) => leaves(name, optional, kind.schema as Schema))
    .map(({ name, optional, schema }) => ({
      name,
      optional: optional || COMPLETED[type]?.includes(name) === true,
      control: named(name, choices, language) ?? bySchema(schema),
    }));
}

interface Leaf {
  readonly name: string;
  readonly optional: boolean;
  readonly schema: Schema;
}

/** Maps of names that nobody knows in advance have no field in a form. */
function leaves(name: string, optional: boolean, schema: Schema): readonly Leaf[] {
  if (schema.type !== 'object') return [{ name, optional, schema }];
  return Object.entries(schema.properties ?? {}).flatMap(([member, inner]) =>
    leaves(`${name}/${member}`, optional || !schema.required?.includes(member), inner),
  );
}

function named(name: string, choices: Choices, language: Language): Control | undefined {
  const w = words[language];
  const labelled = <T extends string>(
    values: readonly T[],
    labels: { readonly [V in T]?: string },
  ): Control => ({
    kind: 'choice',
    options: values.map((value) => ({ value, label: labels[value] ?? value })),
  });
  switch (name) {
    case 'measureId':
      return { kind: 'choice', options: choices.measures };
    case 'measureIds':
      return { kind: 'choices', options: choices.measures };
    case 'evidenceId':
      return { kind: 'choice', options: choices.evidence };
    case 'evidenceIds':
      return { kind: 'choices', options: choices.evidence };
    case 'lookBackSeq':
      return { kind: 'choice', options: choices.lookBacks, number: true };
    case 'body':
      return choices.bodies.length > 0
        ? { kind: 'choice', options: choices.bodies }
        : { kind: 'line', suggestions: choices.offices };
    case 'lead':
      return { kind: 'line', suggestions: choices.offices };
    case 'supporting':
      return { kind: 'list', suggestions: choices.offices };
    case 'measure':
      return { kind: 'choice', options: sanctions };
    case 'amountFen':
      return { kind: 'money' };
    case 'term':
      return labelled(TERMS, w.term);
    case 'statedStatus':
      return labelled(STATED_STATUSES, w.stated);
    case 'verdict':
      return labelled(VERDICTS, w.verdict);
    case 'kind':
      return labelled(ACCOUNTABILITY_KINDS, w.accountability);
    default:
      return undefined;
  }
}

function bySchema(schema: Schema): Control {
  if (schema.const === true) return { kind: 'mark' };
  if (schema.type === 'integer') return { kind: 'number' };
  if (schema.type === 'array') return { kind: 'list', suggestions: [] };
  if (schema.format === 'date' || schema.pattern === DATE_PATTERN) return { kind: 'date' };
  return (schema.maxLength ?? 0) > LONGEST_LINE ? { kind: 'words' } : { kind: 'line' };
}

/** Under this name the fields of an entry stand in the form that corrects it. */
export const SET = 'set.';

/** The fields of an entry that a correction may change, and its date. */
export function correctableFields(
  stream: 'case' | 'item',
  type: EventType,
  choices: Choices,
  language: Language,
): readonly FormField[] {
  const rule = entryRule(stream, type) as EntryRule;
  const own = Object.entries({ ...rule.text, ...rule.data })
    .filter(([, field]) => !field.fixed)
    .map(([name, field]) => ({
      name: SET + name,
      optional: field.optional,
      control: named(name, choices, language) ?? bySchema(field.kind.schema as Schema),
    }));
  return [...own, { name: `${SET}occurredOn`, optional: true, control: { kind: 'date' } }];
}
