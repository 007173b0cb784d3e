import {
  closed,
  committee,
  completed,
  inspector,
  lead,
  raised,
  requested,
  reviewer,
  type Wish,
} from '../../kit.ts';
import { at, cancel, correct } from '../kit.ts';
import { type Row, rowsOf } from '../row.ts';

/** An item closed at that minute (and millisecond) of a morning. */
const closedAt = (minute: number, by = committee, ms = 0): readonly Wish[] => [
  ...requested,
  {
    ...by('ItemClosed'),
    at: new Date(Date.UTC(2024, 2, 5, 1, minute, 0, ms)).toISOString(),
  },
];
/** After entry 7, reopened and closed again by the same person with entry 12. */
const closedAgain: readonly Wish[] = [
  committee('ItemReopened'),
  lead('MeasureCompleted'),
  lead('EvidenceAttached'),
  lead('ClosureRequested'),
  committee('ItemClosed'),
];
const inMinuteSeven = (wish: Wish, second: number): Wish => ({
  ...wish,
  at: new Date(Date.UTC(2024, 2, 5, 1, 7, second)).toISOString(),
});
const four = [0, 2, 4, 6].map((minute) => closedAt(minute));
const ofFour = (items: number): readonly string[] => [
  `0001: 7 0002/7 0003/7 0004/7 (items ${items})`,
  `0002: 0001/7 7 0003/7 0004/7 (items ${items})`,
  `0003: 0001/7 0002/7 7 0004/7 (items ${items})`,
  `0004: 0001/7 0002/7 0003/7 7 (items ${items})`,
];
const ofFive: readonly string[] = [
  '0001: 7 0002/7 0003/7 0004/7 0005/7 (items 5)',
  '0002: 0001/7 7 0003/7 0004/7 0005/7 (items 5)',
  '0003: 0001/7 0002/7 7 0004/7 0005/7 (items 5)',
  '0004: 0001/7 0002/7 0003/7 7 0005/7 (items 5)',
  '0005: 0001/7 0002/7 0003/7 0004/7 7 (items 5)',
];

const bulk = rowsOf('closed-in-bulk', [
  {
    kind: 'raises',
    history: 'five in ten minutes',
    given: { items: [...four, closedAt(10)] },
    flags: ofFive,
  },
  {
    kind: 'raises',
    history: 'a sixth within ten minutes of the second stands with those before it',
    given: { items: [...four, closedAt(10), closedAt(12)] },
    flags: [
      ...ofFive.map((flag) => flag.replace('(items 5)', '(items 6)')),
      '0006: 0002/7 0003/7 0004/7 0005/7 7 (items 6)',
    ],
  },
  { kind: 'near miss', history: 'four in ten minutes', given: { items: four }, flags: [] },
  {
    kind: 'near miss',
    history: 'the fifth a millisecond later',
    given: { items: [...four, closedAt(10, committee, 1)] },
    flags: [],
  },
  {
    kind: 'raises',
    history: 'one of the five was reopened since: it has no flag, the others keep theirs',
    given: { items: [...four, [...closedAt(10), committee('ItemReopened')]] },
    flags: ofFive.slice(0, 4),
  },
  {
    kind: 'raises',
    history: 'one of the five was closed again on another day: that closing has no flag',
    given: {
      items: [...four, [...closedAt(10), at('2024-03-07', closedAgain[0] as Wish), ...closedAgain.slice(1)]],
    },
    flags: ofFive.slice(0, 4),
  },
  {
    kind: 'near miss',
    history: 'four, one of them twice',
    given: { items: [...four.slice(0, 3), [...closedAt(6), ...closedAgain.map(inMinuteSeven)]] },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'one of five by somebody else',
    given: { items: [...four, closedAt(10, inspector)] },
    flags: [],
  },
  {
    kind: 'corrected',
    history: 'on the effective clock one closing was corrected to a later day',
    given: {
      items: [...four, [...closedAt(10), at('2024-03-08', correct(7, { occurredOn: '2024-03-07' }))]],
    },
    when: { effectiveOn: '2024-03-06' },
    flags: [],
  },
  {
    kind: 'threshold',
    history: 'four are many where the case says so',
    given: { thresholds: { bulkItems: 4 }, items: four },
    flags: ofFour(4),
  },
  {
    kind: 'threshold',
    history: 'ten minutes are long where the case says nine',
    given: { thresholds: { bulkMinutes: 9 }, items: [...four, closedAt(10)] },
    flags: [],
  },
]);

/** A long-term item raised on 4 March 2024 and closed on that day. */
const longTerm = (closedOn: string): readonly Wish[] => [
  ...raised,
  committee('OfficeAssigned', { lead: '财政办', term: 'long-term' }),
  ...completed.slice(2),
  lead('ClosureRequested'),
  at(closedOn, committee('ItemClosed')),
];

const fast = rowsOf('long-term-closed-fast', [
  {
    kind: 'raises',
    history: 'closed after 89 days',
    given: { items: [longTerm('2024-06-01')] },
    flags: ['0001: 1 2 7 (days 89)'],
  },
  {
    kind: 'near miss',
    history: 'closed after 90 days',
    given: { items: [longTerm('2024-06-02')] },
    flags: [],
  },
  {
    kind: 'raises',
    history: 'closed again 89 days after the reopening, long after the raise',
    given: {
      items: [
        [
          ...longTerm('2024-07-01'),
          at('2024-08-01', closedAgain[0] as Wish),
          ...closedAgain.slice(1, 4),
          at('2024-10-29', committee('ItemClosed')),
        ],
      ],
    },
    flags: ['0001: 2 8 12 (days 89)'],
  },
  { kind: 'near miss', history: 'of no term', given: { items: [closed] }, flags: [] },
  {
    kind: 'corrected',
    history: 'the term was corrected',
    given: { items: [[...longTerm('2024-06-01'), correct(2, { set: { term: 'time-bound' } })]] },
    flags: [],
  },
  {
    kind: 'threshold',
    history: '90 days are short where the case says 91',
    given: { thresholds: { longTermDays: 91 }, items: [longTerm('2024-06-02')] },
    flags: ['0001: 1 2 7 (days 90)'],
  },
]);

const summary = { set: { summary: '办法已修订并印发' } };

const corrected = rowsOf('corrected-after-closing', [
  {
    kind: 'raises',
    history: 'two corrections of what was reviewed',
    given: { items: [[...closed, correct(4, summary), correct(6, { set: { statement: '申请' } })]] },
    flags: ['0001: 4 6 7 8 9'],
  },
  {
    kind: 'raises',
    history: 'the closing itself',
    given: { items: [[...closed, correct(7, { set: { opinion: '同意' } })]] },
    flags: ['0001: 7 8'],
  },
  {
    kind: 'near miss',
    history: 'corrected just before the closing',
    given: { items: [[...requested, correct(4, summary), committee('ItemClosed')]] },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'corrected after the closing, and reopened since',
    given: { items: [[...closed, correct(4, summary), committee('ItemReopened')]] },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'what was corrected came after the closing',
    given: {
      onCase: [reviewer('LookBackOpened')],
      items: [[...closed, reviewer('LookBackFindingRecorded'), correct(8, { set: { text: '现场核实' } })]],
    },
    flags: [],
  },
  {
    kind: 'corrected',
    history: 'an entry was voided',
    given: { items: [[...closed, cancel(5)]] },
    flags: ['0001: 5 7 8'],
  },
]);

export const paceRows: readonly Row[] = [...bulk, ...fast, ...corrected];
