import * as z from 'zod';
import { ACCOUNTABILITY_KINDS, STATED_STATUSES, TERMS } from '../../domain/entries.ts';
import { type NoticeWarningCode, noticeWarnings } from '../../domain/notice/warnings.ts';
import type { ImportReport } from '../app/ledger.ts';
import { count } from './answers-leaves.ts';

const text = z.string();
const line = z.int().min(1);
const lines = z.tuple([line, line]).meta({ description: 'First and last source line, from 1, inclusive' });

const total = z.strictObject({
  kind: z.enum([...ACCOUNTABILITY_KINDS, 'institutions', 'fundsFen', 'problems', ...STATED_STATUSES]),
  measure: text.exactOptional(),
  value: z.int(),
  inexact: z.literal(true).exactOptional(),
});

const header = z.strictObject({
  inspectedBody: text.exactOptional(),
  inspectingBody: text.exactOptional(),
  inspectionFrom: text.exactOptional(),
  inspectionTo: text.exactOptional(),
  feedbackOn: text.exactOptional(),
  totals: z.array(total),
  totalLines: z.array(lines),
  narrative: text,
  text,
  lines: lines.nullable(),
});

const measure = z.strictObject({
  printedNumber: text.nullable(),
  text,
  lines,
  occurredOn: text.exactOptional(),
});

const item = z.strictObject({
  itemId: text,
  printedNumber: text.nullable(),
  title: text,
  heading: text,
  statedStatus: z.enum(STATED_STATUSES).exactOptional(),
  aspect: text.exactOptional(),
  term: z.enum(TERMS).exactOptional(),
  measures: z.array(measure),
  notes: z.array(z.strictObject({ text, lines, after: count })),
  group: count.nullable(),
  lines,
});

const group = z.strictObject({
  printedNumber: text.nullable(),
  heading: text,
  text,
  parent: count.nullable(),
  lines,
});

const warningCodes = Object.keys(noticeWarnings) as [NoticeWarningCode, ...NoticeWarningCode[]];

export const importReport = z.strictObject({
  committed: z.boolean(),
  recorded: count.meta({ description: 'Entries that this import recorded' }),
  header,
  groups: z.array(group),
  items: z.array(item),
  tail: z.strictObject({ text, lines: lines.nullable() }),
  lines: z.strictObject({
    total: count,
    header: count,
    items: count,
    measures: count,
    tail: count,
    ignored: count,
  }),
  warnings: z.array(z.strictObject({ line: count, code: z.enum(warningCodes), message: text })),
}) satisfies z.ZodType<ImportReport>;
