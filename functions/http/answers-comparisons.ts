import * as z from 'zod';
import type { Change } from '../../domain/diff.ts';
import type { HindsightDifference, LaterEntry, PictureTotals } from '../../domain/look-back/hindsight.ts';
import type { CaseChanges, Diff, DiffAcross } from '../app/comparison.ts';
import type { Hindsight } from '../app/hindsight.ts';
import { accountability, counts } from './answers-cases.ts';
import { entryHead, fieldChange } from './answers-entries.ts';
import { caseId, count, cut, day, instant, itemId, seq, words } from './answers-leaves.ts';

const kind = z.enum(['new', 'back-dated', 'corrected']).meta({
  description:
    'On the recorded axis: `corrected` amends an earlier entry, `back-dated` counts from a day up to that of `from`, never without a date of its own. On the effective axis: `corrected` was corrected, `back-dated` was recorded only after the day of `to`. All others are `new`. It is told by the two dates, not by a delay: a closing of 10 March recorded on 20 June is `back-dated` on the recorded axis between 31 March and 30 June, and `new` between 1 January and 30 June; a comparison of two dates far apart shows few.',
});

export const change = z.strictObject({
  ...entryHead,
  itemId: itemId.nullable(),
  kind,
  before: z.record(z.string(), z.unknown()),
  after: z.record(z.string(), z.unknown()),
}) satisfies z.ZodType<Change>;

const span = { axis: z.enum(['recorded', 'effective']), from: z.string(), to: z.string() };

export const diff = z.strictObject({
  ...span,
  changes: z.array(change),
  cut: cut.exactOptional(),
}) satisfies z.ZodType<Diff>;

const caseChanges = z.strictObject({
  caseId,
  title: words,
  summary: z.strictObject({ new: count, backDated: count, corrected: count }),
  items: count.meta({ description: 'Items with a change' }),
  changes: z.array(change).exactOptional(),
}) satisfies z.ZodType<CaseChanges>;

export const diffAcross = z.strictObject({
  ...span,
  data: z.array(caseChanges),
  nextCursor: z.string().exactOptional(),
  cut: cut.exactOptional(),
}) satisfies z.ZodType<DiffAcross>;

const totals = z.strictObject({
  counts,
  accountability: z.array(accountability),
  institutions: count,
  fundsFen: count,
}) satisfies z.ZodType<PictureTotals>;

const laterEntry = z.strictObject({
  ...entryHead,
  kind,
  target: seq.nullable().meta({ description: 'The entry that it amends' }),
}) satisfies z.ZodType<LaterEntry>;

const difference = z.strictObject({
  itemId: itemId.nullable(),
  title: words,
  changes: z.array(fieldChange),
  entries: z.array(laterEntry),
}) satisfies z.ZodType<HindsightDifference>;

export const hindsight = z.strictObject({
  caseId,
  title: words,
  notice: seq.nullable(),
  believedAsOf: instant,
  believed: totals,
  known: totals,
  differences: z.array(difference),
  cut: z.strictObject({ ...cut.shape, effectiveOn: day }),
}) satisfies z.ZodType<Hindsight>;
