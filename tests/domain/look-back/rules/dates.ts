import { assigned, committee, lead, raised, rectifying, SHA256, USUAL, type Wish } from '../../kit.ts';
import { at, correct, dated } from '../kit.ts';
import { type Row, rowsOf } from '../row.ts';

const evidence = (documentDate: string): Wish =>
  lead('EvidenceAttached', { ...USUAL.EvidenceAttached, measureIds: [], documentDate });
const opening = { inspection: { from: '2023-07-12', to: '2023-09-22' }, feedbackOn: '2023-11-20' };
const withFile = (documentDate: string) => ({ opening, items: [[...rectifying, evidence(documentDate)]] });

const beforeInspection = rowsOf('dated-before-inspection', [
  {
    kind: 'raises',
    history: 'a file of the day before',
    given: withFile('2023-07-11'),
    flags: ['0001: c1 4'],
  },
  {
    kind: 'raises',
    history: 'a measure adopted the month before, and completed then',
    given: {
      opening,
      items: [
        [
          ...assigned,
          dated('2023-06', lead('MeasureAdopted')),
          dated('2023-06-30', lead('MeasureCompleted')),
        ],
      ],
    },
    flags: ['0001: c1 3 4'],
  },
  {
    kind: 'raises',
    history: 'a measure that runs, said to have been completed first the day before',
    given: {
      opening,
      items: [
        [
          ...rectifying,
          dated(
            '2023-07-11',
            lead('MeasureCompleted', { measureId: 'm3', summary: '运行', continuing: true }),
          ),
          lead('MeasureCompleted'),
        ],
      ],
    },
    flags: ['0001: c1 4'],
  },
  { kind: 'near miss', history: 'a file of its first day', given: withFile('2023-07-12'), flags: [] },
  {
    kind: 'near miss',
    history: 'a file of some day of its first month',
    given: withFile('2023-07'),
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'the file was withdrawn',
    given: {
      opening,
      items: [
        [
          ...rectifying,
          evidence('2023-07-11'),
          lead('EvidenceWithdrawn', { evidenceId: 'e4', reason: '误' }),
        ],
      ],
    },
    flags: [],
  },
  {
    kind: 'corrected',
    history: 'the date of the file was corrected',
    given: {
      opening,
      items: [[...rectifying, evidence('2023-07-12'), correct(4, { set: { documentDate: '2023-07-11' } })]],
    },
    flags: ['0001: c1 4 5'],
  },
]);

const atOnce = committee('OfficeAssigned', { lead: '财政办', term: 'immediate' });

const beforeFeedback = rowsOf('dated-before-feedback', [
  {
    kind: 'raises',
    history: 'a file of the day before',
    given: withFile('2023-11-19'),
    flags: ['0001: c1 4'],
  },
  {
    kind: 'raises',
    history: 'a file of the inspection’s first day',
    given: withFile('2023-07-12'),
    flags: ['0001: c1 4'],
  },
  { kind: 'near miss', history: 'a file of the day', given: withFile('2023-11-20'), flags: [] },
  { kind: 'near miss', history: 'a file of some day of its month', given: withFile('2023-11'), flags: [] },
  {
    kind: 'near miss',
    history: 'what is older than the inspection is another rule’s',
    given: withFile('2023-07-11'),
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'to be put right at once',
    given: { opening, items: [[...raised, atOnce, evidence('2023-11-19')]] },
    flags: [],
  },
  {
    kind: 'corrected',
    history: 'the date of the file was corrected',
    given: {
      opening,
      items: [[...rectifying, evidence('2023-11-19'), correct(4, { set: { documentDate: '2023-11-20' } })]],
    },
    flags: [],
  },
]);

const report = lead('ProgressReported');
const source = { sha256: SHA256, lines: [3, 4] } as const;

const late = rowsOf('recorded-late', [
  {
    kind: 'raises',
    history: '31 days; what is not late plays no part',
    given: { items: [[...rectifying, dated('2024-02-02', report), dated('2024-03-01', report)]] },
    flags: ['0001: 4 (days 31)'],
  },
  {
    kind: 'raises',
    history: 'what the committee writes up afterwards',
    given: {
      items: [
        [
          ...raised,
          dated('2024-02-01', assigned[1] as Wish),
          dated('2024-02-02', committee('MeasureAdopted')),
        ],
      ],
    },
    flags: ['0001: 3 (days 31)'],
  },
  {
    kind: 'raises',
    history: 'the month ended 31 days before',
    given: { items: [[...rectifying, at('2024-05-01', dated('2024-03', report))]] },
    flags: ['0001: 4 (days 31)'],
  },
  {
    kind: 'near miss',
    history: 'of the case, 30 days, or imported',
    given: {
      onCase: [
        dated('2024-02-03', committee('FundsRecovered')),
        committee('InstitutionRecorded', undefined, { source, occurredOn: '2023-01-01' }),
      ],
    },
    flags: [],
  },
  {
    kind: 'raises',
    history: 'results and the plan of the case',
    given: {
      onCase: [
        dated('2024-02-02', committee('FundsRecovered')),
        dated('2024-02-01', committee('InstitutionRecorded')),
        dated('2024-01-31', committee('AccountabilityRecorded')),
        dated('2024-01-30', committee('PlanIssued')),
        committee('PlanIssued'),
      ],
      items: [[...rectifying, dated('2024-02-02', report)]],
    },
    flags: ['case: c2 c3 c4 c5 (days 34)', '0001: 4 (days 31)'],
  },
  {
    kind: 'near miss',
    history: '30 days',
    given: { items: [[...rectifying, dated('2024-02-03', report)]] },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'a month that had not ended',
    given: { items: [[...rectifying, at('2024-05-31', dated('2024-05', report))]] },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'imported, and so no work of an office',
    given: {
      items: [[...assigned, committee('MeasureAdopted', undefined, { source, occurredOn: '2023-01-01' })]],
    },
    flags: [],
  },
  {
    kind: 'corrected',
    history: 'the day was corrected by one',
    given: {
      items: [[...rectifying, dated('2024-02-03', report), correct(4, { occurredOn: '2024-02-02' })]],
    },
    flags: ['0001: 4 5 (days 31)'],
  },
  {
    kind: 'threshold',
    history: '30 days are late where the case says more than 29',
    given: { thresholds: { lateDays: 29 }, items: [[...rectifying, dated('2024-02-03', report)]] },
    flags: ['0001: 4 (days 30)'],
  },
]);

export const datesRows: readonly Row[] = [...beforeInspection, ...beforeFeedback, ...late];
