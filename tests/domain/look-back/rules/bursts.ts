import { assigned, committee, lead, raised, reviewer, SHA256, type Wish } from '../../kit.ts';
import { at, cancel, dated } from '../kit.ts';
import { type Row, rowsOf } from '../row.ts';

const source = { sha256: SHA256, lines: [3, 4] } as const;
const report = lead('ProgressReported');
const file = { name: '照片.jpg', mediaType: 'image/jpeg', bytes: 7, sha256: 'ab'.repeat(32) };
const due = [...raised, committee('OfficeAssigned', { lead: '财政办', deadline: '2024-03-20' })];
const reports = (count: number, day: string): readonly Wish[] =>
  Array.from({ length: count }, (_, index) => (index === 0 ? at(day, report) : report));

const burst = rowsOf('burst-before-deadline', [
  {
    kind: 'raises',
    history: 'five in the last three days, nothing else',
    given: { items: [[...due, ...reports(2, '2024-03-18'), ...reports(3, '2024-03-20')]] },
    flags: ['0001: 2 3 4 5 6 7 (entries 5)'],
  },
  {
    kind: 'raises',
    history: 'eight of ten are 80 %',
    given: { items: [[...due, ...reports(2, '2024-03-17'), ...reports(8, '2024-03-19')]] },
    flags: ['0001: 2 5 6 7 8 9 10 11 12 (entries 8)'],
  },
  {
    kind: 'raises',
    history: 'before the deadline that it was moved to, too',
    given: {
      items: [
        [
          ...due,
          ...reports(5, '2024-03-20'),
          committee('DeadlineExtended', { to: '2024-04', reason: '延' }),
          ...reports(20, '2024-04-29'),
        ],
      ],
    },
    flags: [
      `0001: 2 3 4 5 6 7 8 ${Array.from({ length: 20 }, (_, index) => index + 9).join(' ')} (entries 20)`,
    ],
  },
  {
    kind: 'near miss',
    history: 'four',
    given: { items: [[...due, ...reports(4, '2024-03-20')]] },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'one of the five came a day earlier',
    given: { items: [[...due, ...reports(1, '2024-03-17'), ...reports(4, '2024-03-18')]] },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'one of the five came a day after the deadline',
    given: { items: [[...due, ...reports(4, '2024-03-20'), ...reports(1, '2024-03-21')]] },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'seven of nine are 77 %',
    given: { items: [[...due, ...reports(2, '2024-03-17'), ...reports(7, '2024-03-19')]] },
    flags: [],
  },
  {
    kind: 'corrected',
    history: 'one of the five was voided',
    given: { items: [[...due, ...reports(5, '2024-03-20'), cancel(3)]] },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'one of the five was a file, withdrawn since',
    given: {
      items: [
        [
          ...due,
          ...reports(4, '2024-03-20'),
          lead('EvidenceAttached', file),
          lead('EvidenceWithdrawn', { evidenceId: 'e7', reason: '误' }),
        ],
      ],
    },
    flags: [],
  },
  {
    kind: 'threshold',
    history: 'four are a burst where the case says so',
    given: { thresholds: { burstEntries: 4 }, items: [[...due, ...reports(4, '2024-03-20')]] },
    flags: ['0001: 2 3 4 5 6 (entries 4)'],
  },
  {
    kind: 'threshold',
    history: 'a fourth day counts where the case says so',
    given: {
      thresholds: { burstDays: 4 },
      items: [[...due, ...reports(1, '2024-03-17'), ...reports(4, '2024-03-18')]],
    },
    flags: ['0001: 2 3 4 5 6 7 (entries 5)'],
  },
  {
    kind: 'threshold',
    history: '77 % are most where the case says so',
    given: {
      thresholds: { burstPercent: 77 },
      items: [[...due, ...reports(2, '2024-03-17'), ...reports(7, '2024-03-19')]],
    },
    flags: ['0001: 2 5 6 7 8 9 10 11 (entries 7)'],
  },
]);

const looks = (day: string): Wish => at(day, reviewer('LookBackOpened'));

const beforeLookBack = rowsOf('burst-before-look-back', [
  {
    kind: 'raises',
    history: 'five in the last three days',
    given: { onCase: [looks('2024-03-20')], items: [[...assigned, ...reports(5, '2024-03-18')]] },
    flags: ['0001: c2 3 4 5 6 7 (entries 5)'],
  },
  {
    kind: 'raises',
    history: 'before one that was written up three weeks later',
    given: {
      onCase: [at('2024-04-10', dated('2024-03-20', reviewer('LookBackOpened')))],
      items: [[...assigned, ...reports(5, '2024-03-18')]],
    },
    flags: ['0001: c2 3 4 5 6 7 (entries 5)'],
  },
  {
    kind: 'raises',
    history: 'before the second look-back as before the first',
    given: {
      thresholds: { burstPercent: 50 },
      onCase: [looks('2024-03-20'), looks('2024-06-20')],
      items: [[...assigned, ...reports(5, '2024-03-20'), ...reports(6, '2024-06-20')]],
    },
    flags: ['0001: c2 c3 3 4 5 6 7 8 9 10 11 12 13 (entries 6)'],
  },
  {
    kind: 'near miss',
    history: 'four',
    given: { onCase: [looks('2024-03-20')], items: [[...assigned, ...reports(4, '2024-03-18')]] },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'the look-back began a day later',
    given: { onCase: [looks('2024-03-21')], items: [[...assigned, ...reports(5, '2024-03-18')]] },
    flags: [],
  },
  {
    kind: 'corrected',
    history: 'one of the five was voided',
    given: { onCase: [looks('2024-03-20')], items: [[...assigned, ...reports(5, '2024-03-18'), cancel(4)]] },
    flags: [],
  },
]);

/** Two entries an item, and the request: too few for a burst of the item. */
const few = (day: string): readonly Wish[] => [
  ...assigned,
  at(day, lead('MeasureAdopted')),
  lead('MeasureCompleted'),
  lead('EvidenceAttached', { ...file, measureIds: ['m3'] }),
  lead('ClosureRequested'),
];

const ofRegister = rowsOf('register-burst-before-look-back', [
  {
    kind: 'raises',
    history: 'four entries on each of two items, in the last three days',
    given: { onCase: [looks('2024-03-20')], items: [few('2024-03-18'), few('2024-03-20')] },
    flags: ['case: c2 0001/3 0001/4 0001/5 0001/6 0002/3 0002/4 0002/5 0002/6 (entries 8)'],
  },
  {
    kind: 'raises',
    history: 'eight of ten on all items are 80 %',
    given: {
      onCase: [looks('2024-03-20')],
      items: [few('2024-03-18'), few('2024-03-19'), [...assigned, ...reports(2, '2024-03-17')]],
    },
    flags: ['case: c2 0001/3 0001/4 0001/5 0001/6 0002/3 0002/4 0002/5 0002/6 (entries 8)'],
  },
  {
    kind: 'near miss',
    history: 'eight of eleven are 72 %',
    given: {
      onCase: [looks('2024-03-20')],
      items: [few('2024-03-18'), few('2024-03-19'), [...assigned, ...reports(3, '2024-03-17')]],
    },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'four in all',
    given: { onCase: [looks('2024-03-20')], items: [few('2024-03-18'), assigned] },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'imported, and so no work of an office',
    given: {
      onCase: [looks('2024-03-20')],
      items: [
        few('2024-03-18'),
        [...assigned, at('2024-03-18', committee('MeasureAdopted', undefined, { source }))],
      ],
    },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'the look-back began a day later',
    given: {
      onCase: [looks('2024-03-21')],
      items: [few('2024-03-18'), [...assigned, ...reports(1, '2024-03-18')]],
    },
    flags: [],
  },
  {
    kind: 'corrected',
    history: 'one of five was voided',
    given: {
      onCase: [looks('2024-03-20')],
      items: [few('2024-03-18'), [...assigned, ...reports(1, '2024-03-18'), cancel(3)]],
    },
    flags: [],
  },
  {
    kind: 'threshold',
    history: 'four are a burst where the case says so',
    given: {
      thresholds: { burstEntries: 4 },
      onCase: [looks('2024-03-20')],
      items: [few('2024-03-18'), assigned],
    },
    flags: ['case: c2 0001/3 0001/4 0001/5 0001/6 (entries 4)'],
  },
]);

export const burstRows: readonly Row[] = [...burst, ...beforeLookBack, ...ofRegister];
