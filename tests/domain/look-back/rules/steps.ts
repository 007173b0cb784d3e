import { assigned, committee, completed, lead, rectifying, USUAL, type Wish } from '../../kit.ts';
import { correct, dated, unchecked } from '../kit.ts';
import { type Row, rowsOf } from '../row.ts';

const closes = committee('ItemClosed');
const asks = lead('ClosureRequested');
const done = [...rectifying, lead('MeasureCompleted')];
const evidence = (more: object): Wish => lead('EvidenceAttached', { ...USUAL.EvidenceAttached, ...more });

const dateOfFile = (documentDate: string): readonly Wish[] => [
  ...done,
  evidence({ documentDate }),
  asks,
  closes,
];

const younger = rowsOf('evidence-after-closing', [
  {
    kind: 'raises',
    history: 'a file dated the day after the closing',
    given: { items: [dateOfFile('2024-03-05')] },
    flags: ['0001: 5 7'],
  },
  {
    kind: 'raises',
    history: 'a file dated the month after the closing',
    given: { items: [dateOfFile('2024-04')] },
    flags: ['0001: 5 7'],
  },
  {
    kind: 'raises',
    history: 'the closing is back-dated before the file was recorded',
    given: { items: [[...completed, dated('2024-03-03', asks), dated('2024-03-03', closes)]] },
    flags: ['0001: 5 7'],
  },
  {
    kind: 'near miss',
    history: 'a file dated the day of the closing',
    given: { items: [dateOfFile('2024-03-04')] },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'a file dated the month of the closing, which may be before it',
    given: { items: [dateOfFile('2024-03')] },
    flags: [],
  },
  {
    kind: 'corrected',
    history: 'the date of the file was corrected to the day after',
    given: { items: [[...dateOfFile('2024-03-04'), correct(5, { set: { documentDate: '2024-03-05' } })]] },
    flags: ['0001: 5 7 8'],
  },
]);

const adoptedThenCompleted = (adopted: string, finished: string): readonly Wish[] => [
  ...assigned,
  dated(adopted, lead('MeasureAdopted')),
  dated(finished, lead('MeasureCompleted')),
  evidence({}),
  asks,
  closes,
];

const order = rowsOf('steps-out-of-order', [
  {
    kind: 'raises',
    history: 'completed the day before it was adopted',
    given: { items: [adoptedThenCompleted('2024-03-03', '2024-03-02')] },
    flags: ['0001: 3 4'],
  },
  {
    kind: 'raises',
    history: 'asked for the day before it was completed',
    given: {
      items: [
        [
          ...rectifying,
          dated('2024-03-04', lead('MeasureCompleted')),
          evidence({}),
          dated('2024-03-03', asks),
          closes,
        ],
      ],
    },
    flags: ['0001: 4 6'],
  },
  {
    kind: 'raises',
    history: 'closed the day before it was asked for; refused today',
    given: { items: [[...completed, dated('2024-03-04', asks), unchecked(dated('2024-03-03', closes))]] },
    flags: ['0001: 6 7'],
  },
  {
    kind: 'raises',
    history: 'an earlier completion of the measure, before its mechanism ran, is dated before it was adopted',
    given: {
      items: [
        [
          ...assigned,
          dated('2024-03-03', lead('MeasureAdopted')),
          dated(
            '2024-03-02',
            lead('MeasureCompleted', { measureId: 'm3', summary: '运行', continuing: true }),
          ),
          dated('2024-03-04', lead('MeasureCompleted')),
          evidence({}),
          asks,
          closes,
        ],
      ],
    },
    flags: ['0001: 3 4'],
  },
  {
    kind: 'near miss',
    history: 'completed the day it was adopted',
    given: { items: [adoptedThenCompleted('2024-03-03', '2024-03-03')] },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'adopted some day of the month in which it was completed',
    given: { items: [adoptedThenCompleted('2024-03', '2024-03-02')] },
    flags: [],
  },
  {
    kind: 'raises',
    history: 'on the effective clock the newest request counts, though an older one has a later day',
    given: {
      items: [
        [
          ...rectifying,
          dated('2024-03-03', lead('MeasureCompleted')),
          evidence({}),
          asks,
          lead('ClosureRequestWithdrawn'),
          dated('2024-03-02', asks),
          closes,
        ],
      ],
    },
    when: { effectiveOn: '2024-03-04' },
    flags: ['0001: 4 8'],
  },
  {
    kind: 'corrected',
    history: 'the date of the completion was corrected to the day before',
    given: {
      items: [
        [...adoptedThenCompleted('2024-03-03', '2024-03-03'), correct(4, { occurredOn: '2024-03-02' })],
      ],
    },
    flags: ['0001: 3 4 8'],
  },
]);

export const stepRows: readonly Row[] = [...younger, ...order];
