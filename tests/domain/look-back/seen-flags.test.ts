import { describe, expect, test } from 'vitest';
import type { FlagRule } from '../../../domain/look-back/catalogue.ts';
import { assigned, closed, committee, lead, rectifying, reviewer, USUAL, type Wish } from '../kit.ts';
import {
  at,
  type CaseTold,
  cancel,
  caseEvents,
  correct,
  dated,
  earlierProblem,
  flagsIn,
  type When,
} from './kit.ts';

const dismisses = (rule: FlagRule, day: string): Wish =>
  at(day, reviewer('FlagDismissed', { rule, reason: '已核实' }));

const dismissedIn = (rule: FlagRule, told: CaseTold, when?: When) =>
  flagsIn(caseEvents(told), when)
    .filter((flag) => flag.rule === rule)
    .map(({ itemId, dismissed }) => [itemId, dismissed !== null]);

const file = (sha256: string): Wish =>
  lead('EvidenceAttached', { ...USUAL.EvidenceAttached, sha256, measureIds: [] });
const closedOn = (title: string): readonly Wish[] => [
  committee('IssueRaised', { title }),
  ...closed.slice(1),
];
const recovers = committee('FundsRecovered', { amountFen: 900_000_00, itemId: '0001' });
const report = lead('ProgressReported');

describe('a dismissal covers what its person could see', () => {
  test('not what a voiding takes away afterwards, and the flag says so', () => {
    const told = {
      items: [[...closed, dismisses('closed-without-evidence', '2024-05-01'), at('2024-05-03', cancel(5))]],
    };
    const [flag] = flagsIn(caseEvents(told)).filter(({ rule }) => rule === 'closed-without-evidence');
    expect(flag).toMatchObject({ since: '2024-05-03', dismissed: null });
    expect(flag?.entries.map(({ seq }) => seq)).toEqual([1, 5, 7, 9]);
  });

  test('not less money than was there to see', () => {
    const before = {
      items: [[...closedOn('违规发放津贴100万元'), dismisses('recovered-less-than-named', '2024-05-01')]],
      onCase: [recovers],
    };
    expect(dismissedIn('recovered-less-than-named', before)).toEqual([['0001', true]]);
    const voided = { ...before, onCase: [recovers, at('2024-05-03', cancel(2))] };
    expect(dismissedIn('recovered-less-than-named', voided)).toEqual([['0001', false]]);
  });

  test('not a third item with the same file', () => {
    const sha = 'cd'.repeat(32);
    const shared = [
      [...assigned, file(sha), dismisses('evidence-reused', '2024-05-01')],
      [...assigned, file(sha)],
    ];
    expect(dismissedIn('evidence-reused', { items: shared })).toEqual([
      ['0001', true],
      ['0002', false],
    ]);
    const third = [...assigned, at('2024-05-03', file(sha))];
    expect(dismissedIn('evidence-reused', { items: [...shared, third] })).toEqual([
      ['0001', false],
      ['0002', false],
      ['0003', false],
    ]);
  });

  test('not an entry that another threshold makes part of it', () => {
    const late = [...rectifying, dated('2024-01-01', report), dated('2024-02-15', report)];
    const items = [[...late, dismisses('recorded-late', '2024-05-01')]];
    expect(dismissedIn('recorded-late', { items })).toEqual([['0001', true]]);
    const settings = { flagThresholds: { lateDays: 10 } };
    const lowered = at('2024-05-03', committee('CaseSettingsChanged', { settings }));
    expect(dismissedIn('recorded-late', { items, onCase: [lowered] })).toEqual([['0001', false]]);
  });

  test('not a problem that another title makes more alike', () => {
    const earlier = [
      earlierProblem('公务接待超过规定标准和范围，接待费用长期挂账未及时结算，审批手续不全的问题较多'),
    ];
    const items = [
      [
        ...closedOn('公务接待超过规定标准和范围，接待费用长期挂账未及时结算，审批手续不全的问题很多'),
        dismisses('problem-recurs', '2024-05-01'),
      ],
    ];
    expect(dismissedIn('problem-recurs', { items }, { earlier })).toEqual([['0001', true]]);
    const title = '公务接待超过规定标准和范围，接待费用长期挂账未及时结算，审批手续不全的问题较多';
    const corrected = [[...(items[0] ?? []), at('2024-05-03', correct(1, { set: { title } }))]];
    expect(dismissedIn('problem-recurs', { items: corrected }, { earlier })).toEqual([['0001', false]]);
    const [one] = earlier;
    const raised = one && { ...one.raised, seq: 2, recordedAt: at('2024-05-03', report).at };
    const amended = one && raised ? [{ ...one, corrections: [raised as typeof one.raised] }] : [];
    expect(dismissedIn('problem-recurs', { items }, { earlier: amended })).toEqual([['0001', false]]);
  });

  test('not another count of days than those that went by', () => {
    const told = (planDays: number) => ({
      opening: { feedbackOn: '2024-01-10' },
      onCase: [
        at('2024-03-10', committee('PlanIssued', { title: '整改方案', issuedOn: '2024-03-10' })),
        dismisses('plan-missing', '2024-05-01'),
        at('2024-05-03', committee('CaseSettingsChanged', { settings: { flagThresholds: { planDays } } })),
      ],
      thresholds: { planDays: 30 },
    });
    expect(dismissedIn('plan-missing', told(30))).toEqual([[null, true]]);
    expect(dismissedIn('plan-missing', told(5))).toEqual([[null, false]]);
  });

  test('not evidence that counts again, since its withdrawal was voided', () => {
    const sha = 'cd'.repeat(32);
    const withdraws = lead('EvidenceWithdrawn', { evidenceId: 'e3', reason: '误' });
    const again = [...assigned, file(sha), withdraws, at('2024-05-03', cancel(4))];
    const [flag] = flagsIn(caseEvents({ items: [again, [...assigned, file(sha)]] })).filter(
      ({ rule }) => rule === 'evidence-reused',
    );
    expect(flag).toMatchObject({ itemId: '0001', since: '2024-05-03' });
    expect(flag?.entries.map(({ itemId, seq }) => `${itemId} ${seq}`)).toEqual([
      '0001 3',
      '0001 4',
      '0001 5',
      '0002 3',
    ]);
  });

  test('but what time alone adds, it goes on to cover', () => {
    const due = [
      committee('IssueRaised'),
      committee('OfficeAssigned', { lead: '财政办', term: 'time-bound', deadline: '2024-04-01' }),
      dismisses('overdue', '2024-05-01'),
    ];
    expect(dismissedIn('overdue', { items: [due] }, { today: '2024-09-01' })).toEqual([['0001', true]]);
  });

  test('and what is left when part of it was voided, while nothing else changes', () => {
    const late = [...rectifying, dated('2024-01-01', report), dated('2024-01-20', report)];
    const items = [[...late, dismisses('recorded-late', '2024-05-01'), at('2024-05-03', cancel(5))]];
    expect(dismissedIn('recorded-late', { items })).toEqual([['0001', true]]);
  });

  test('on the effective clock: what it says of a day, whatever happened after', () => {
    const items = [[...closed, dismisses('reopened', '2024-05-01')]];
    const reopening = at('2024-05-03', committee('ItemReopened'));
    const told = { items: [[...(items[0] ?? []), reopening]] };
    expect(dismissedIn('reopened', told)).toEqual([['0001', false]]);
    const seen = {
      items: [[...closed, at('2024-05-01', committee('ItemReopened')), dismisses('reopened', '2024-05-09')]],
    };
    expect(dismissedIn('reopened', seen, { effectiveOn: '2024-05-08' })).toEqual([['0001', false]]);
    expect(dismissedIn('reopened', seen, { effectiveOn: '2024-05-09' })).toEqual([['0001', true]]);
  });
});
