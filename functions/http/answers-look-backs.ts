import * as z from 'zod';
import { VERDICTS } from '../../domain/entries.ts';
import type { LookBackReport } from '../../domain/look-back/report.ts';
import type { LookBackLine } from '../app/ledger.ts';
import { actor, caseId, count, day, instant, itemId, seq, words } from './answers-leaves.ts';

const said = { seq, on: day, recordedAt: instant, actor };
const verdict = z.enum(VERDICTS);
const office = z
  .string()
  .nullable()
  .meta({ description: 'Its lead office when the look-back first named it' });

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
      flagged: z.array(itemId).nullable(),
      reproduced: z
        .boolean()
        .nullable()
        .meta({ description: 'Drawing again gives the same; null of a draw by another method' }),
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
    z.strictObject({
      ...said,
      itemId,
      office,
      verdict,
      text: words,
      evidence: z.array(z.strictObject({ evidenceId: z.string(), name: words, sha256: z.string() })),
      counts: z.boolean().meta({ description: 'The newest of its item' }),
    }),
  ),
  reopened: z.array(z.strictObject({ ...said, itemId, reason: words })),
  byOffice: z.array(z.strictObject({ office, counts: numbers })),
}) satisfies z.ZodType<LookBackReport>;
