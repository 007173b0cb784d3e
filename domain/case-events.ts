import {
  ACCOUNTABILITY_KINDS,
  type AccountabilityKind,
  corrected,
  entry,
  entrySeq,
  erased,
  flagDismissed,
  long,
  SANCTIONS,
  seed,
  settingsKind,
  title,
  voided,
} from './entries.ts';
import {
  aDay,
  aMark,
  anItemId,
  aPartialDate,
  aSha256,
  fixed,
  integer,
  listOf,
  mapOf,
  object,
  oneOf,
  optional,
  orderedDays,
  required,
  token,
} from './fields.ts';

const itemList = listOf(anItemId, 9_999);

/** Every fact of the case stream, version 1. */
export const caseEvents = {
  CaseOpened: entry(
    'case',
    {
      inspection: optional(
        object({ from: required(aPartialDate), to: required(aPartialDate) }, ({ from, to }, at, errors) =>
          orderedDays(from, to, at, errors),
        ),
      ),
      feedbackOn: required(aPartialDate),
      settings: optional(settingsKind),
    },
    { title: required(title), inspectedBody: required(title), inspectingBody: required(title) },
  ),
  CaseSettingsChanged: entry('case', { settings: required(settingsKind) }, {}),
  SourceImported: entry(
    'case',
    {
      sha256: fixed(required(aSha256)),
      parserVersion: fixed(required(token(20))),
      counts: fixed(required(mapOf(integer(0), 20))),
    },
    { narrative: optional(long), tail: optional(long) },
  ),
  PlanIssued: entry('case', { issuedOn: required(aPartialDate) }, { title: required(title) }),
  PlanAccepted: entry('case', { acceptedOn: required(aPartialDate) }, {}),
  AccountabilityRecorded: entry(
    'case',
    {
      kind: fixed(required(oneOf(ACCOUNTABILITY_KINDS))),
      measure: optional(token(20)),
      persons: required(integer(0, 1_000_000)),
      inexact: optional(aMark),
      itemId: fixed(optional(anItemId)),
    },
    {},
    {
      rule({ kind, measure }, errors) {
        if (measure === undefined) return;
        const known = SANCTIONS[kind as AccountabilityKind] ?? [];
        if (known.includes(measure as string)) return;
        const message = known.length > 0 ? `must be one of ${known.join(', ')}` : `${kind} has no measures`;
        errors.push({ pointer: '/measure', code: 'invalid-value', message });
      },
    },
  ),
  InstitutionRecorded: entry(
    'case',
    {
      documentNo: optional(token(100)),
      count: required(integer(1, 100_000)),
      itemId: fixed(optional(anItemId)),
    },
    { title: optional(title) },
    {
      complete: (fields) =>
        fields.title !== undefined && fields.count === undefined ? { ...fields, count: 1 } : fields,
      rule({ title, count }, errors) {
        if (title !== undefined && count !== 1) {
          errors.push({
            pointer: '/count',
            code: 'invalid-value',
            message: 'must be 1 for a titled institution',
          });
        }
      },
    },
  ),
  FundsRecovered: entry(
    'case',
    { amountFen: optional(integer(0)), itemId: fixed(optional(anItemId)) },
    { note: optional(long) },
    {
      rule({ amountFen, note }, errors) {
        if (amountFen !== undefined || note !== undefined) return;
        errors.push({ pointer: '/amountFen', code: 'required', message: 'an amount or a note is required' });
      },
    },
  ),
  NoticePublished: entry('case', { asOf: fixed(required(aDay)), sha256: fixed(required(aSha256)) }, {}),
  LookBackOpened: entry('case', {}, { scope: required(long) }),
  SampleDrawn: entry(
    'case',
    {
      lookBackSeq: fixed(required(entrySeq)),
      seed: fixed(required(seed)),
      itemIds: fixed(required({ ...itemList, schema: { ...itemList.schema, minItems: 1 } })),
      // What the draw counted as flagged: with it anybody can draw again, whatever later releases flag.
      flagged: fixed(optional(itemList)),
    },
    {},
    {
      onEntry({ itemIds }, errors) {
        if (!Array.isArray(itemIds) || itemIds.length > 0) return;
        errors.push({ pointer: '/itemIds', code: 'empty', message: 'must name an item' });
      },
    },
  ),
  LookBackConcluded: entry(
    'case',
    { lookBackSeq: fixed(required(entrySeq)) },
    { conclusion: required(long) },
  ),
  FlagDismissed: flagDismissed('case'),
  EntryCorrected: corrected('case'),
  EntryVoided: voided('case'),
  TextErased: erased('case'),
} as const;
