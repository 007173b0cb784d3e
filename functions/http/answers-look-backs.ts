import * as z from 'zod';
import { VERDICTS } from '../../domain/entries.ts';
import type { AmendingEntry } from '../../domain/look-back/amendments.ts';
import type { LookBackReport } from '../../domain/look-back/report.ts';
import type { SeenEvidence } from '../../domain/look-back/seen-evidence.ts';
import type { LookBackLine } from '../app/ledger.ts';
import { actor, caseId, count, day, instant, itemId, seq, words } from './answers-leaves.ts';

const amending = z.strictObject({
  type: z.enum(['EntryCorrected', 'EntryVoided', 'TextErased', 'EvidenceWithdrawn']),
  seq,
  recordedAt: instant,
  actor,
  reason: words,
  afterConclusion: z.boolean().meta({ description: 'Recorded when the look-back was concluded already' }),
}) satisfies z.ZodType<AmendingEntry>;
const amendments = z
  .array(amending)
  .meta({ description: 'Corrections and erasures of the entry, which is shown as it reads now' });
const said = { seq, on: day, recordedAt: instant, actor, amendments };
const verdict = z.enum(VERDICTS);
const office = z
  .string()
  .nullable()
  .meta({ description: 'Its lead office when the look-back first named it' });

const evidence = z.strictObject({
  evidenceId: z.string(),
  name: words,
  sha256: z.string(),
  standing: z.enum(['standing', 'withdrawn', 'voided']),
  endedBy: amending.nullable().meta({ description: 'What withdrew or voided it' }),
  amendments,
}) satisfies z.ZodType<SeenEvidence>;
const found = { ...said, itemId, office, verdict, text: words, evidence: z.array(evidence) };

const traced = z
  .strictObject({
    count,
    items: z.array(itemId),
    entries: z.array(z.strictObject({ itemId: itemId.nullable(), seq })),
  })
  .meta({
    description:
      'A number of items, these items, and the entries it rests on: the case’s where itemId is null',
  });

const numbers = z.strictObject({
  sampled: traced,
  checked: traced,
  genuine: traced,
  partial: traced,
  false: traced,
  unchecked: traced,
  unsampled: traced,
  reopened: traced,
});

const head = {
  caseId,
  seq,
  scope: words,
  opened: z.strictObject(said),
  conclusion: z.strictObject({ ...said, text: words }).nullable(),
  counts: numbers,
};

export const lookBackLine = z.strictObject(head) satisfies z.ZodType<LookBackLine>;

export const lookBackReport = z.strictObject({
  ...head,
  samples: z.array(
    z.strictObject({
      ...said,
      seed: z.string(),
      itemIds: z.array(itemId),
      notClosed: z.array(itemId).meta({
        description: 'Of the drawn items those that were not closed then; a draw made by hand may name any',
      }),
      flagged: z.array(itemId).nullable(),
      reproduced: z.boolean().nullable().meta({
        description:
          'Drawing again gives the same; null of a draw by another method. False can also come of what was recorded in the very moment of the draw',
      }),
      flaggedAsRecomputed: z.boolean().nullable().meta({
        description: 'The rules of this release flag the same closed items; null where the entry names none',
      }),
    }),
  ),
  items: z.array(
    z.strictObject({
      itemId,
      title: words,
      office,
      samples: z.array(seq),
      finding: z.strictObject({ seq, verdict }).nullable(),
      reopened: z.array(seq),
    }),
  ),
  findings: z.array(
    z.strictObject({ ...found, counts: z.boolean().meta({ description: 'The newest of its item' }) }),
  ),
  voidedFindings: z
    .array(z.strictObject({ ...found, voidedBy: amending }))
    .meta({ description: 'Findings that were voided: they count for nothing' }),
  reopened: z.array(z.strictObject({ ...said, itemId, reason: words })),
  byOffice: z.array(z.strictObject({ office, counts: numbers })),
}) satisfies z.ZodType<LookBackReport>;
