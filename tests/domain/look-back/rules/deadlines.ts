import { closed, committee, lead, raised, type Wish } from '../../kit.ts';
import { at, cancel, correct } from '../kit.ts';
import { type Row, rowsOf } from '../row.ts';

const assign = (more: object): Wish => committee('OfficeAssigned', { lead: '财政办', ...more });
const due = [...raised, assign({ deadline: '2024-03-10' })];
const extend = (to: string): Wish => committee('DeadlineExtended', { to, reason: '同意延期' });

const over = rowsOf('overdue', [
  {
    kind: 'raises',
    history: 'the day after',
    given: { items: [due] },
    when: { today: '2024-03-11' },
    flags: ['0001: 2 (days 1)'],
    since: '2024-03-11',
  },
  {
    kind: 'raises',
    history: 'a month’s deadline, the day after it ended, once it was extended',
    given: { items: [[...due, extend('2024-04')]] },
    when: { today: '2024-05-01' },
    flags: ['0001: 3 (days 1)'],
    since: '2024-05-01',
  },
  {
    kind: 'raises',
    history: 'from the day of its reopening on, though the deadline was over long before',
    given: { items: [[...due, ...closed.slice(2), at('2024-03-20', committee('ItemReopened'))]] },
    when: { today: '2024-03-22' },
    flags: ['0001: 2 8 (days 12)'],
    since: '2024-03-20',
  },
  {
    kind: 'raises',
    history: 'from its deadline on, where it was reopened before',
    given: { items: [[...due, ...closed.slice(2), at('2024-03-08', committee('ItemReopened'))]] },
    when: { today: '2024-03-11' },
    flags: ['0001: 2 8 (days 1)'],
    since: '2024-03-11',
  },
  {
    kind: 'raises',
    history: 'what was reopened before the deadline was extended plays no part',
    given: { items: [[...due, ...closed.slice(2), committee('ItemReopened'), extend('2024-04')]] },
    when: { today: '2024-05-01' },
    flags: ['0001: 9 (days 1)'],
    since: '2024-05-01',
  },
  {
    kind: 'near miss',
    history: 'the day',
    given: { items: [due] },
    when: { today: '2024-03-10' },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'a month’s deadline on its last day',
    given: { items: [[...raised, assign({ deadline: '2024-03' })]] },
    when: { today: '2024-03-31' },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'withdrawn',
    given: { items: [[...due, committee('IssueWithdrawn')]] },
    when: { today: '2024-03-11' },
    flags: [],
  },
  {
    kind: 'corrected',
    history: 'the deadline was corrected',
    given: { items: [[...due, correct(2, { set: { deadline: '2024-03-11' } })]] },
    when: { today: '2024-03-11' },
    flags: [],
  },
]);

const twice = [...due, extend('2024-04-10'), extend('2024-05-10')];

const repeatedly = rowsOf('extended-repeatedly', [
  { kind: 'raises', history: 'twice', given: { items: [twice] }, flags: ['0001: 3 4 (times 2)'] },
  { kind: 'near miss', history: 'once', given: { items: [twice.slice(0, 3)] }, flags: [] },
  {
    kind: 'corrected',
    history: 'on the effective clock the second was corrected to a later day',
    given: { items: [[...twice, at('2024-03-06', correct(4, { occurredOn: '2024-03-05' }))]] },
    when: { effectiveOn: '2024-03-04' },
    flags: [],
  },
  {
    kind: 'threshold',
    history: 'twice is not often where the case says three times',
    given: { thresholds: { extensions: 3 }, items: [twice] },
    flags: [],
  },
]);

const afterExpiry = rowsOf('extended-after-expiry', [
  {
    kind: 'raises',
    history: 'the day after, and two days after the next',
    given: { items: [[...due, at('2024-03-11', extend('2024-04')), at('2024-05-02', extend('2024-06'))]] },
    flags: ['0001: 2 3 4 (days 2)'],
  },
  {
    kind: 'near miss',
    history: 'on the day, and on a month’s last day',
    given: { items: [[...due, at('2024-03-10', extend('2024-04')), at('2024-04-30', extend('2024-06'))]] },
    flags: [],
  },
  {
    kind: 'corrected',
    history: 'the deadline before was later in truth',
    given: {
      items: [
        [...due, at('2024-03-12', extend('2024-04-10')), correct(2, { set: { deadline: '2024-03-20' } })],
      ],
    },
    flags: [],
  },
  {
    kind: 'corrected',
    history: 'an earlier extension was overtaken by what the first deadline was in truth',
    given: {
      items: [
        [
          ...due,
          at('2024-03-08', extend('2024-04-10')),
          at('2024-03-09', correct(2, { set: { deadline: '2024-04-20' } })),
          at('2024-04-15', extend('2024-05')),
        ],
      ],
    },
    flags: [],
  },
  {
    kind: 'corrected',
    history: 'the deadline before was earlier in truth',
    given: {
      items: [
        [...due, at('2024-03-08', extend('2024-04-10')), correct(2, { set: { deadline: '2024-03-06' } })],
      ],
    },
    flags: ['0001: 2 3 4 (days 2)'],
  },
  {
    kind: 'corrected',
    history: 'on the effective clock it was corrected to a later day',
    given: {
      items: [
        [
          ...due,
          at('2024-03-12', extend('2024-04-10')),
          at('2024-03-14', correct(3, { occurredOn: '2024-03-13' })),
        ],
      ],
    },
    when: { effectiveOn: '2024-03-12' },
    flags: [],
  },
]);

const adopts = lead('MeasureAdopted');

const withoutMeasures = rowsOf('extended-without-measures', [
  {
    kind: 'raises',
    history: 'once the 30 days are over',
    given: { items: [[...due, extend('2024-06')]] },
    when: { today: '2024-04-04' },
    flags: ['0001: 3'],
    since: '2024-04-04',
  },
  {
    kind: 'raises',
    history: 'the second time; the first time a measure had come',
    given: { items: [[...due, adopts, extend('2024-06'), extend('2024-08')]] },
    when: { today: '2024-04-04' },
    flags: ['0001: 5'],
    since: '2024-04-04',
  },
  {
    kind: 'raises',
    history: 'closed before the 30 days are over',
    given: {
      items: [
        [
          ...due,
          adopts,
          extend('2024-06'),
          extend('2024-08'),
          lead('MeasureCompleted'),
          ...closed.slice(4, 6),
          at('2024-03-06', committee('ItemClosed')),
        ],
      ],
    },
    flags: ['0001: 5'],
    since: '2024-03-06',
  },
  {
    kind: 'near miss',
    history: 'on the thirtieth day',
    given: { items: [[...due, extend('2024-06')]] },
    when: { today: '2024-04-03' },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'a measure on the thirtieth day',
    given: { items: [[...due, extend('2024-06'), at('2024-04-03', adopts)]] },
    when: { today: '2024-06-01' },
    flags: [],
  },
  {
    kind: 'raises',
    history: 'the first time, on the measures of the beginning: 31 days older than the extension',
    given: { items: [[...due, adopts, at('2024-04-04', extend('2024-06'))]] },
    when: { today: '2024-06-01' },
    flags: ['0001: 4'],
    since: '2024-05-05',
  },
  {
    kind: 'near miss',
    history: 'a measure 30 days before the extension',
    given: { items: [[...due, adopts, at('2024-04-03', extend('2024-06'))]] },
    when: { today: '2024-06-01' },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'a measure on the day of the extension',
    given: { items: [[...due, adopts, extend('2024-06')]] },
    when: { today: '2024-06-01' },
    flags: [],
  },
  {
    kind: 'corrected',
    history: 'the measure was voided',
    given: { items: [[...due, adopts, extend('2024-06'), cancel(3)]] },
    when: { today: '2024-06-01' },
    flags: ['0001: 3 4 5'],
  },
  {
    kind: 'threshold',
    history: 'on the thirtieth day where the case gives 29',
    given: { thresholds: { extensionGraceDays: 29 }, items: [[...due, extend('2024-06')]] },
    when: { today: '2024-04-03' },
    flags: ['0001: 3'],
    since: '2024-04-03',
  },
]);

export const deadlineRows: readonly Row[] = [...over, ...repeatedly, ...afterExpiry, ...withoutMeasures];
