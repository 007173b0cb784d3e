import { assigned, committee, USUAL, type Wish } from '../../kit.ts';
import { at, cancel, correct } from '../kit.ts';
import { type Row, rowsOf } from '../row.ts';

const plan = (recordedOn: string, issuedOn: string): Wish =>
  at(recordedOn, committee('PlanIssued', { title: '整改方案', issuedOn }));
/** The feedback was on 20 November 2023, so the plan is due by 20 December. */
const inTime = { openedOn: '2023-11-21', thresholds: { planDays: 30 } };

const planless = rowsOf('plan-missing', [
  {
    kind: 'raises',
    history: 'the day after it was due',
    given: inTime,
    when: { today: '2023-12-21' },
    flags: ['case: c1 (days 1)'],
    since: '2023-12-21',
  },
  {
    kind: 'raises',
    history: 'it came five days late; a second one later still',
    given: { ...inTime, onCase: [plan('2023-12-30', '2023-12-30'), plan('2023-12-31', '2023-12-25')] },
    flags: ['case: c1 c3 (days 5)'],
    since: '2023-12-21',
  },
  {
    kind: 'near miss',
    history: 'the day on which it is due',
    given: inTime,
    when: { today: '2023-12-20' },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'issued on the last day',
    given: { ...inTime, onCase: [plan('2023-12-30', '2023-12-20')] },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'issued some day of the month in which it was due',
    given: { ...inTime, onCase: [plan('2023-12-30', '2023-12')] },
    flags: [],
  },
  {
    kind: 'corrected',
    history: 'the plan was voided',
    given: { ...inTime, onCase: [plan('2023-12-20', '2023-12-20'), cancel(2)] },
    when: { today: '2023-12-21' },
    flags: ['case: c1 c2 c3 (days 1)'],
  },
  {
    kind: 'threshold',
    history: 'only a case that says how long a plan may take can miss one',
    given: { openedOn: '2023-11-21', thresholds: { planDays: 1 } },
    when: { today: '2023-11-22' },
    flags: ['case: c1 (days 1)'],
    since: '2023-11-22',
  },
]);

const punishes = (more: object): Wish =>
  committee('AccountabilityRecorded', { kind: 'admonition', persons: 2, ...more });
const establishes = (more: object): Wish => committee('InstitutionRecorded', { count: 3, ...more });
const recovers = (more: object): Wish => committee('FundsRecovered', { amountFen: 5, ...more });
const ofItem = { itemId: '0001' };
const items = [assigned];

const unplaced: readonly Row[] = (
  [
    ['sanctions-without-item', punishes, '(persons 4)', '(persons 2)'],
    ['institutions-without-item', establishes, '(count 6)', '(count 3)'],
    ['funds-without-item', recovers, '(fen 10)', '(fen 5)'],
  ] as const
).flatMap(([rule, says, both, one]) =>
  rowsOf(rule, [
    {
      kind: 'raises',
      history: 'two without an item, one with',
      given: { items, onCase: [says({}), says(ofItem), says({})] },
      flags: [`case: c2 c4 ${both}`],
    },
    { kind: 'near miss', history: 'of an item', given: { items, onCase: [says(ofItem)] }, flags: [] },
    {
      kind: 'corrected',
      history: 'the one without an item was voided',
      given: { items, onCase: [says({}), says(ofItem), cancel(2)] },
      flags: [],
    },
    {
      kind: 'raises',
      history: 'its item was withdrawn',
      given: { items: [[...assigned, committee('IssueWithdrawn')]], onCase: [says(ofItem)] },
      flags: [`case: c2 0001/3 ${one}`],
    },
    {
      kind: 'raises',
      history: 'one of two was voided',
      given: { items, onCase: [says({}), says({}), cancel(2)] },
      flags: [`case: c3 ${one}`],
    },
  ]),
);

const numbered = { documentNo: '青政〔2024〕3号' };

const unnumbered = rowsOf('institution-without-number', [
  {
    kind: 'raises',
    history: 'one of the case, two of an item',
    given: { items, onCase: [establishes({}), establishes(ofItem), establishes(ofItem)] },
    flags: ['case: c2', '0001: c3 c4'],
  },
  {
    kind: 'near miss',
    history: 'with its number',
    given: { items, onCase: [establishes(numbered), establishes({ ...ofItem, ...numbered })] },
    flags: [],
  },
  {
    kind: 'corrected',
    history: 'the number was added',
    given: { items, onCase: [establishes({}), correct(2, { set: numbered })] },
    flags: [],
  },
]);

const printed = (...numbers: readonly (string | undefined)[]): readonly (readonly Wish[])[] =>
  numbers.map((printedNumber) => [
    committee('IssueRaised', { ...USUAL.IssueRaised, ...(printedNumber ? { printedNumber } : {}) }),
  ]);

const gap = rowsOf('numbering-gap', [
  {
    kind: 'raises',
    history: 'one skipped, one twice',
    given: { items: printed('一、', '三、', '四', '四') },
    flags: ['case: 0001/1 0002/1 0003/1 0004/1 (breaks 2)'],
  },
  {
    kind: 'raises',
    history: 'what is printed without a number between them is passed over',
    given: { items: printed('（一）', undefined, '(3)') },
    flags: ['case: 0001/1 0003/1 (breaks 1)'],
  },
  {
    kind: 'raises',
    history: 'the first is not one',
    given: { items: printed('二、', '三、') },
    flags: ['case: 0001/1 (breaks 1)'],
  },
  {
    kind: 'raises',
    history: 'one after one is no beginning',
    given: { items: printed('一', '一', '二') },
    flags: ['case: 0001/1 0002/1 (breaks 1)'],
  },
  {
    kind: 'near miss',
    history: 'in a row, however they are written',
    given: { items: printed('一', '（二）', '3.', '四、', '伍') },
    flags: [],
  },
  { kind: 'near miss', history: 'begun again at one', given: { items: printed('1', '2', '1.') }, flags: [] },
  { kind: 'near miss', history: 'no numerals', given: { items: printed('3.2', '甲', '3.4') }, flags: [] },
  {
    kind: 'near miss',
    history: 'one was withdrawn, and still has its number',
    given: {
      items: [...printed('一'), [...printed('二').flat(), committee('IssueWithdrawn')], ...printed('三')],
    },
    flags: [],
  },
  {
    kind: 'corrected',
    history: 'the number was misread',
    given: {
      items: [...printed('一'), [...printed('三').flat(), correct(1, { set: { printedNumber: '二' } })]],
    },
    flags: [],
  },
]);

export const inspectionRows: readonly Row[] = [...planless, ...unplaced, ...unnumbered, ...gap];
