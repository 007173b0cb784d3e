import {
  corrected,
  entry,
  entrySeq,
  erased,
  flagDismissed,
  long,
  office,
  STATED_STATUSES,
  TERMS,
  VERDICTS,
  voided,
} from './entries.ts';
import {
  aMark,
  aMeasureId,
  anEvidenceId,
  anItemId,
  aPartialDate,
  aSha256,
  fixed,
  integer,
  listOf,
  oneOf,
  optional,
  required,
  token,
  words,
} from './fields.ts';

/** Every fact of an item's stream, version 1. */
export const itemEvents = {
  IssueRaised: entry(
    'item',
    { printedNumber: optional(token(40)), statedStatus: optional(oneOf(STATED_STATUSES)) },
    { title: required(words(2_000)), heading: optional(words(4_000)), aspect: optional(words(2_000)) },
  ),
  IssueWithdrawn: entry('item', { mergedInto: fixed(optional(anItemId)) }, { reason: required(long) }),
  OfficeAssigned: entry(
    'item',
    {
      lead: required(office),
      supporting: optional(listOf(office, 50)),
      term: optional(oneOf(TERMS)),
      deadline: optional(aPartialDate),
    },
    {},
    {
      rule({ lead, supporting }, errors) {
        const index = ((supporting ?? []) as readonly string[]).indexOf(lead as string);
        if (index >= 0) {
          errors.push({
            pointer: `/supporting/${index}`,
            code: 'duplicate',
            message: 'is the lead office already',
          });
        }
      },
    },
  ),
  MeasureAdopted: entry(
    'item',
    { printedNumber: optional(token(40)), due: optional(aPartialDate) },
    { text: required(long) },
  ),
  ProgressReported: entry('item', { measureId: fixed(optional(aMeasureId)) }, { text: required(long) }),
  MeasureCompleted: entry(
    'item',
    { measureId: fixed(required(aMeasureId)), continuing: optional(aMark) },
    { summary: required(long) },
  ),
  MeasureWithdrawn: entry('item', { measureId: fixed(required(aMeasureId)) }, { reason: required(long) }),
  EvidenceAttached: entry(
    'item',
    {
      mediaType: required(
        token(
          100,
          /^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*$/,
          'a media type such as application/pdf',
        ),
      ),
      bytes: fixed(required(integer(0))),
      sha256: fixed(required(aSha256)),
      measureIds: fixed(optional(listOf(aMeasureId, 100))),
      documentDate: optional(aPartialDate),
    },
    { name: required(words(255)) },
  ),
  EvidenceWithdrawn: entry('item', { evidenceId: fixed(required(anEvidenceId)) }, { reason: required(long) }),
  ClosureRequested: entry('item', {}, { statement: required(long) }),
  ClosureRequestWithdrawn: entry('item', {}, { reason: required(long) }),
  ClosureEndorsed: entry('item', { body: fixed(required(office)) }, { opinion: required(long) }),
  ClosureReturned: entry('item', {}, { reason: required(long) }),
  ItemClosed: entry('item', { reviewedSeq: fixed(required(entrySeq)) }, { opinion: required(long) }),
  ItemReopened: entry('item', { lookBackSeq: fixed(optional(entrySeq)) }, { reason: required(long) }),
  ExtensionRequested: entry('item', { to: required(aPartialDate) }, { reason: required(long) }),
  DeadlineExtended: entry(
    'item',
    { to: required(aPartialDate), from: fixed(optional(aPartialDate)) },
    { reason: required(long) },
  ),
  LookBackFindingRecorded: entry(
    'item',
    {
      lookBackSeq: fixed(required(entrySeq)),
      verdict: fixed(required(oneOf(VERDICTS))),
      evidenceIds: fixed(optional(listOf(anEvidenceId, 100))),
    },
    { text: required(long) },
  ),
  FlagDismissed: flagDismissed('item'),
  EntryCorrected: corrected('item'),
  EntryVoided: voided('item'),
  TextErased: erased('item'),
} as const;
