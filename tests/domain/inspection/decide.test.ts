import { describe, expect, test } from 'vitest';
import { CHINA, type Day } from '../../../domain/dates.ts';
import { ofLookBack } from '../../../domain/decision-order.ts';
import { GENESIS } from '../../../domain/hashing.ts';
import { itemsInQuestion, recordableOnCase } from '../../../domain/inspection/decide.ts';
import { shownState } from '../../../domain/inspection/shown-state.ts';
import { tally } from '../../../domain/inspection/tally.ts';
import { presentCase } from '../../../domain/inspection/view.ts';
import { initialItem } from '../../../domain/item/state.ts';
import { caseEventTypes, isCaseEventType } from '../../../domain/payload.ts';
import { isRefusal } from '../../../domain/refusals.ts';
import { foldCase, foldCaseView } from '../../../domain/replay.ts';
import { resolve } from '../../../domain/resolve.ts';
import {
  aLookBack,
  attempt,
  auditor,
  CASE,
  CASE_STREAM,
  closed,
  committee,
  eventsOf,
  ITEM,
  lead,
  record,
  reviewer,
  SHA256,
  specify,
  stranger,
  support,
  type Wish,
} from '../kit.ts';

const opened = [committee('CaseOpened')];
const issued = [...opened, committee('PlanIssued')];
const lookBack = [...opened, committee('LookBackOpened')];
/** Items of which the office of `lead` leads one. */
const items = [
  { ...initialItem, lead: '财政办', supporting: ['组织办'] },
  { ...initialItem, lead: '民政办' },
];
const around = { itemCount: 2, items };
/** What an item holds of look-backs 2 and 3: one finding that stands of each, and one of 2 that was voided. */
const held = (lookBackSeq: number) => {
  const lookBacks = [2, 3].map((seq) => ({ ...aLookBack(seq), openedOn: '2024-02-29' as Day }));
  const finding = (seq: number, occurredOn: string) =>
    reviewer('LookBackFindingRecorded', { lookBackSeq: seq, verdict: 'false', text: '不实' }, { occurredOn });
  const wishes = [
    ...closed,
    finding(2, '2024-03-01'),
    reviewer('EvidenceAttached'),
    finding(2, '2024-03-03'),
    finding(3, '2024-03-01'),
    committee('EntryVoided', { target: 8, reason: '记错问题' }),
  ];
  const entries = eventsOf(record(ITEM, wishes, { inspection: { lookBacks } }));
  return ofLookBack(lookBackSeq, resolve(entries, CHINA));
};

const ok = 'recorded';
const no = 'role-not-allowed';

/** Design section 3, the column "recorded by": committee, a responsible office, reviewer. */
const recordedBy: { readonly [type: string]: readonly [string, string, string] } = {
  CaseOpened: [ok, no, no],
  CaseSettingsChanged: [ok, no, no],
  SourceImported: [ok, no, no],
  PlanIssued: [ok, ok, no],
  PlanAccepted: [ok, no, no],
  AccountabilityRecorded: [ok, no, no],
  InstitutionRecorded: [ok, ok, no],
  FundsRecovered: [ok, ok, no],
  NoticePublished: [ok, no, no],
  LookBackOpened: [ok, no, ok],
  SampleDrawn: [ok, no, ok],
  LookBackConcluded: [ok, no, ok],
  FlagDismissed: [ok, no, ok],
  EntryCorrected: [ok, no, no],
  EntryVoided: [ok, no, no],
  TextErased: [ok, no, no],
};
const season: { readonly [type: string]: readonly Wish[] } = {
  CaseOpened: [],
  PlanAccepted: issued,
  SampleDrawn: lookBack,
  LookBackConcluded: lookBack,
  EntryCorrected: [...issued, committee('FundsRecovered')],
  EntryVoided: [...issued, committee('FundsRecovered')],
  TextErased: [...issued, committee('FundsRecovered')],
};
const said: { readonly [type: string]: object } = {
  EntryCorrected: { target: 3, set: { amountFen: 1 }, reason: '笔误' },
};

test('every type has a row', () => {
  expect(Object.keys(recordedBy).sort()).toEqual([...caseEventTypes].sort());
});

describe.each(Object.entries(recordedBy))('who records %s', (type, [byCommittee, byOffice, byReviewer]) => {
  if (!isCaseEventType(type)) throw new Error(type);
  const people = [
    ['the committee', committee, byCommittee],
    ['a lead office', lead, byOffice],
    ['a supporting office', support, byOffice],
    ['a reviewer', reviewer, byReviewer],
    ['an auditor', auditor, no],
    ['an office without responsibility', stranger, byOffice === ok ? 'office-not-responsible' : no],
  ] as const;
  test.each(people)('%s', (_, person, expected) => {
    const history = record(CASE_STREAM, season[type] ?? opened, around);
    const outcome = attempt(CASE_STREAM, history, person(type, said[type] as never), around);
    expect(isRefusal(outcome) ? outcome.refused : 'recorded').toBe(expected);
  });
});

describe('what a role may record now', () => {
  const amendments = ['EntryCorrected', 'EntryVoided', 'TextErased'];
  const situations: readonly (readonly [string, readonly Wish[]])[] = [
    ['once opened', opened],
    ['once the plan is issued', issued],
    ['once the plan is accepted', [...issued, committee('PlanAccepted')]],
    ['while a look-back is open', lookBack],
    ['once it is concluded', [...lookBack, committee('LookBackConcluded')]],
  ];
  test.each(situations)('%s is what the decision lets in', (_, wishes) => {
    const history = record(CASE_STREAM, wishes, around);
    const events = eventsOf(history);
    const state = foldCase(events, CHINA);
    const view = foldCaseView(events, CHINA);
    const head = { version: events.length, hash: GENESIS, recordedAt: null };
    expect(shownState(presentCase(CASE, view, head, tally([]), '2024-03-05' as Day))).toEqual(state);
    for (const person of [committee, lead, reviewer, auditor]) {
      const { role } = person('CaseOpened').who;
      const accepted = caseEventTypes.filter(
        (type) => !isRefusal(attempt(CASE_STREAM, history, person(type, said[type] as never), around)),
      );
      const plain = (types: readonly string[]) => types.filter((type) => !amendments.includes(type));
      expect([role, plain(recordableOnCase(role, state))]).toEqual([role, plain(accepted)]);
    }
  });
});

describe('the case', () => {
  specify(CASE_STREAM, [
    { rule: 'is opened once', given: opened, when: committee('CaseOpened'), gives: 'case-exists' },
    {
      rule: 'is not opened in the future',
      given: [],
      when: committee('CaseOpened', undefined, { occurredOn: '2024-03-05' }),
      gives: 'occurred-in-future',
    },
    {
      rule: 'carries the settings with which it was opened',
      given: [],
      when: committee('CaseOpened', {
        title: '甲',
        inspectedBody: '乙',
        inspectingBody: '丙',
        feedbackOn: '2023',
        settings: { requiredEndorsements: ['组织部'] },
      }),
      gives: { opened: true, settings: { requiredEndorsements: ['组织部'] } },
    },
    {
      rule: 'changes the settings that are named and keeps the others',
      given: [...opened, committee('CaseSettingsChanged')],
      when: committee('CaseSettingsChanged', { settings: { requiredEndorsements: ['组织部'] } }),
      gives: { settings: { concentratedMonths: 3, requiredEndorsements: ['组织部'] } },
    },
    {
      rule: 'lifts the endorsements with an empty list',
      given: [
        ...opened,
        committee('CaseSettingsChanged', { settings: { requiredEndorsements: ['组织部'] } }),
      ],
      when: committee('CaseSettingsChanged', { settings: { requiredEndorsements: [] } }),
      gives: { settings: { requiredEndorsements: [] } },
    },
    {
      rule: 'an inspection does not end before it begins',
      given: [],
      when: committee('CaseOpened', {
        title: '甲',
        inspectedBody: '乙',
        inspectingBody: '丙',
        feedbackOn: '2023',
        inspection: { from: '2023-05-01', to: '2023-04' },
      }),
      gives: 'invalid-fields',
    },
    {
      rule: 'an inspection known by the year may end in a month of it',
      given: [],
      when: committee('CaseOpened', {
        title: '甲',
        inspectedBody: '乙',
        inspectingBody: '丙',
        feedbackOn: '2023',
        inspection: { from: '2023', to: '2023-04' },
      }),
      gives: 'recorded',
    },
  ]);
});

describe('the plan', () => {
  const accept = (acceptedOn: string) => committee('PlanAccepted', { acceptedOn });
  const issue = (issuedOn: string) => [...opened, committee('PlanIssued', { title: '方案', issuedOn })];
  specify(CASE_STREAM, [
    {
      rule: 'is issued',
      given: opened,
      when: committee('PlanIssued'),
      gives: { planIssuedOn: '2024-01-10', planAccepted: false },
    },
    {
      rule: 'is accepted once issued',
      given: issued,
      when: committee('PlanAccepted'),
      gives: { planAccepted: true },
    },
    {
      rule: 'is not accepted before it is issued',
      given: opened,
      when: committee('PlanAccepted'),
      gives: 'plan-not-issued',
    },
    {
      rule: 'is accepted once',
      given: [...issued, committee('PlanAccepted')],
      when: committee('PlanAccepted'),
      gives: 'plan-already-accepted',
    },
    {
      rule: 'a new plan is accepted anew',
      given: [...issued, committee('PlanAccepted'), committee('PlanIssued')],
      when: committee('PlanAccepted'),
      gives: 'recorded',
    },
    {
      rule: 'the acceptance does not lie before the issue',
      given: issue('2024-01-10'),
      when: accept('2024-01-09'),
      gives: 'decision-before-request',
    },
    {
      rule: 'it may lie on the same day',
      given: issue('2024-01-10'),
      when: accept('2024-01-10'),
      gives: 'recorded',
    },
    {
      rule: 'or be known by the month',
      given: issue('2024-01-10'),
      when: accept('2024-01'),
      gives: 'recorded',
    },
    {
      rule: 'a plan known by the month may have been issued on its first day, and no earlier',
      given: issue('2024-01'),
      when: accept('2023-12-31'),
      gives: 'decision-before-request',
    },
    {
      rule: 'so it may be accepted within that month',
      given: issue('2024-01'),
      when: accept('2024-01-02'),
      gives: 'recorded',
    },
    {
      rule: 'a voided plan is not issued',
      given: [...issued, committee('EntryVoided', { target: 2, reason: '误' })],
      when: committee('PlanAccepted'),
      gives: 'plan-not-issued',
    },
    {
      rule: 'a correction does not move the acceptance before the issue',
      given: [...issued, committee('PlanAccepted')],
      when: committee('EntryCorrected', { target: 3, set: { acceptedOn: '2024-01-09' }, reason: '误' }),
      gives: 'decision-before-request',
    },
    {
      rule: 'a correction does not move the issue behind the acceptance',
      given: [...issued, committee('PlanAccepted')],
      when: committee('EntryCorrected', { target: 2, set: { issuedOn: '2024-01-21' }, reason: '误' }),
      gives: 'decision-before-request',
    },
    {
      rule: 'a correction may move both as far as they stay in order',
      given: [...issued, committee('PlanAccepted')],
      when: committee('EntryCorrected', { target: 2, set: { issuedOn: '2024-01-20' }, reason: '误' }),
      gives: { planIssuedOn: '2024-01-20' },
    },
    {
      rule: 'not of the day that a notice told of: what was published, was',
      given: [...opened, committee('NoticePublished')],
      when: committee('EntryCorrected', { target: 2, set: { asOf: '2024-01-31' }, reason: '笔误' }),
      gives: 'invalid-fields',
    },
    {
      rule: 'an acceptance is a decision: it cannot be voided',
      given: [...issued, committee('PlanAccepted')],
      when: committee('EntryVoided', { target: 3, reason: '误' }),
      gives: 'target-not-voidable',
    },
  ]);
});

describe('look-backs', () => {
  const concluded = [...lookBack, committee('LookBackConcluded')];
  specify(CASE_STREAM, [
    {
      rule: 'are named by the entry that opened them',
      given: opened,
      when: reviewer('LookBackOpened'),
      gives: { lookBacks: [{ seq: 2, openedOn: '2024-03-04', concluded: false }] },
    },
    {
      rule: 'are concluded',
      given: lookBack,
      when: reviewer('LookBackConcluded'),
      gives: { lookBacks: [{ seq: 2, concluded: true }] },
    },
    {
      rule: 'are concluded once',
      given: concluded,
      when: reviewer('LookBackConcluded'),
      gives: 'look-back-concluded',
    },
    {
      rule: 'an unknown one is not concluded',
      given: opened,
      when: reviewer('LookBackConcluded'),
      gives: 'unknown-look-back',
    },
    {
      rule: 'another entry is no look-back',
      given: lookBack,
      when: reviewer('LookBackConcluded', { lookBackSeq: 1, conclusion: '无' }),
      gives: 'unknown-look-back',
    },
    {
      rule: 'an unknown one has no sample',
      given: opened,
      when: reviewer('SampleDrawn'),
      gives: 'unknown-look-back',
      around,
    },
    {
      rule: 'a concluded one draws no sample',
      given: concluded,
      when: reviewer('SampleDrawn'),
      gives: 'look-back-concluded',
      around,
    },
    {
      rule: 'a sample names items that there are',
      given: lookBack,
      when: reviewer('SampleDrawn', { lookBackSeq: 2, seed: 's', itemIds: ['0001', '0003'] }),
      gives: 'unknown-item',
      around,
    },
    {
      rule: 'nothing is concluded before the opening',
      given: lookBack,
      when: reviewer('LookBackConcluded', undefined, { occurredOn: '2024-03-03' }),
      gives: 'decision-before-request',
    },
    {
      rule: 'on the day of the opening it is',
      given: lookBack,
      when: reviewer('LookBackConcluded', undefined, { occurredOn: '2024-03-04' }),
      gives: 'recorded',
    },
    {
      rule: 'nothing is drawn before the opening',
      given: lookBack,
      when: reviewer('SampleDrawn', undefined, { occurredOn: '2024-03-03' }),
      gives: 'decision-before-request',
      around,
    },
    {
      rule: 'an opening counts from the day on which it happened',
      given: [...opened, reviewer('LookBackOpened', undefined, { occurredOn: '2024-02-29' })],
      when: reviewer('LookBackConcluded', undefined, { occurredOn: '2024-03-01' }),
      gives: { lookBacks: [{ seq: 2, openedOn: '2024-02-29', concluded: true }] },
    },
    {
      rule: 'as that was corrected',
      given: [
        ...opened,
        reviewer('LookBackOpened', undefined, { occurredOn: '2024-02-29' }),
        committee('EntryCorrected', { target: 2, occurredOn: '2024-03-02', reason: '日期有误' }),
      ],
      when: reviewer('LookBackConcluded', undefined, { occurredOn: '2024-03-01' }),
      gives: 'decision-before-request',
    },
    {
      rule: 'a correction does not move an opening behind what was concluded',
      given: [
        ...opened,
        reviewer('LookBackOpened', undefined, { occurredOn: '2024-02-29' }),
        reviewer('LookBackConcluded', undefined, { occurredOn: '2024-03-01' }),
      ],
      when: committee('EntryCorrected', { target: 2, occurredOn: '2024-03-02', reason: '日期有误' }),
      gives: 'decision-before-request',
    },
    {
      rule: 'nor behind the opening what was drawn in it, whatever was opened since',
      given: [...lookBack, reviewer('SampleDrawn'), reviewer('LookBackOpened')],
      when: committee('EntryCorrected', { target: 3, occurredOn: '2024-03-03', reason: '日期有误' }),
      gives: 'decision-before-request',
      around,
    },
    ...[
      { to: '2024-03-04', gives: 'decision-before-request' as const },
      { to: '2024-03-03', gives: 'recorded' as const },
      { to: null, gives: 'decision-before-request' as const },
    ].map(({ to, gives }) => ({
      rule: `nor behind what was found on an item, or what it was reopened for: ${to}`,
      given: [...opened, reviewer('LookBackOpened', undefined, { occurredOn: '2024-02-29' })],
      when: committee('EntryCorrected', { target: 2, occurredOn: to, reason: '日期有误' }),
      gives,
      around: { ofLookBack: held(2) },
    })),
    {
      rule: 'two may be open side by side',
      given: lookBack,
      when: committee('LookBackOpened'),
      gives: { lookBacks: [{ seq: 2 }, { seq: 3 }] },
    },
  ]);
});

describe('flags', () => {
  const dismissed = (rule: string) => reviewer('FlagDismissed', { rule, reason: '已核' });
  const sets = (thresholds: object) =>
    committee('CaseSettingsChanged', { settings: { flagThresholds: thresholds } });
  const opening = {
    title: '青山镇党委巡察整改',
    inspectedBody: '青山镇党委',
    inspectingBody: '县委第一巡察组',
    feedbackOn: '2023-11-20',
  };
  specify(CASE_STREAM, [
    {
      rule: 'one of the case is dismissed by its rule',
      given: opened,
      when: dismissed('plan-missing'),
      gives: 'recorded',
    },
    {
      rule: 'a rule that there is not dismisses nothing',
      given: opened,
      when: dismissed('toString'),
      gives: 'invalid-fields',
    },
    {
      rule: 'a threshold is set by its name',
      given: opened,
      when: sets({ lateDays: 60, planDays: 30 }),
      gives: { settings: { flagThresholds: { lateDays: 60, planDays: 30 } } },
    },
    {
      rule: 'a misspelt threshold is refused',
      given: opened,
      when: sets({ lateDay: 60 }),
      gives: 'invalid-fields',
    },
    {
      rule: 'a threshold that makes no sense is refused',
      given: opened,
      when: sets({ similarPercent: 100 }),
      gives: 'invalid-fields',
    },
    {
      rule: 'nor does an opening set a misspelt one',
      given: [],
      when: committee('CaseOpened', { ...opening, settings: { flagThresholds: { lateDay: 60 } } }),
      gives: 'invalid-fields',
    },
    {
      rule: 'nor does a correction',
      given: [...opened, sets({ lateDays: 60 })],
      when: committee('EntryCorrected', {
        target: 2,
        set: { settings: { flagThresholds: { lateDays: 0 } } },
        reason: '误',
      }),
      gives: 'invalid-fields',
    },
    {
      rule: 'a sample counts as flagged only items that there are',
      given: lookBack,
      when: reviewer('SampleDrawn', { lookBackSeq: 2, seed: 's', itemIds: ['0001'], flagged: ['0003'] }),
      gives: 'unknown-item',
      around,
    },
  ]);
});

describe('accountability, institutions and funds', () => {
  const accountable = (data: object) =>
    committee('AccountabilityRecorded', { kind: 'party-discipline', persons: 2, ...data });
  specify(CASE_STREAM, [
    {
      rule: 'an item that is named is there',
      given: opened,
      when: accountable({ itemId: '0003' }),
      gives: 'unknown-item',
      around,
    },
    {
      rule: 'or it is recorded',
      given: opened,
      when: accountable({ itemId: '0002' }),
      gives: 'recorded',
      around,
    },
    {
      rule: 'a sanction is one of its kind',
      given: opened,
      when: accountable({ measure: '严重警告' }),
      gives: 'recorded',
    },
    {
      rule: 'a sanction of another kind is refused',
      given: opened,
      when: accountable({ measure: '记过' }),
      gives: 'invalid-fields',
    },
    {
      rule: 'admonition is its own kind, and has no sanctions',
      given: opened,
      when: accountable({ kind: 'admonition', measure: '警告' }),
      gives: 'invalid-fields',
    },
    {
      rule: 'the kind cannot be corrected',
      given: [...opened, accountable({})],
      when: committee('EntryCorrected', { target: 2, set: { kind: 'admonition' }, reason: '误' }),
      gives: 'invalid-fields',
    },
    {
      rule: 'a correction cannot give a kind the sanction of another',
      given: [...opened, accountable({})],
      when: committee('EntryCorrected', { target: 2, set: { measure: '记过' }, reason: '误' }),
      gives: 'invalid-fields',
    },
    {
      rule: 'a titled institution is one',
      given: opened,
      when: committee('InstitutionRecorded', { title: '办法', count: 2 }),
      gives: 'invalid-fields',
    },
    {
      rule: 'untitled ones are counted',
      given: opened,
      when: committee('InstitutionRecorded', { count: 12 }),
      gives: 'recorded',
    },
    {
      rule: 'neither title nor count is refused',
      given: opened,
      when: committee('InstitutionRecorded', {}),
      gives: 'invalid-fields',
    },
    {
      rule: 'funds have an amount or a note',
      given: opened,
      when: committee('FundsRecovered', {}),
      gives: 'invalid-fields',
    },
    {
      rule: 'an amount is whole fen',
      given: opened,
      when: committee('FundsRecovered', { amountFen: 0.5 }),
      gives: 'invalid-fields',
    },
    {
      rule: 'an office records for an item that it is responsible for',
      given: opened,
      when: lead('FundsRecovered', { amountFen: 1, itemId: '0001' }),
      gives: 'recorded',
      around: { itemCount: 2, items: items.slice(0, 1) },
    },
    {
      rule: 'and for no other',
      given: opened,
      when: lead('FundsRecovered', { amountFen: 1, itemId: '0002' }),
      gives: 'office-not-responsible',
      around: { itemCount: 2, items: items.slice(1) },
    },
  ]);

  test('a titled institution counts as one without saying so', () => {
    const outcome = attempt(CASE_STREAM, record(CASE_STREAM, opened), committee('InstitutionRecorded'));
    expect(isRefusal(outcome) ? outcome : outcome.event.data).toEqual({ count: 1 });
  });

  test('what a decision must read of items follows from what it names', () => {
    const asked = (wish: Wish) =>
      itemsInQuestion(
        { type: wish.type, data: wish.data ?? {}, text: {}, occurredOn: undefined } as never,
        wish.who.role,
      );
    expect(asked(lead('FundsRecovered', { itemId: '0002' }))).toEqual({ itemId: '0002' });
    expect(asked(lead('PlanIssued'))).toBe('all');
    expect(asked(committee('FundsRecovered', { itemId: '0002' }))).toBe('count');
    expect(asked(reviewer('SampleDrawn'))).toBe('count');
    expect(asked(committee('CaseOpened'))).toBe('none');
  });
});

describe('amendments on the case stream', () => {
  specify(CASE_STREAM, [
    {
      rule: 'a correction changes settings',
      given: [...opened, committee('CaseSettingsChanged')],
      when: committee('EntryCorrected', {
        target: 2,
        set: { settings: { concentratedMonths: 6 } },
        reason: '误',
      }),
      gives: { settings: { concentratedMonths: 6 } },
    },
    {
      rule: 'the hash of a source cannot be corrected',
      given: [...opened, committee('SourceImported')],
      when: committee('EntryCorrected', { target: 2, set: { sha256: 'cd'.repeat(32) }, reason: '误' }),
      gives: 'invalid-fields',
    },
    {
      rule: 'the opening cannot be voided',
      given: opened,
      when: committee('EntryVoided', { target: 1, reason: '误' }),
      gives: 'target-not-voidable',
    },
    {
      rule: 'a publication cannot be voided',
      given: [...opened, committee('NoticePublished')],
      when: committee('EntryVoided', { target: 2, reason: '误' }),
      gives: 'target-not-voidable',
    },
    {
      rule: 'funds can',
      given: [...opened, committee('FundsRecovered')],
      when: committee('EntryVoided', { target: 2, reason: '误' }),
      gives: 'recorded',
    },
    {
      rule: 'erasure takes two persons',
      given: opened,
      when: committee('TextErased', { target: 1, ground: '法', approvedBy: 'chen' }),
      gives: 'approver-is-actor',
    },
    {
      rule: 'an entry of another stream is unknown',
      given: opened,
      when: committee('EntryVoided', { target: 3, reason: '误' }),
      gives: 'unknown-entry',
    },
  ]);
});

test('the view counts accountability a kind and sanction, institutions, money and sources once', () => {
  const history = record(CASE_STREAM, [
    ...opened,
    committee('AccountabilityRecorded', { kind: 'admonition', persons: 2 }),
    committee('AccountabilityRecorded', { kind: 'party-discipline', measure: '警告', persons: 1 }),
    committee('AccountabilityRecorded', { kind: 'admonition', persons: 30, inexact: true }),
    committee('InstitutionRecorded'),
    committee('InstitutionRecorded', { count: 11 }),
    committee('FundsRecovered'),
    committee('FundsRecovered', { amountFen: 1 }),
    committee('FundsRecovered', { note: '另有实物' }),
    committee('SourceImported', { sha256: SHA256, parserVersion: '1', counts: {}, narrative: '甲' }),
    committee('SourceImported', { sha256: SHA256, parserVersion: '1', counts: {}, narrative: '乙' }),
    committee('EntryVoided', { target: 8, reason: '重复' }),
  ]);
  expect(foldCaseView(eventsOf(history), CHINA)).toMatchObject({
    accountability: [
      { kind: 'admonition', measure: null, persons: 32, inexact: true },
      { kind: 'party-discipline', measure: '警告', persons: 1, inexact: false },
    ],
    institutions: 12,
    fundsFen: 12_345,
    sources: [SHA256],
    narrative: '甲\n乙',
    state: foldCase(eventsOf(history), CHINA),
  });
});
