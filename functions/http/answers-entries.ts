import * as z from 'zod';
import type { AuditEntry } from '../../domain/audit.ts';
import type { FieldChange } from '../../domain/field-changes.ts';
import type { Envelope } from '../../domain/interchange.ts';
import type { SupervisedEntry } from '../app/ledger.ts';
import { actor, caseId, count, instant, itemId, partialDate, seq, words } from './answers-leaves.ts';

const source = z.strictObject({
  sha256: z.string(),
  lines: z.tuple([seq, seq]).exactOptional(),
  cells: z.string().exactOptional(),
});

export const envelope = z.strictObject({
  caseId,
  itemId: itemId.nullable(),
  seq,
  type: z.string(),
  v: seq,
  recordedAt: instant,
  occurredOn: partialDate.nullable(),
  actor,
  actorName: z.string().nullable(),
  officeName: z.string().nullable(),
  commandId: z.string(),
  source: source.nullable(),
  data: z.record(z.string(), z.unknown()).meta({ description: 'Structure and words together' }),
  erased: z.boolean(),
  prev: z.string(),
  hash: z.string(),
  stored: z
    .strictObject({
      header: z.string(),
      data: z.string(),
      dataSalt: z.string(),
      text: z.string().nullable(),
      textSalt: z.string().nullable(),
    })
    .meta({ description: 'The exact strings and salts that the hashes cover' }),
}) satisfies z.ZodType<Envelope>;

// Fields of any kind; z.any keeps them open, null included.
const anything = z.any() as z.ZodType<FieldChange['before']>;
export const entryHead = {
  seq,
  recordedAt: instant,
  occurredOn: partialDate.nullable(),
  actor,
  type: z.string(),
};

export const fieldChange = z.strictObject({
  field: z.string(),
  before: anything,
  after: anything,
}) satisfies z.ZodType<FieldChange>;

export const auditEntry = z.strictObject({
  ...entryHead,
  summary: words,
  changes: z.array(fieldChange),
  lagDays: count,
}) satisfies z.ZodType<AuditEntry>;

export const supervisedEntry = z.strictObject({
  ...entryHead,
  caseId,
  itemId: itemId.nullable(),
  lagDays: count,
}) satisfies z.ZodType<SupervisedEntry>;
