import {
  assigned,
  closed,
  committee,
  lead,
  raised,
  reopened,
  requested,
  support,
  type Wish,
} from '../../kit.ts';
import { at, cancel, correct } from '../kit.ts';
import { type Row, rowsOf } from '../row.ts';

const assign = (more: object): Wish => committee('OfficeAssigned', { lead: '财政办', ...more });
const longTerm = [...raised, assign({ term: 'long-term' })];
const report = lead('ProgressReported');

const silent = rowsOf('long-term-silent', [
  {
    kind: 'raises',
    history: 'for 91 days',
    given: { items: [longTerm] },
    when: { today: '2024-06-03' },
    flags: ['0001: 2 (days 91)'],
    since: '2024-06-03',
  },
  {
    kind: 'raises',
    history: 'on the effective clock the days count from the day of the report',
    given: { items: [[...longTerm, at('2024-08-01', { ...report, occurredOn: '2024-05-01' })]] },
    when: { effectiveOn: '2024-07-31' },
    flags: ['0001: 3 (days 91)'],
    since: '2024-07-31',
  },
  {
    kind: 'near miss',
    history: 'for 90 days',
    given: { items: [longTerm] },
    when: { today: '2024-06-02' },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'an item of no long term',
    given: { items: [assigned] },
    when: { today: '2024-12-31' },
    flags: [],
  },
  {
    kind: 'corrected',
    history: 'the report was voided',
    given: { items: [[...longTerm, at('2024-05-01', report), cancel(3)]] },
    when: { today: '2024-06-03' },
    flags: ['0001: 2 3 4 (days 91)'],
  },
  {
    kind: 'threshold',
    history: 'for 90 days where the case says more than 89',
    given: { thresholds: { silentDays: 89 }, items: [longTerm] },
    when: { today: '2024-06-02' },
    flags: ['0001: 2 (days 90)'],
    since: '2024-06-02',
  },
]);

const handedOver = [...assigned, committee('OfficeAssigned', { lead: '组织办', supporting: ['财政办'] })];

const idle = rowsOf('lead-changed-idle', [
  {
    kind: 'raises',
    history: 'for 31 days, though the old lead reported',
    given: { items: [[...handedOver, report]] },
    when: { today: '2024-04-04' },
    flags: ['0001: 2 3 (days 31)'],
    since: '2024-04-04',
  },
  {
    kind: 'near miss',
    history: 'for 30 days',
    given: { items: [handedOver] },
    when: { today: '2024-04-03' },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'the new lead reported',
    given: { items: [[...handedOver, support('ProgressReported')]] },
    when: { today: '2024-12-31' },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'assigned again to the same lead',
    given: { items: [[...assigned, assign({})]] },
    when: { today: '2024-12-31' },
    flags: [],
  },
  {
    kind: 'corrected',
    history: 'the report of the new lead was voided',
    given: { items: [[...handedOver, support('ProgressReported'), cancel(4)]] },
    when: { today: '2024-04-04' },
    flags: ['0001: 2 3 4 5 (days 31)'],
  },
  {
    kind: 'threshold',
    history: 'for 30 days where the case says more than 29',
    given: { thresholds: { idleDays: 29 }, items: [handedOver] },
    when: { today: '2024-04-03' },
    flags: ['0001: 2 3 (days 30)'],
    since: '2024-04-03',
  },
]);

const again: readonly Wish[] = [lead('ClosureRequested'), committee('ClosureReturned')];
const returnedTwice = [...requested, committee('ClosureReturned'), ...again];

const returned = rowsOf('returned-repeatedly', [
  {
    kind: 'raises',
    history: 'three times',
    given: { items: [[...returnedTwice, ...again]] },
    flags: ['0001: 7 9 11 (times 3)'],
  },
  { kind: 'near miss', history: 'twice', given: { items: [returnedTwice] }, flags: [] },
  {
    kind: 'corrected',
    history: 'on the effective clock the third was corrected to a later day',
    given: {
      items: [[...returnedTwice, ...again, at('2024-03-06', correct(11, { occurredOn: '2024-03-05' }))]],
    },
    when: { effectiveOn: '2024-03-04' },
    flags: [],
  },
  {
    kind: 'threshold',
    history: 'twice is often where the case says so',
    given: { thresholds: { returns: 2 }, items: [returnedTwice] },
    flags: ['0001: 7 9 (times 2)'],
  },
]);

const anew = rowsOf('reopened', [
  { kind: 'raises', history: 'once', given: { items: [reopened] }, flags: ['0001: 8 (times 1)'] },
  { kind: 'near miss', history: 'closed, and never reopened', given: { items: [closed] }, flags: [] },
  {
    kind: 'corrected',
    history: 'on the effective clock it was corrected to a later day',
    given: { items: [[...reopened, at('2024-03-06', correct(8, { occurredOn: '2024-03-05' }))]] },
    when: { effectiveOn: '2024-03-04' },
    flags: [],
  },
]);

export const silenceRows: readonly Row[] = [...silent, ...idle, ...returned, ...anew];
