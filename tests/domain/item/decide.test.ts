import { describe, expect, test } from 'vitest';
import type { Day } from '../../../domain/dates.ts';
import { isRefusal } from '../../../domain/refusals.ts';
import {
  aLookBack,
  assigned,
  attempt,
  closed,
  committee,
  completed,
  ITEM,
  lead,
  raised,
  record,
  rectifying,
  reopened,
  requested,
  reviewer,
  SHA256,
  specify,
  stranger,
  support,
  withdrawn,
} from '../kit.ts';

const evidence = (measureIds: readonly string[]) => ({
  name: '照片.jpg',
  mediaType: 'image/jpeg',
  bytes: 7,
  sha256: SHA256,
  measureIds,
});
const issued = { inspection: { planIssuedOn: '2024-01-10' as never } };
const lookBacks = {
  inspection: {
    lookBacks: [aLookBack(2), { ...aLookBack(5), concluded: true }],
  },
};
const deadline = [
  ...raised,
  committee('OfficeAssigned', { lead: '财政办', term: 'time-bound', deadline: '2024-06-30' }),
];

describe('the status of an item', () => {
  specify(ITEM, [
    {
      rule: 'is raised once the issue is raised',
      given: [],
      when: committee('IssueRaised'),
      gives: { status: 'raised', turnSeq: 1 },
    },
    {
      rule: 'stays raised when offices are assigned',
      given: raised,
      when: committee('OfficeAssigned'),
      gives: { status: 'raised', lead: '财政办', supporting: ['组织办'] },
    },
    {
      rule: 'is rectifying once a measure stands',
      given: assigned,
      when: lead('MeasureAdopted'),
      gives: { status: 'rectifying' },
    },
    {
      rule: 'is closure-requested while a request stands',
      given: completed,
      when: lead('ClosureRequested'),
      gives: { status: 'closure-requested', requestSeq: 6, requestedOn: '2024-03-04' },
    },
    {
      rule: 'goes back to rectifying with a return',
      given: requested,
      when: committee('ClosureReturned'),
      gives: { status: 'rectifying', requestSeq: 0, turnSeq: 7 },
    },
    {
      rule: 'goes back to rectifying with a withdrawn request',
      given: requested,
      when: lead('ClosureRequestWithdrawn'),
      gives: { status: 'rectifying', requestSeq: 0, turnSeq: 1 },
    },
    {
      rule: 'is closed by the committee',
      given: requested,
      when: committee('ItemClosed'),
      gives: { status: 'closed' },
    },
    {
      rule: 'is reopened by the committee',
      given: closed,
      when: committee('ItemReopened'),
      gives: { status: 'reopened' },
    },
    {
      rule: 'is closure-requested again from reopened',
      given: reopened,
      when: lead('ClosureRequested'),
      gives: { status: 'closure-requested' },
    },
    {
      rule: 'is raised again when all measures are withdrawn',
      given: rectifying,
      when: lead('MeasureWithdrawn'),
      gives: { status: 'raised' },
    },
    {
      rule: 'stays rectifying while one measure stands',
      given: [...rectifying, lead('MeasureAdopted')],
      when: lead('MeasureWithdrawn'),
      gives: { status: 'rectifying' },
    },
    {
      rule: 'is reopened again when all measures of a reopened item are withdrawn',
      given: [...reopened, lead('ClosureRequested'), committee('ClosureReturned')],
      when: lead('MeasureWithdrawn'),
      gives: { status: 'reopened' },
    },
    {
      rule: 'is raised when a request without a standing measure is returned',
      given: [...requested, committee('MeasureWithdrawn')],
      when: committee('ClosureReturned'),
      gives: { status: 'raised' },
    },
    {
      rule: 'is raised again when its only measure is voided',
      given: rectifying,
      when: lead('EntryVoided'),
      gives: { status: 'raised', measures: [] },
    },
    {
      rule: 'is rectifying again when the withdrawal of its only measure is voided',
      given: [...rectifying, lead('MeasureWithdrawn')],
      when: lead('EntryVoided', { target: 4, reason: '误撤' }),
      gives: { status: 'rectifying' },
    },
    {
      rule: 'is withdrawn for good',
      given: rectifying,
      when: committee('IssueWithdrawn'),
      gives: { status: 'withdrawn' },
    },
    {
      rule: 'is withdrawn even while a request stands',
      given: requested,
      when: committee('IssueWithdrawn'),
      gives: { status: 'withdrawn', requestSeq: 0 },
    },
    {
      rule: 'is not changed by progress, findings, dismissals and erasures',
      given: rectifying,
      when: committee('TextErased'),
      gives: { status: 'rectifying' },
    },
  ]);
});

describe('withdrawn ends it', () => {
  const wishes = [
    committee('OfficeAssigned'),
    committee('MeasureAdopted'),
    committee('IssueWithdrawn'),
    committee('ItemReopened'),
    committee('ItemClosed'),
    committee('ClosureReturned'),
    committee('DeadlineExtended'),
    committee('FlagDismissed'),
    committee('LookBackFindingRecorded'),
    reviewer('EvidenceAttached'),
  ];
  test.each(wishes)('no $type follows', (wish) => {
    expect(attempt(ITEM, record(ITEM, withdrawn), wish, lookBacks)).toMatchObject({
      refused: 'item-withdrawn',
    });
  });
});

describe('measures', () => {
  specify(ITEM, [
    {
      rule: 'are named after the entry that adopted them',
      given: assigned,
      when: lead('MeasureAdopted'),
      gives: { measures: [{ seq: 3, adopted: true, progress: 'adopted' }] },
    },
    {
      rule: 'an unknown measure cannot be completed',
      given: rectifying,
      when: lead('MeasureCompleted', { measureId: 'm2', summary: '完成' }),
      gives: 'unknown-measure',
    },
    {
      rule: 'a measure of the future neither',
      given: rectifying,
      when: lead('MeasureCompleted', { measureId: 'm4', summary: '完成' }),
      gives: 'unknown-measure',
    },
    {
      rule: 'an unknown measure cannot be withdrawn',
      given: rectifying,
      when: lead('MeasureWithdrawn', { measureId: 'm9', reason: '无' }),
      gives: 'unknown-measure',
    },
    {
      rule: 'progress on an unknown measure is refused',
      given: rectifying,
      when: lead('ProgressReported', { measureId: 'm9', text: '无' }),
      gives: 'unknown-measure',
    },
    {
      rule: 'progress on the item as a whole names none',
      given: assigned,
      when: lead('ProgressReported'),
      gives: 'recorded',
    },
    {
      rule: 'a voided measure is unknown',
      given: [...rectifying, lead('EntryVoided')],
      when: lead('MeasureCompleted'),
      gives: 'unknown-measure',
    },
    {
      rule: 'an evidence id is no measure id',
      given: completed,
      when: lead('MeasureCompleted', { measureId: 'e5', summary: '完成' }),
      gives: 'invalid-fields',
    },
    {
      rule: 'a completed measure is not completed again',
      given: completed,
      when: lead('MeasureCompleted'),
      gives: 'measure-already-completed',
    },
    {
      rule: 'a continuing measure may be completed for good',
      given: [
        ...rectifying,
        lead('MeasureCompleted', { measureId: 'm3', summary: '运行', continuing: true }),
      ],
      when: lead('MeasureCompleted'),
      gives: { measures: [{ progress: 'completed', completedSeq: 5 }] },
    },
    {
      rule: 'a withdrawn measure is not completed',
      given: [...rectifying, lead('MeasureWithdrawn')],
      when: lead('MeasureCompleted'),
      gives: 'measure-withdrawn',
    },
    {
      rule: 'nor withdrawn again',
      given: [...rectifying, lead('MeasureWithdrawn')],
      when: lead('MeasureWithdrawn'),
      gives: 'measure-withdrawn',
    },
    {
      rule: 'a completed measure may be withdrawn',
      given: completed,
      when: lead('MeasureWithdrawn'),
      gives: { measures: [{ progress: 'withdrawn' }], status: 'raised' },
    },
    {
      rule: 'a responsible office withdraws a measure before the plan is issued',
      given: rectifying,
      when: support('MeasureWithdrawn'),
      gives: 'recorded',
    },
    {
      rule: 'not after',
      given: rectifying,
      when: lead('MeasureWithdrawn'),
      gives: 'plan-issued',
      around: issued,
    },
    {
      rule: 'then the committee does',
      given: rectifying,
      when: committee('MeasureWithdrawn'),
      gives: 'recorded',
      around: issued,
    },
  ]);
});

describe('evidence', () => {
  specify(ITEM, [
    {
      rule: 'counts for the measures that it names',
      given: rectifying,
      when: lead('EvidenceAttached'),
      gives: { measures: [{ seq: 3, evidence: 1 }] },
    },
    {
      rule: 'names no unknown measure',
      given: rectifying,
      when: lead('EvidenceAttached', evidence(['m3', 'm9'])),
      gives: 'unknown-measure',
    },
    {
      rule: 'names no withdrawn measure',
      given: [...rectifying, lead('MeasureWithdrawn')],
      when: lead('EvidenceAttached'),
      gives: 'measure-withdrawn',
    },
    {
      rule: 'names no measure twice',
      given: rectifying,
      when: lead('EvidenceAttached', evidence(['m3', 'm3'])),
      gives: 'invalid-fields',
    },
    {
      rule: 'is withdrawn by whoever attached it',
      given: completed,
      when: lead('EvidenceWithdrawn'),
      gives: { measures: [{ seq: 3, evidence: 0 }] },
    },
    {
      rule: 'is withdrawn by another person of the same office',
      given: completed,
      when: { ...lead('EvidenceWithdrawn'), who: { ...lead('EvidenceWithdrawn').who, sub: 'zhao' } },
      gives: 'recorded',
    },
    {
      rule: 'is not withdrawn by another responsible office',
      given: completed,
      when: support('EvidenceWithdrawn'),
      gives: 'entry-of-another-office',
    },
    {
      rule: 'is withdrawn by the committee, whoever attached it',
      given: completed,
      when: committee('EvidenceWithdrawn'),
      gives: 'recorded',
    },
    {
      rule: 'of a reviewer is withdrawn by a reviewer of the same office',
      given: [...rectifying, lead('MeasureAdopted'), reviewer('EvidenceAttached')],
      when: reviewer('EvidenceWithdrawn'),
      gives: 'recorded',
    },
    {
      rule: 'is withdrawn once',
      given: [...completed, lead('EvidenceWithdrawn')],
      when: lead('EvidenceWithdrawn'),
      gives: 'evidence-already-withdrawn',
    },
    {
      rule: 'is withdrawn again once its withdrawal was voided',
      given: [...completed, lead('EvidenceWithdrawn'), lead('EntryVoided', { target: 6, reason: '误撤' })],
      when: lead('EvidenceWithdrawn'),
      gives: { measures: [{ evidence: 0 }] },
    },
    {
      rule: 'is not withdrawn once voided',
      given: [...completed, lead('EntryVoided', { target: 5, reason: '传错' })],
      when: lead('EvidenceWithdrawn'),
      gives: 'evidence-already-withdrawn',
    },
    {
      rule: 'that nobody attached is unknown',
      given: completed,
      when: lead('EvidenceWithdrawn', { evidenceId: 'e9', reason: '无' }),
      gives: 'unknown-evidence',
    },
    {
      rule: 'is no other entry',
      given: completed,
      when: lead('EvidenceWithdrawn', { evidenceId: 'e3', reason: '无' }),
      gives: 'unknown-evidence',
    },
  ]);
});

describe('offices, term and deadline', () => {
  const again = (data: object) => committee('OfficeAssigned', { lead: '信访办', ...data });
  specify(ITEM, [
    {
      rule: 'the first assignment sets the term and the deadline',
      given: raised,
      when: deadline[1] as never,
      gives: { term: 'time-bound', deadline: '2024-06-30' },
    },
    {
      rule: 'a later one may still set them when the first did not',
      given: assigned,
      when: again({ term: 'immediate', deadline: '2024-05' }),
      gives: { term: 'immediate', deadline: '2024-05', lead: '信访办' },
    },
    {
      rule: 'a term is set once',
      given: deadline,
      when: again({ term: 'long-term' }),
      gives: 'term-already-set',
    },
    {
      rule: 'a deadline is set once',
      given: deadline,
      when: again({ deadline: '2024-07-31' }),
      gives: 'term-already-set',
    },
    {
      rule: 'even the same one',
      given: deadline,
      when: again({ term: 'time-bound' }),
      gives: 'term-already-set',
    },
    {
      rule: 'another assignment keeps both',
      given: deadline,
      when: again({}),
      gives: {
        term: 'time-bound',
        deadline: '2024-06-30',
        supporting: [],
        everResponsible: ['财政办', '信访办'],
      },
    },
    {
      rule: 'an office does not support what it leads',
      given: raised,
      when: committee('OfficeAssigned', { lead: '财政办', supporting: ['财政办'] }),
      gives: 'invalid-fields',
    },
  ]);
});

describe('extensions', () => {
  const asked = [...deadline, lead('ExtensionRequested', undefined, { occurredOn: '2024-03-01' })];
  const extend = (more = {}) => committee('DeadlineExtended', undefined, more);
  specify(ITEM, [
    {
      rule: 'are asked for by the lead office',
      given: deadline,
      when: lead('ExtensionRequested'),
      gives: { extensionRequestedOn: '2024-03-04', deadline: '2024-06-30' },
    },
    {
      rule: 'are granted by the committee',
      given: asked,
      when: extend(),
      gives: { deadline: '2024-12-31', extensionRequestedOn: undefined },
    },
    { rule: 'are granted unasked', given: deadline, when: extend(), gives: { deadline: '2024-12-31' } },
    {
      rule: 'need a deadline: the request',
      given: assigned,
      when: lead('ExtensionRequested'),
      gives: 'no-deadline',
    },
    { rule: 'need a deadline: the grant', given: assigned, when: extend(), gives: 'no-deadline' },
    {
      rule: 'end later than the deadline: the request',
      given: deadline,
      when: lead('ExtensionRequested', { to: '2024-06-30', reason: '延期' }),
      gives: 'extension-not-later',
    },
    {
      rule: 'end later than the deadline: the grant',
      given: deadline,
      when: committee('DeadlineExtended', { to: '2024-06', reason: '同意' }),
      gives: 'extension-not-later',
    },
    {
      rule: 'a month counts to its last day',
      given: deadline,
      when: committee('DeadlineExtended', { to: '2024-07', reason: '同意' }),
      gives: { deadline: '2024-07' },
    },
    {
      rule: 'extend an extended deadline further',
      given: [...deadline, extend()],
      when: committee('DeadlineExtended', { to: '2025', reason: '同意' }),
      gives: { deadline: '2025' },
    },
    {
      rule: 'but not to where it is',
      given: [...deadline, extend()],
      when: extend(),
      gives: 'extension-not-later',
    },
    {
      rule: 'are not granted before they were asked for',
      given: asked,
      when: extend({ occurredOn: '2024-02-29' }),
      gives: 'decision-before-request',
    },
    {
      rule: 'may be granted on the day on which they were asked for',
      given: asked,
      when: extend({ occurredOn: '2024-03-01' }),
      gives: 'recorded',
    },
    {
      rule: 'a grant that answers nothing may lie anywhere in the past',
      given: deadline,
      when: extend({ occurredOn: '2024-02-29' }),
      gives: 'recorded',
    },
  ]);

  test('the ledger fills in the deadline that was extended', () => {
    const outcome = attempt(ITEM, record(ITEM, asked), extend());
    expect(isRefusal(outcome) ? outcome : outcome.event.data).toEqual({
      from: '2024-06-30',
      to: '2024-12-31',
    });
  });
});

describe('a committee decision never occurs before what it answers', () => {
  const dated = (occurredOn: string) => [...completed, lead('ClosureRequested', undefined, { occurredOn })];
  const decisions = ['ClosureEndorsed', 'ClosureReturned', 'ItemClosed'] as const;
  describe.each(decisions)('%s', (type) => {
    const decides = (occurredOn?: string) =>
      committee(type, undefined, occurredOn === undefined ? {} : { occurredOn });
    specify(ITEM, [
      {
        rule: 'the day before the request',
        given: dated('2024-02-20'),
        when: decides('2024-02-19'),
        gives: 'decision-before-request',
      },
      {
        rule: 'the day of the request',
        given: dated('2024-02-20'),
        when: decides('2024-02-20'),
        gives: 'recorded',
      },
      {
        rule: 'a month counts from its last day: the month of the request',
        given: dated('2024-02-20'),
        when: decides('2024-02'),
        gives: 'recorded',
      },
      {
        rule: 'the month before',
        given: dated('2024-02-20'),
        when: decides('2024-01'),
        gives: 'decision-before-request',
      },
      {
        rule: 'a request known by its month counts from its last day',
        given: dated('2024-02'),
        when: decides('2024-02-28'),
        gives: 'decision-before-request',
      },
      {
        rule: 'which that decision may be',
        given: dated('2024-02'),
        when: decides('2024-02-29'),
        gives: 'recorded',
      },
      {
        rule: 'both known by the month',
        given: dated('2024-02'),
        when: decides('2024-02'),
        gives: 'recorded',
      },
      {
        rule: 'an unknown date is the day of recording',
        given: dated('2024-02-20'),
        when: decides(),
        gives: 'recorded',
      },
      {
        rule: 'a request of unknown date is of the day of recording',
        given: requested,
        when: decides('2024-03-03'),
        gives: 'decision-before-request',
      },
    ]);
  });
  const closedOn = (occurredOn: string) => [
    ...dated('2024-02-20'),
    committee('ItemClosed', undefined, { occurredOn }),
  ];
  specify(ITEM, [
    {
      rule: 'a reopening the day before the closing',
      given: closedOn('2024-02-25'),
      when: committee('ItemReopened', undefined, { occurredOn: '2024-02-24' }),
      gives: 'decision-before-request',
    },
    {
      rule: 'a reopening on the day of the closing',
      given: closedOn('2024-02-25'),
      when: committee('ItemReopened', undefined, { occurredOn: '2024-02-25' }),
      gives: 'recorded',
    },
  ]);
});

describe('look-backs', () => {
  const finding = (lookBackSeq: number) => ({ lookBackSeq, verdict: 'false', text: '整改不实' });
  const reopening = (lookBackSeq: number) => committee('ItemReopened', { reason: '不实', lookBackSeq });
  const bothOpen = {
    inspection: {
      lookBacks: [aLookBack(2), aLookBack(3)],
    },
  };
  /** Entry 8 is what a reviewer saw on site. */
  const seen = [...closed, reviewer('EvidenceAttached')];
  specify(ITEM, [
    {
      rule: 'a finding names an open look-back of the case',
      given: closed,
      when: reviewer('LookBackFindingRecorded'),
      gives: { status: 'closed' },
      around: lookBacks,
    },
    {
      rule: 'an unknown look-back is refused',
      given: closed,
      when: reviewer('LookBackFindingRecorded', finding(3)),
      gives: 'unknown-look-back',
      around: lookBacks,
    },
    {
      rule: 'a case without look-backs has none',
      given: closed,
      when: reviewer('LookBackFindingRecorded'),
      gives: 'unknown-look-back',
    },
    {
      rule: 'nothing is found before the opening',
      given: closed,
      when: reviewer('LookBackFindingRecorded', finding(2), { occurredOn: '2024-03-02' }),
      gives: 'decision-before-request',
      around: lookBacks,
    },
    {
      rule: 'on the day of the opening it is',
      given: closed,
      when: reviewer('LookBackFindingRecorded', finding(2), { occurredOn: '2024-03-03' }),
      gives: 'recorded',
      around: lookBacks,
    },
    {
      rule: 'nothing is reopened for a look-back before its opening',
      given: [
        ...requested,
        committee('ItemClosed', undefined, { occurredOn: '2024-03-04' }),
        reviewer('LookBackFindingRecorded', finding(2), { at: '2024-03-09T01:00:00.000Z' }),
      ],
      when: committee('ItemReopened', { reason: '不实', lookBackSeq: 2 }, { occurredOn: '2024-03-05' }),
      gives: 'decision-before-request',
      around: { inspection: { lookBacks: [{ ...aLookBack(2), openedOn: '2024-03-06' as Day }] } },
    },
    ...[
      { to: '2024-03-02', gives: 'decision-before-request' as const },
      { to: '2024-03-03', gives: 'recorded' as const },
      { to: null, gives: 'recorded' as const },
    ].map(({ to, gives }) => ({
      rule: `and what was found is not moved there: ${to}`,
      given: [...closed, reviewer('LookBackFindingRecorded', finding(2), { occurredOn: '2024-03-04' })],
      when: committee('EntryCorrected', { target: 8, occurredOn: to, reason: '日期有误' }),
      gives,
      around: lookBacks,
    })),
    {
      rule: 'nor is a reopening',
      given: [
        ...completed,
        lead('ClosureRequested', undefined, { occurredOn: '2024-02-25' }),
        committee('ItemClosed', undefined, { occurredOn: '2024-02-25' }),
        reviewer('LookBackFindingRecorded', finding(2), { occurredOn: '2024-02-26' }),
        { ...reopening(2), occurredOn: '2024-03-04' },
      ],
      when: committee('EntryCorrected', { target: 9, occurredOn: '2024-03-02', reason: '日期有误' }),
      gives: 'decision-before-request',
      around: lookBacks,
      // As it was recorded when no correction of the opening looked at the items.
      givenAround: { inspection: { lookBacks: [{ ...aLookBack(2), openedOn: '2024-02-26' as Day }] } },
    },
    {
      rule: 'a concluded look-back takes no finding',
      given: closed,
      when: reviewer('LookBackFindingRecorded', finding(5)),
      gives: 'look-back-concluded',
      around: lookBacks,
    },
    {
      rule: 'a reopening may name a look-back that found the item not put right',
      given: [...closed, reviewer('LookBackFindingRecorded', finding(2))],
      when: reopening(2),
      gives: { status: 'reopened' },
      around: lookBacks,
    },
    {
      rule: 'or put right in part',
      given: [...closed, reviewer('LookBackFindingRecorded', { ...finding(2), verdict: 'partial' })],
      when: reopening(2),
      gives: 'recorded',
      around: lookBacks,
    },
    {
      rule: 'and takes place no earlier than what was found',
      given: [
        ...closed,
        reviewer('LookBackFindingRecorded', finding(2), {
          occurredOn: '2024-03-08',
          at: '2024-03-10T00:00:00.000Z',
        }),
      ],
      when: { ...reopening(2), occurredOn: '2024-03-07', at: '2024-03-10T01:00:00.000Z' },
      gives: 'decision-before-request',
      around: lookBacks,
    },
    {
      rule: 'a look-back that found nothing is no reason',
      given: closed,
      when: reopening(2),
      gives: 'finding-missing',
      around: lookBacks,
    },
    {
      rule: 'and what was reopened for can no longer be taken back',
      given: [...closed, reviewer('LookBackFindingRecorded', finding(2)), reopening(2)],
      when: committee('EntryVoided', { target: 8, reason: '记错问题' }),
      gives: 'target-not-voidable',
      around: lookBacks,
    },
    {
      rule: 'which a finding that was not reopened for can',
      given: [
        ...closed,
        reviewer('LookBackFindingRecorded', finding(3)),
        reviewer('LookBackFindingRecorded', finding(2)),
        reopening(2),
      ],
      when: committee('EntryVoided', { target: 8, reason: '记错问题' }),
      gives: 'recorded',
      around: bothOpen,
    },
    {
      rule: 'nor corrected to a day after the reopening',
      given: [
        ...closed,
        reviewer('LookBackFindingRecorded', finding(2), {
          occurredOn: '2024-03-08',
          at: '2024-03-10T00:00:00.000Z',
        }),
        { ...reopening(2), occurredOn: '2024-03-08', at: '2024-03-10T01:00:00.000Z' },
      ],
      when: committee(
        'EntryCorrected',
        { target: 8, occurredOn: '2024-03-09', reason: '日期有误' },
        { at: '2024-03-10T02:00:00.000Z' },
      ),
      gives: 'decision-before-request',
      around: lookBacks,
    },
    {
      rule: 'nor one that found it genuine',
      given: [...closed, reviewer('LookBackFindingRecorded')],
      when: reopening(2),
      gives: 'finding-missing',
      around: lookBacks,
    },
    {
      rule: 'nor the finding of another one',
      given: [...closed, reviewer('LookBackFindingRecorded', finding(2))],
      when: reopening(3),
      gives: 'finding-missing',
      around: bothOpen,
    },
    {
      rule: 'its newest finding counts, and it says genuine',
      given: [
        ...closed,
        reviewer('LookBackFindingRecorded', finding(2)),
        reviewer('LookBackFindingRecorded'),
      ],
      when: reopening(2),
      gives: 'finding-missing',
      around: lookBacks,
    },
    {
      rule: 'its newest finding counts, whatever another one found since',
      given: [
        ...closed,
        reviewer('LookBackFindingRecorded', finding(2)),
        reviewer('LookBackFindingRecorded', { ...finding(3), verdict: 'genuine' }),
      ],
      when: reopening(2),
      gives: 'recorded',
      around: bothOpen,
    },
    {
      rule: 'the newest is the one recorded last, whatever day it is of',
      given: [
        ...closed,
        reviewer('LookBackFindingRecorded', undefined, { at: '2024-03-08T01:00:00.000Z' }),
        reviewer('LookBackFindingRecorded', finding(2), { occurredOn: '2024-03-06' }),
      ],
      when: reopening(2),
      gives: 'recorded',
      around: lookBacks,
    },
    {
      rule: 'a finding that was voided is no reason',
      given: [
        ...closed,
        reviewer('LookBackFindingRecorded', finding(2)),
        committee('EntryVoided', { target: 8, reason: '记错问题' }),
      ],
      when: reopening(2),
      gives: 'finding-missing',
      around: lookBacks,
    },
    {
      rule: 'one that was voided leaves the one before it',
      given: [
        ...closed,
        reviewer('LookBackFindingRecorded', finding(2)),
        reviewer('LookBackFindingRecorded'),
        committee('EntryVoided', { target: 9, reason: '记错问题' }),
      ],
      when: reopening(2),
      gives: 'recorded',
      around: lookBacks,
    },
    {
      rule: 'a look-back that is concluded is a reason too',
      given: [...closed, reviewer('LookBackFindingRecorded', finding(2))],
      when: reopening(2),
      gives: 'recorded',
      around: { inspection: { lookBacks: [{ ...aLookBack(2), concluded: true }] } },
      givenAround: lookBacks,
    },
    {
      rule: 'an unknown one is not',
      given: closed,
      when: reopening(4),
      gives: 'unknown-look-back',
      around: lookBacks,
    },
    {
      rule: 'a reopening that names no look-back needs no finding',
      given: closed,
      when: committee('ItemReopened'),
      gives: { status: 'reopened' },
    },
    {
      rule: 'a finding rests on evidence that stands',
      given: seen,
      when: reviewer('LookBackFindingRecorded', { ...finding(2), evidenceIds: ['e5', 'e8'] }),
      gives: 'recorded',
      around: lookBacks,
    },
    {
      rule: 'not on evidence that there is not',
      given: seen,
      when: reviewer('LookBackFindingRecorded', { ...finding(2), evidenceIds: ['e7'] }),
      gives: 'unknown-evidence',
      around: lookBacks,
    },
    {
      rule: 'not on evidence that was voided',
      given: [...seen, committee('EntryVoided', { target: 8, reason: '传错' })],
      when: reviewer('LookBackFindingRecorded', { ...finding(2), evidenceIds: ['e8'] }),
      gives: 'evidence-already-withdrawn',
      around: lookBacks,
    },
    {
      rule: 'not on evidence that was withdrawn',
      given: [...completed, lead('EvidenceWithdrawn')],
      when: reviewer('LookBackFindingRecorded', { ...finding(2), evidenceIds: ['e5'] }),
      gives: 'evidence-already-withdrawn',
      around: lookBacks,
    },
    {
      rule: 'a flag is dismissed by the name of its rule',
      given: closed,
      when: reviewer('FlagDismissed'),
      gives: 'recorded',
    },
    {
      rule: 'a rule that there is not dismisses nothing',
      given: closed,
      when: reviewer('FlagDismissed', { rule: 'closed-fast', reason: '已核' }),
      gives: 'invalid-fields',
    },
    {
      rule: 'an open item may be looked at as well',
      given: rectifying,
      when: reviewer('LookBackFindingRecorded'),
      gives: 'recorded',
      around: lookBacks,
    },
  ]);
});

describe('withdrawing an issue', () => {
  const merge = (mergedInto: string) => committee('IssueWithdrawn', { reason: '重复', mergedInto });
  specify(ITEM, [
    {
      rule: 'may name the item into which it is merged',
      given: raised,
      when: merge('0002'),
      gives: { status: 'withdrawn' },
      around: { itemCount: 2 },
    },
    {
      rule: 'an unknown item is refused',
      given: raised,
      when: merge('0003'),
      gives: 'unknown-item',
      around: { itemCount: 2 },
    },
    {
      rule: 'an item is not merged into itself',
      given: raised,
      when: merge('0001'),
      gives: 'unknown-item',
      around: { itemCount: 2 },
    },
    {
      rule: 'a closed item is not withdrawn',
      given: closed,
      when: committee('IssueWithdrawn'),
      gives: 'item-closed',
    },
  ]);
});

describe('requests', () => {
  specify(ITEM, [
    {
      rule: 'need a standing measure',
      given: assigned,
      when: lead('ClosureRequested'),
      gives: 'no-standing-measure',
    },
    {
      rule: 'need no completion yet: the closing asks for it',
      given: rectifying,
      when: lead('ClosureRequested'),
      gives: 'recorded',
    },
    {
      rule: 'stand once',
      given: requested,
      when: lead('ClosureRequested'),
      gives: 'closure-already-requested',
    },
    {
      rule: "refuse the offices' other writes: progress",
      given: requested,
      when: lead('ProgressReported'),
      gives: 'closure-requested',
    },
    {
      rule: "refuse the offices' other writes: of a supporting office too",
      given: requested,
      when: support('EvidenceAttached'),
      gives: 'closure-requested',
    },
    {
      rule: "refuse the offices' other writes: corrections",
      given: requested,
      when: lead('EntryCorrected'),
      gives: 'closure-requested',
    },
    {
      rule: 'do not hold up the committee',
      given: requested,
      when: committee('MeasureAdopted'),
      gives: { status: 'closure-requested' },
    },
    {
      rule: 'do not hold up reviewers',
      given: requested,
      when: reviewer('EvidenceAttached'),
      gives: 'recorded',
    },
    {
      rule: 'are withdrawn by the lead office alone',
      given: requested,
      when: support('ClosureRequestWithdrawn'),
      gives: 'office-not-lead',
    },
    {
      rule: 'follow the office that leads now',
      given: [...requested, committee('OfficeAssigned', { lead: '信访办' })],
      when: stranger('ClosureRequestWithdrawn'),
      gives: { status: 'rectifying' },
    },
  ]);
});
