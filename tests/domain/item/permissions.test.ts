import { describe, expect, test } from 'vitest';
import { isItemEventType, itemEventTypes } from '../../../domain/payload.ts';
import { isRefusal } from '../../../domain/refusals.ts';
import {
  aLookBack,
  assigned,
  attempt,
  auditor,
  closed,
  committee,
  completed,
  ITEM,
  inStatus,
  lead,
  record,
  rectifying,
  requested,
  reviewer,
  specify,
  stranger,
  support,
  type Wish,
} from '../kit.ts';

const around = { inspection: { lookBacks: [aLookBack(2)] }, itemCount: 2 };
const withDeadline = [
  ...assigned.slice(0, 1),
  committee('OfficeAssigned', { lead: '财政办', supporting: ['组织办'], deadline: '2024-06-30' }),
];

/** A history in which the type is in season for whoever may record it. */
const season: { readonly [type: string]: readonly Wish[] } = {
  IssueRaised: [],
  IssueWithdrawn: rectifying,
  OfficeAssigned: rectifying,
  MeasureAdopted: rectifying,
  ProgressReported: rectifying,
  MeasureCompleted: rectifying,
  MeasureWithdrawn: rectifying,
  EvidenceAttached: rectifying,
  EvidenceWithdrawn: completed,
  ClosureRequested: completed,
  ClosureRequestWithdrawn: requested,
  ClosureEndorsed: requested,
  ClosureReturned: requested,
  ItemClosed: requested,
  ItemReopened: closed,
  ExtensionRequested: withDeadline,
  DeadlineExtended: withDeadline,
  LookBackFindingRecorded: closed,
  FlagDismissed: closed,
  EntryCorrected: rectifying,
  EntryVoided: rectifying,
  TextErased: rectifying,
};

const ok = 'recorded';
const no = 'role-not-allowed';
const notLead = 'office-not-lead';
const foreign = 'entry-of-another-office';

/** Design section 3, the column "recorded by": lead office, supporting office, committee, reviewer. */
const recordedBy: { readonly [type: string]: readonly [string, string, string, string] } = {
  IssueRaised: [no, no, ok, no],
  IssueWithdrawn: [no, no, ok, no],
  OfficeAssigned: [no, no, ok, no],
  MeasureAdopted: [ok, ok, ok, no],
  ProgressReported: [ok, ok, no, no],
  MeasureCompleted: [ok, ok, no, no],
  MeasureWithdrawn: [ok, ok, ok, no],
  EvidenceAttached: [ok, ok, ok, ok],
  // e5 and m3 are the lead office's.
  EvidenceWithdrawn: [ok, foreign, ok, foreign],
  ClosureRequested: [ok, notLead, no, no],
  ClosureRequestWithdrawn: [ok, notLead, no, no],
  ClosureEndorsed: [no, no, ok, no],
  ClosureReturned: [no, no, ok, no],
  ItemClosed: [no, no, ok, no],
  ItemReopened: [no, no, ok, no],
  ExtensionRequested: [ok, notLead, no, no],
  DeadlineExtended: [no, no, ok, no],
  LookBackFindingRecorded: [no, no, ok, ok],
  FlagDismissed: [no, no, ok, ok],
  EntryCorrected: [ok, foreign, ok, no],
  EntryVoided: [ok, foreign, ok, no],
  TextErased: [no, no, ok, no],
};

function outcome(given: readonly Wish[], wish: Wish): string {
  const outcome = attempt(ITEM, record(ITEM, given, around), wish, around);
  return isRefusal(outcome) ? outcome.refused : 'recorded';
}

test('every type has a row', () => {
  expect(Object.keys(recordedBy).sort()).toEqual([...itemEventTypes].sort());
});

describe.each(Object.entries(recordedBy))(
  'who records %s',
  (type, [byLead, bySupport, byCommittee, byReviewer]) => {
    if (!isItemEventType(type)) throw new Error(type);
    const given = season[type] ?? [];
    const people = [
      ['the lead office', lead, byLead],
      ['a supporting office', support, bySupport],
      ['the committee', committee, byCommittee],
      ['a reviewer', reviewer, byReviewer],
      ['an auditor', auditor, no],
      ['an office without responsibility', stranger, byLead === no ? no : 'office-not-responsible'],
    ] as const;
    test.each(people)('%s', (_, person, then) => {
      // Before the first entry nobody is responsible for anything.
      const expected = given.length === 0 && then !== ok ? no : then;
      expect(outcome(given, person(type))).toBe(expected);
    });
  },
);

/** What is refused in a status to those who may record the type at all; what is not here is recorded. */
const out = {
  raised: '',
  rectifying: '',
  reopened: '',
  'closure-requested': '',
  closed: 'item-closed',
  withdrawn: 'item-withdrawn',
};
type When = { readonly [status: string]: string };
const standing: When = { ...out, 'closure-requested': 'closure-requested' };
const onlyRequested: When = {
  ...out,
  raised: 'closure-not-requested',
  rectifying: 'closure-not-requested',
  reopened: 'closure-not-requested',
};
const always: When = { ...out, closed: '', withdrawn: '' };

const seasons: readonly [who: string, wish: Wish, when: When][] = [
  [
    'the committee',
    committee('IssueRaised'),
    Object.fromEntries(Object.keys(out).map((status) => [status, 'issue-already-raised'])),
  ],
  ['the committee', committee('IssueWithdrawn'), out],
  ['the committee', committee('OfficeAssigned'), out],
  ['the committee', committee('MeasureAdopted'), out],
  [
    'the committee',
    committee('EvidenceAttached', { name: '函', mediaType: 'text/plain', bytes: 1, sha256: 'cd'.repeat(32) }),
    out,
  ],
  ['the committee', committee('ClosureReturned'), onlyRequested],
  ['the committee', committee('ClosureEndorsed'), onlyRequested],
  [
    'the committee',
    committee('ItemReopened'),
    {
      ...out,
      raised: 'item-not-closed',
      rectifying: 'item-not-closed',
      reopened: 'item-not-closed',
      'closure-requested': 'item-not-closed',
      closed: '',
    },
  ],
  ['the committee', committee('LookBackFindingRecorded'), { ...out, closed: '' }],
  ['the committee', committee('FlagDismissed'), { ...out, closed: '' }],
  [
    'the committee',
    committee('EntryCorrected', { target: 1, set: { title: '接待超标' }, reason: '笔误' }),
    always,
  ],
  ['the committee', committee('TextErased', { target: 1, ground: '个人信息', approvedBy: 'sun' }), always],
  [
    'a reviewer',
    reviewer('EvidenceAttached', {
      name: '照片',
      mediaType: 'image/jpeg',
      bytes: 1,
      sha256: 'cd'.repeat(32),
    }),
    { ...out, closed: '' },
  ],
  ['a reviewer', reviewer('LookBackFindingRecorded'), { ...out, closed: '' }],
  ['a reviewer', reviewer('FlagDismissed'), { ...out, closed: '' }],
  ['the lead office', lead('MeasureAdopted'), standing],
  ['the lead office', lead('ProgressReported'), standing],
  [
    'the lead office',
    lead('EvidenceAttached', { name: '函', mediaType: 'text/plain', bytes: 1, sha256: 'cd'.repeat(32) }),
    standing,
  ],
  [
    'the lead office',
    lead('MeasureCompleted', { measureId: 'm3', summary: '完成' }),
    { ...standing, raised: 'unknown-measure', rectifying: '', reopened: '' },
  ],
  [
    'the lead office',
    lead('MeasureWithdrawn', { measureId: 'm3', reason: '重复' }),
    { ...standing, raised: 'unknown-measure' },
  ],
  [
    'the lead office',
    lead('ExtensionRequested'),
    { ...standing, raised: 'no-deadline', rectifying: 'no-deadline', reopened: 'no-deadline' },
  ],
  [
    'the lead office',
    lead('ClosureRequested'),
    { ...standing, raised: 'no-standing-measure', 'closure-requested': 'closure-already-requested' },
  ],
  ['the lead office', lead('ClosureRequestWithdrawn'), onlyRequested],
  [
    'the lead office',
    lead('EntryCorrected', { target: 3, set: { text: '改' }, reason: '笔误' }),
    { ...standing, raised: 'unknown-entry' },
  ],
  [
    'the lead office',
    lead('EntryVoided', { target: 3, reason: '重复' }),
    { ...standing, raised: 'unknown-entry' },
  ],
];

describe.each(seasons.map(([who, wish, when]) => ({ who, wish, when })))(
  'when $who may record $wish.type',
  ({ wish, when }) => {
    test.each(Object.entries(inStatus))('%s', (status, given) => {
      expect(outcome(given, wish)).toBe(when[status] || 'recorded');
    });
  },
);

describe('responsibility', () => {
  specify(ITEM, [
    {
      rule: 'an office assigned a moment ago can write',
      given: [...rectifying, committee('OfficeAssigned', { lead: '信访办' })],
      when: stranger('MeasureAdopted'),
      gives: 'recorded',
    },
    {
      rule: 'an office that is no longer responsible cannot',
      given: [...rectifying, committee('OfficeAssigned', { lead: '信访办' })],
      when: lead('ProgressReported'),
      gives: 'office-not-responsible',
    },
    {
      rule: 'the lead of yesterday that supports today cannot request closure',
      given: [...completed, committee('OfficeAssigned', { lead: '组织办', supporting: ['财政办'] })],
      when: lead('ClosureRequested'),
      gives: 'office-not-lead',
    },
    {
      rule: 'nobody is responsible before an assignment',
      given: assigned.slice(0, 1),
      when: lead('MeasureAdopted'),
      gives: 'office-not-responsible',
    },
    {
      rule: 'permission comes before the status: a role that may not close is told so of a closed item',
      given: closed,
      when: lead('ItemClosed', { opinion: '同意', reviewedSeq: 7 }),
      gives: 'role-not-allowed',
    },
    {
      rule: 'an entry cannot have happened after the day on which it is recorded',
      given: assigned,
      when: lead('MeasureAdopted', undefined, { occurredOn: '2024-03-05' }),
      gives: 'occurred-in-future',
    },
    {
      rule: 'a partial date that began already is no future',
      given: assigned,
      when: lead('MeasureAdopted', undefined, { occurredOn: '2024' }),
      gives: 'recorded',
    },
    {
      rule: 'a partial date that begins later is the future',
      given: assigned,
      when: lead('MeasureAdopted', undefined, { occurredOn: '2024-04' }),
      gives: 'occurred-in-future',
    },
    {
      rule: 'back-dating is legal, even before the raise',
      given: assigned,
      when: lead('MeasureAdopted', undefined, { occurredOn: '2019-07' }),
      gives: 'recorded',
    },
    {
      rule: 'the day of recording is the day in the zone, not in UTC',
      given: assigned,
      when: lead('MeasureAdopted', undefined, {
        occurredOn: '2024-03-05',
        at: '2024-03-04T16:00:00.000Z',
      }),
      gives: 'recorded',
    },
    {
      rule: 'one millisecond before midnight in the zone it is still the day before',
      given: assigned,
      when: lead('MeasureAdopted', undefined, {
        occurredOn: '2024-03-05',
        at: '2024-03-04T15:59:59.999Z',
      }),
      gives: 'occurred-in-future',
    },
  ]);
});
