import * as z from 'zod';
import { describeFields } from '../../domain/fields.ts';
import { caseEventTypes, entryRule, itemEventTypes } from '../../domain/payload.ts';
import { filledIn } from '../app/idempotency.ts';
import { caseDeadlines, caseSummary, inspectionCase, item, itemNext } from './answers-cases.ts';
import { change, diff, diffAcross, hindsight } from './answers-comparisons.ts';
import { auditEntry, envelope, supervisedEntry } from './answers-entries.ts';
import { allFigures, caseFigures } from './answers-figures.ts';
import { flag, flaggedCase, ruleDescriptions } from './answers-flags.ts';
import { importReport } from './answers-import.ts';
import { actor, count, cut, day } from './answers-leaves.ts';
import { lookBackLine, lookBackReport } from './answers-look-backs.ts';
import { health, problem, problemTypes } from './answers-service.ts';
import { newCase, newIssue, newSample } from './requests.ts';

export type JsonSchema = { readonly [key: string]: unknown };

export const refTo = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

const page = <T extends z.core.$ZodType>(row: T) =>
  z.strictObject({ data: z.array(row), nextCursor: z.string().exactOptional(), cut: cut.exactOptional() });

const zone = z.int().min(-1_440).max(1_440).meta({
  description: "Minutes by which the ledger's zone is ahead of UTC; the day is one of this zone",
});

const answers = {
  Actor: actor,
  Cut: cut,
  Envelope: envelope,
  EnvelopeList: page(envelope),
  Item: item,
  ItemAsOf: z.strictObject({ ...item.shape, cut: cut.exactOptional() }),
  ItemNext: itemNext,
  Register: page(item),
  CaseSummary: caseSummary,
  CaseList: page(caseSummary),
  CaseAsOf: z.strictObject({ ...inspectionCase.shape, cut: cut.exactOptional() }),
  CaseDeadlines: caseDeadlines,
  DeadlineList: z.strictObject({
    day,
    zone,
    withinDays: count,
    silentDays: count,
    ...page(caseDeadlines).shape,
  }),
  AuditEntry: auditEntry,
  AuditTrail: page(auditEntry),
  SupervisedEntry: supervisedEntry,
  SupervisionTrail: page(supervisedEntry),
  Change: change,
  Diff: diff,
  DiffAcross: diffAcross,
  Hindsight: hindsight,
  Flag: flag,
  FlagList: page(flag),
  FlaggedCase: flaggedCase,
  FlaggedCaseList: page(flaggedCase),
  FlagRules: ruleDescriptions,
  CaseFigures: caseFigures,
  AllFigures: allFigures,
  LookBackLine: lookBackLine,
  LookBackList: page(lookBackLine),
  LookBackAsOf: z.strictObject({ ...lookBackReport.shape, cut: cut.exactOptional() }),
  ImportReport: importReport,
  Problem: problem,
  ProblemTypes: problemTypes,
  Health: health,
} as const;

export type AnswerName = keyof typeof answers;

/** Every named schema of the document: answers from zod, entries from the catalogue of events. */
export function componentSchemas(): { readonly [name: string]: JsonSchema } {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(answers)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { uri: (id) => `#/components/schemas/${id}` });
  const named = Object.fromEntries(
    Object.entries(schemas).map(([id, schema]) => [id, plain(schema as JsonSchema)]),
  );
  for (const type of caseEventTypes) named[`${type}Data`] = dataSchema('case', type);
  for (const type of itemEventTypes) named[`${type}Data`] = dataSchema('item', type);
  return {
    ...named,
    NewCase: withData(newCase, 'CaseOpenedData'),
    NewIssue: withData(newIssue, 'IssueRaisedData'),
    NewSample: plain(z.toJSONSchema(newSample, { io: 'input' }) as JsonSchema),
    NewCaseEntry: { oneOf: caseEventTypes.map(entrySchema) },
    NewItemEntry: { oneOf: itemEventTypes.map(entrySchema) },
  };
}

/** A schema without the members that only a document of its own has. */
export function plain({ $schema, $id, ...schema }: JsonSchema): JsonSchema {
  return schema;
}

function withData(body: z.core.$ZodType, data: string): JsonSchema {
  const schema = plain(z.toJSONSchema(body, { io: 'input' }) as JsonSchema);
  return { ...schema, properties: { ...(schema.properties as object), data: refTo(data) } };
}

function entrySchema(type: string): JsonSchema {
  const issue = withData(newIssue, `${type}Data`);
  return {
    ...issue,
    title: type,
    properties: { type: { const: type }, ...(issue.properties as object) },
    required: ['type', 'data'],
  };
}

/** What a request gives for a type: all fields but those that the ledger fills in itself. */
function dataSchema(stream: 'case' | 'item', type: string): JsonSchema {
  const rule = entryRule(stream, type);
  const fields = { ...rule?.text, ...rule?.data };
  for (const name of filledIn(type)) delete fields[name];
  const schema = describeFields(fields);
  const complete = rule?.complete;
  if (!complete) return schema;
  const required = (schema.required as readonly string[]).filter((name) => {
    const others = Object.keys(fields).filter((other) => other !== name);
    return !Object.hasOwn(complete(Object.fromEntries(others.map((other) => [other, true]))), name);
  });
  return { ...schema, required };
}
