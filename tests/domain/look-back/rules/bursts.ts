import { assigned, committee, lead, raised, reviewer, type Wish } from '../../kit.ts';
import { at, cancel } from '../kit.ts';
import { type Row, rowsOf } from '../row.ts';

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

export const burstRows: readonly Row[] = [...burst, ...beforeLookBack];
