import { describe, expect, test } from 'vitest';
import { type FlagRule, flagRules } from '../../../domain/look-back/catalogue.ts';
import type { Flag } from '../../../domain/look-back/flag.ts';
import { aCaseId } from '../../kit/event-rows.ts';
import {
  assigned,
  closed,
  committee,
  completed,
  inspector,
  lead,
  raised,
  rectifying,
  reviewer,
  START,
  USUAL,
  type Wish,
} from '../kit.ts';
import {
  at,
  type CaseTold,
  cancel,
  caseEvents,
  correct,
  dated,
  earlierProblem,
  flagsIn,
  inWords,
  type When,
} from './kit.ts';

const flag = (rule: FlagRule, given: CaseTold, when: When = {}): Flag | undefined =>
  flagsIn(caseEvents(given), when).find((one) => one.rule === rule);

const dismisses = (rule: FlagRule): Wish => reviewer('FlagDismissed', { rule, reason: '情况属实' });
const lateReport = dated('2024-01-01', lead('ProgressReported'));
const late = [...rectifying, lateReport];

/** Seq of the dismissal of a flag that is raised; null for one that stands. */
const dismissedBy = (rule: FlagRule, given: CaseTold, when: When = {}): number | null => {
  const raisedFlag = flag(rule, given, when);
  if (!raisedFlag) throw new Error(`${rule} is not raised`);
  return raisedFlag.dismissed?.seq ?? null;
};

describe('a dismissal', () => {
  test('covers what the flag rested on, and says who, when and why', () => {
    expect(flag('recorded-late', { items: [[...late, dismisses('recorded-late')]] })?.dismissed).toEqual({
      seq: 5,
      recordedAt: '2024-03-04T05:00:00.000Z',
      actor: expect.objectContaining({ sub: 'zhou', role: 'reviewer' }),
      reason: '情况属实',
    });
  });

  test('no longer covers a flag that rests on a later entry, until somebody dismisses it again', () => {
    const again = [...late, dismisses('recorded-late'), lateReport];
    expect(dismissedBy('recorded-late', { items: [again] })).toBeNull();
    expect(dismissedBy('recorded-late', { items: [[...again, dismisses('recorded-late')]] })).toBe(7);
  });

  test('is of its own rule and its own item', () => {
    expect(dismissedBy('recorded-late', { items: [[...late, dismisses('overdue')]] })).toBeNull();
    expect(
      dismissedBy('recorded-late', { items: [late, [...raised, dismisses('recorded-late')]] }),
    ).toBeNull();
    const onCase = [at('2024-03-05', dismisses('recorded-late'))];
    expect(dismissedBy('recorded-late', { items: [late], onCase })).toBeNull();
  });

  test('of a flag of the case stands on the stream of the case', () => {
    const onCase = [committee('FundsRecovered'), dismisses('funds-without-item')];
    expect(dismissedBy('funds-without-item', { onCase })).toBe(3);
    expect(
      dismissedBy('funds-without-item', { onCase: [...onCase, committee('FundsRecovered')] }),
    ).toBeNull();
  });

  test('of a flag that time alone raises has to come when it is raised', () => {
    const due = committee('OfficeAssigned', { lead: '财政办', deadline: '2024-03-10' });
    const given = (day: string): CaseTold => ({ items: [[...raised, due, at(day, dismisses('overdue'))]] });
    expect(dismissedBy('overdue', given('2024-03-10'), { today: '2024-03-20' })).toBeNull();
    expect(dismissedBy('overdue', given('2024-03-11'), { today: '2024-03-20' })).toBe(3);
  });

  test('of an overdue item is over when the item is reopened, though the deadline is the same', () => {
    const due = committee('OfficeAssigned', { lead: '财政办', deadline: '2024-03-10' });
    const before = [...raised, due, at('2024-03-12', dismisses('overdue'))];
    const answered = [
      lead('MeasureAdopted'),
      lead('MeasureCompleted', { measureId: 'm4', summary: '完成' }),
      lead('EvidenceAttached', { ...USUAL.EvidenceAttached, measureIds: ['m4'] }),
      lead('ClosureRequested'),
      committee('ItemClosed'),
      at('2024-03-20', committee('ItemReopened')),
    ];
    const when = { today: '2024-03-22' };
    expect(dismissedBy('overdue', { items: [before] }, when)).toBe(3);
    expect(dismissedBy('overdue', { items: [[...before, ...answered]] }, when)).toBeNull();
    const again = [...before, ...answered, dismisses('overdue')];
    expect(dismissedBy('overdue', { items: [again] }, when)).toBe(10);
  });

  test('covers entries of other items that were recorded by then, to the millisecond', () => {
    const given = (other: string): CaseTold => ({
      items: [
        [...completed, { ...dismisses('evidence-reused'), at: '2024-03-05T01:00:00.000Z' }],
        [...completed.slice(0, 4), { ...(completed[4] as Wish), at: other }],
      ],
    });
    expect(dismissedBy('evidence-reused', given('2024-03-05T01:00:00.000Z'))).toBe(6);
    expect(dismissedBy('evidence-reused', given('2024-03-05T01:00:00.001Z'))).toBeNull();
  });

  test('that was voided covers nothing any more', () => {
    const takesBack = committee('EntryVoided', { target: 5, reason: '误操作' });
    const given = [...late, dismisses('recorded-late')];
    expect(dismissedBy('recorded-late', { items: [[...given, takesBack]] })).toBeNull();
  });

  test('has no reason once that was erased', () => {
    const erases = committee('TextErased', { target: 5, ground: '个人信息', approvedBy: 'sun' });
    const { dismissed } = flag('recorded-late', {
      items: [[...late, dismisses('recorded-late'), erases]],
    }) as Flag;
    expect([dismissed?.seq, dismissed?.reason]).toEqual([5, null]);
  });

  test('is over when an entry of the flag is corrected, and the correction stands among its entries', () => {
    const worse = at('2024-03-20', correct(4, { occurredOn: '2023-06-01' }));
    const given = [...late, dismisses('recorded-late')];
    expect(dismissedBy('recorded-late', { items: [given] })).toBe(5);
    const corrected = flag('recorded-late', { items: [[...given, worse]] }) as Flag;
    expect([inWords(corrected), corrected.since]).toEqual(['0001: 4 6 (days 277)', '2024-03-20']);
    expect(corrected.dismissed).toBeNull();
    const again = [...given, worse, dismisses('recorded-late')];
    expect(dismissedBy('recorded-late', { items: [again] })).toBe(7);
  });

  test('of what time alone raised is over when the deadline is corrected, from that day on', () => {
    const due = committee('OfficeAssigned', { lead: '财政办', deadline: '2024-03-10' });
    const sooner = at('2024-03-20', correct(2, { set: { deadline: '2024-03-05' } }));
    const items = [[...raised, due, at('2024-03-12', dismisses('overdue')), sooner]];
    const overdue = flag('overdue', { items }, { today: '2024-03-21' }) as Flag;
    expect([inWords(overdue), overdue.since]).toEqual(['0001: 2 4 (days 16)', '2024-03-20']);
    expect(overdue.dismissed).toBeNull();
  });

  test('of a correction’s flag is over when the entry is corrected again', () => {
    const text = (said: string): Wish => correct(4, { set: { summary: said } });
    const given = [...closed, text('一'), dismisses('corrected-after-closing')];
    expect(dismissedBy('corrected-after-closing', { items: [given] })).toBe(9);
    expect(dismissedBy('corrected-after-closing', { items: [[...given, text('二')]] })).toBeNull();
  });
});

describe('asked of the past', () => {
  const report = at('2024-03-10', lateReport);
  const given: CaseTold = {
    items: [
      [...rectifying, report, at('2024-03-12', dismisses('recorded-late')), at('2024-03-14', cancel(4))],
    ],
  };

  test.each([
    ['2024-03-09T16:00:00.000Z', 'none'],
    ['2024-03-10T00:59:59.999Z', 'none'],
    ['2024-03-10T01:00:00.000Z', 'stands'],
    ['2024-03-12T00:59:59.999Z', 'stands'],
    ['2024-03-12T01:00:00.000Z', 'dismissed'],
    ['2024-03-14T01:00:00.000Z', 'none'],
  ])('at %s of recording the flag is what the ledger of then raises: %s', (recordedAsOf, expected) => {
    const then = flag('recorded-late', given, { recordedAsOf });
    expect(then ? (then.dismissed ? 'dismissed' : 'stands') : 'none').toBe(expected);
  });

  test.each([
    ['2023-12-31', undefined, 'none'],
    ['2024-01-01', undefined, 'none'],
    ['2024-01-01', '2024-03-11T00:00:00.000Z', 'stands'],
    ['2023-12-31', '2024-03-11T00:00:00.000Z', 'none'],
  ])('on %s, as known at %s: %s', (effectiveOn, recordedAsOf, expected) => {
    const when = { effectiveOn, ...(recordedAsOf ? { recordedAsOf } : {}) };
    expect(flag('recorded-late', given, when) ? 'stands' : 'none').toBe(expected);
  });

  test('what came after the cut changes nothing', () => {
    const told: CaseTold = {
      onCase: [committee('FundsRecovered'), at('2024-04-01', committee('InstitutionRecorded'))],
      items: [
        [...closed, at('2024-04-01', committee('ItemReopened'))],
        [at('2024-04-01', raised[0] as Wish)],
      ],
    };
    const earlier: CaseTold = { onCase: [committee('FundsRecovered')], items: [closed] };
    const when: When = { recordedAsOf: '2024-03-31T00:00:00.000Z' };
    expect(flagsIn(caseEvents(told), when)).toEqual(flagsIn(caseEvents(earlier), when));
  });
});

describe('a list of flags', () => {
  const told: CaseTold = {
    onCase: [
      committee('InstitutionRecorded', { itemId: '0002', count: 1 }),
      committee('InstitutionRecorded'),
    ],
    items: [
      [...completed, lateReport, lateReport],
      [...completed, lateReport],
      [...raised, inspector('OfficeAssigned', { lead: '信访办' })],
    ],
  };
  const flags = flagsIn(caseEvents(told));

  test('goes by rule in the order of the catalogue, then the case before its items, one of each', () => {
    const places = flags.map(({ rule, itemId }) => flagRules.indexOf(rule) * 10 + Number(itemId ?? 0));
    expect(places).toEqual([...new Set(places)].sort((one, other) => one - other));
    expect(flags.map((one) => `${one.rule} ${inWords(one)}`)).toEqual([
      'evidence-reused 0001: 5 0002/5 (items 2)',
      'evidence-reused 0002: 0001/5 5 (items 2)',
      'recorded-late 0001: 6 7 (days 63)',
      'recorded-late 0002: 6 (days 63)',
      'institutions-without-item case: c3 (count 1)',
      'institution-without-number case: c3',
      'institution-without-number 0002: c2',
    ]);
  });

  test('names the item and its lead, and neither for the case', () => {
    const named = new Set(flags.map(({ itemId, title, lead: office }) => `${itemId} ${title} ${office}`));
    expect(named).toEqual(
      new Set(['0001 公务接待超标准 财政办', '0002 公务接待超标准 财政办', 'null null null']),
    );
  });

  test('names no title that was erased', () => {
    const erases = committee('TextErased', { target: 1, ground: '个人信息', approvedBy: 'sun' });
    expect(flag('recorded-late', { items: [[...late, erases]] })?.title).toBeNull();
  });

  test('puts entries of another case first, then the case’s own, then item by item', () => {
    const [recurs] = flagsIn(caseEvents({ items: [assigned] }), {
      earlier: [earlierProblem(String(USUAL.IssueRaised?.title))],
    });
    expect(recurs?.entries).toEqual([
      { caseId: aCaseId('earlier-case'), itemId: '0001', seq: 1, type: 'IssueRaised', recordedAt: START },
      { caseId: caseEvents({}).caseId, itemId: '0001', seq: 1, type: 'IssueRaised', recordedAt: START },
    ]);
  });

  test('says since when: the day on which its newest entry was recorded, in the zone', () => {
    const evening = { ...lateReport, at: '2024-03-05T16:00:00.000Z' };
    expect(flag('recorded-late', { items: [[...rectifying, evening]] })?.since).toBe('2024-03-06');
  });

  test('of a case that only began is empty', () => {
    expect(flagsIn(caseEvents({ items: [raised] }))).toEqual([]);
    expect(flagsIn(caseEvents({}), { recordedAsOf: START })).toEqual([]);
  });
});
