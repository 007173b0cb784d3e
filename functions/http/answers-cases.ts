import * as z from 'zod';
import { ROLES } from '../../domain/actor.ts';
import { ACCOUNTABILITY_KINDS, STATED_STATUSES, TERMS } from '../../domain/entries.ts';
import type { InspectionCase } from '../../domain/inspection/view.ts';
import type { Item } from '../../domain/item/present.ts';
import { STATUSES } from '../../domain/item/state.ts';
import type { CaseDeadlines } from '../app/case-deadlines.ts';
import type { CaseSummary } from '../app/ledger.ts';
import { caseId, count, day, hash, instant, itemId, partialDate, seq, words } from './answers-leaves.ts';

const measure = z.strictObject({
  measureId: z.string(),
  text: words,
  printedNumber: z.string().nullable(),
  status: z.enum(['adopted', 'completed', 'continuing', 'withdrawn']),
  due: partialDate.nullable(),
  office: z.string(),
  occurredOn: partialDate.nullable(),
  completedOn: partialDate.nullable(),
  summary: words,
  evidence: z.int(),
});

const evidence = z.strictObject({
  evidenceId: z.string(),
  name: words,
  mediaType: z.string(),
  bytes: count,
  sha256: z.string(),
  measureIds: z.array(z.string()),
  documentDate: partialDate.nullable(),
  office: z.string(),
  role: z.enum(ROLES),
  recordedAt: instant,
  occurredOn: partialDate.nullable(),
  standing: z.boolean(),
});

export const item = z.strictObject({
  caseId,
  itemId,
  title: words,
  printedNumber: z.string().nullable(),
  heading: words,
  aspect: words,
  statedStatus: z.enum(STATED_STATUSES).nullable(),
  status: z.enum(STATUSES).nullable(),
  term: z.enum(TERMS).nullable(),
  lead: z.string().nullable(),
  supporting: z.array(z.string()),
  deadline: partialDate.nullable(),
  overdue: z.boolean(),
  measures: z.array(measure),
  evidence: z.array(evidence),
  endorsedBy: z.array(z.string()),
  returns: count,
  lastReturnReason: words,
  extensions: count,
  extensionDays: count.meta({
    description: 'Days by which extensions moved the deadline in force, as the entries now read',
  }),
  lastActivity: z.strictObject({ seq, on: day, recordedAt: instant }).nullable(),
  progressReports: count,
  findings: z.array(
    z.strictObject({ seq, lookBackSeq: seq, verdict: z.string(), evidenceIds: z.array(z.string()) }),
  ),
  dismissedRules: z.array(z.string()),
  statusChanges: z.array(z.strictObject({ seq, status: z.enum(STATUSES), on: day, recordedAt: instant })),
  version: count,
  hash,
  recordedAt: instant.nullable(),
}) satisfies z.ZodType<Item>;

export const itemNext = z.strictObject({
  version: count,
  recordable: z.array(z.string()).meta({ description: 'Types of entry' }),
  completable: z.array(z.string()).meta({ description: 'Measures whose completion would be taken' }),
  unmet: z
    .array(z.strictObject({ code: z.string(), detail: z.string() }))
    .meta({ description: 'Each rule that a closing by this person would break now' }),
});

export const counts = z.strictObject({
  items: count,
  byStatus: z.strictObject({
    raised: count,
    rectifying: count,
    'closure-requested': count,
    closed: count,
    reopened: count,
    withdrawn: count,
  }),
  overdue: count,
});

export const accountability = z.strictObject({
  kind: z.enum(ACCOUNTABILITY_KINDS),
  measure: z.string().nullable(),
  persons: count,
  inexact: z.boolean(),
});

export const caseSummary = z.strictObject({
  caseId,
  title: words,
  inspectedBody: words,
  inspectingBody: words,
  feedbackOn: partialDate.nullable(),
  concentratedUntil: day.nullable(),
  counts,
  accountability: z.array(accountability),
  institutions: count,
  fundsFen: count,
  version: count,
}) satisfies z.ZodType<CaseSummary>;

export const inspectionCase = z.strictObject({
  ...caseSummary.shape,
  inspection: z.strictObject({ from: partialDate, to: partialDate }).nullable(),
  plan: z
    .strictObject({ title: words, issuedOn: partialDate, acceptedOn: partialDate.nullable() })
    .nullable(),
  sources: z.array(z.string()),
  narrative: words,
  tail: words,
  notices: z.array(z.strictObject({ seq, asOf: day, sha256: z.string() })),
  lookBacks: z.array(
    z.strictObject({
      seq,
      openedOn: day,
      scope: words,
      conclusion: words,
      concluded: z.boolean(),
      sample: z.array(z.string()),
    }),
  ),
  dismissedRules: z.array(z.string()),
  settings: z.strictObject({
    concentratedMonths: seq.exactOptional(),
    requiredEndorsements: z.array(z.string()).exactOptional(),
    flagThresholds: z.record(z.string(), z.int()).exactOptional(),
  }),
  hash,
}) satisfies z.ZodType<InspectionCase>;

const dueItem = z.strictObject({ itemId, title: words, deadline: partialDate, days: count });
const silentItem = z.strictObject({ itemId, title: words, since: day, days: count });

export const caseDeadlines = z.strictObject({
  caseId,
  title: words,
  offices: z.array(
    z.strictObject({
      office: z.string().nullable().meta({ description: 'The lead office; null where nobody leads' }),
      overdue: z.array(dueItem).meta({ description: 'By days over, the most first' }),
      due: z.array(dueItem).meta({ description: 'By days left, the fewest first' }),
      silent: z.array(silentItem).meta({ description: 'By days of silence, the most first' }),
    }),
  ),
}) satisfies z.ZodType<CaseDeadlines>;
