import {
  assigned,
  closed,
  committee,
  completed,
  inspector,
  lead,
  person,
  rectifying,
  reopened,
  requested,
  SHA256,
  USUAL,
  type Wish,
} from '../../kit.ts';
import { cancel, correct, dated, unchecked } from '../kit.ts';
import { type Row, rowsOf } from '../row.ts';

const closes = committee('ItemClosed');
const asks = lead('ClosureRequested');
const done = [...rectifying, lead('MeasureCompleted')];
const returned = [...requested, committee('ClosureReturned')];
const evidence = (more: object): Wish => lead('EvidenceAttached', { ...USUAL.EvidenceAttached, ...more });
const source = { sha256: SHA256, lines: [3, 4] } as const;

const withoutEvidence = rowsOf('closed-without-evidence', [
  {
    kind: 'raises',
    history: 'nobody attached any; today such a closing is refused',
    given: { items: [[...done, asks, unchecked(closes)]] },
    flags: ['0001: 1 6'],
  },
  {
    kind: 'raises',
    history: 'what there is came before the reopening; refused today',
    given: { items: [[...reopened, lead('MeasureCompleted'), asks, unchecked(closes)]] },
    flags: ['0001: 8 11'],
  },
  {
    kind: 'raises',
    history: 'the committee’s own file is no evidence of an office; refused today',
    given: { items: [[...done, inspector('EvidenceAttached'), asks, unchecked(closes)]] },
    flags: ['0001: 1 7'],
  },
  {
    kind: 'raises',
    history:
      'on the effective clock a reopening dated before the closing it answers is no turn of it; refused today',
    given: {
      items: [[...done, asks, unchecked(closes), unchecked(dated('2024-03-03', committee('ItemReopened')))]],
    },
    when: { effectiveOn: '2024-03-04' },
    flags: ['0001: 1 6'],
  },
  {
    kind: 'raises',
    history: 'after the reopening the file of before is handed in once more',
    given: {
      items: [[...reopened, lead('MeasureCompleted'), evidence({ measureIds: ['m3'] }), asks, closes]],
    },
    flags: ['0001: 8 10 12'],
  },
  {
    kind: 'raises',
    history: 'the file of before was withdrawn, and handed in once more',
    given: {
      items: [
        [
          ...reopened,
          lead('EvidenceWithdrawn', { evidenceId: 'e5', reason: '重新提交' }),
          lead('MeasureCompleted'),
          evidence({ measureIds: ['m3'] }),
          asks,
          closes,
        ],
      ],
    },
    flags: ['0001: 8 11 13'],
  },
  { kind: 'near miss', history: 'one file of the office', given: { items: [closed] }, flags: [] },
  { kind: 'near miss', history: 'not closed yet', given: { items: [[...done, asks]] }, flags: [] },
  {
    kind: 'corrected',
    history: 'the only file was voided after the closing',
    given: { items: [[...closed, cancel(5)]] },
    flags: ['0001: 1 5 7 8'],
  },
]);

const withoutMeasure = rowsOf('closed-without-measure', [
  {
    kind: 'raises',
    history: 'no measure at all; refused today',
    given: { items: [[...assigned, unchecked(asks), unchecked(closes)]] },
    flags: ['0001: 1 4'],
  },
  {
    kind: 'raises',
    history: 'after the reopening only a file was added; refused today',
    given: { items: [[...reopened, lead('EvidenceAttached'), asks, unchecked(closes)]] },
    flags: ['0001: 8 11'],
  },
  {
    kind: 'near miss',
    history: 'after the reopening the old measure was completed again; its closing is refused today',
    given: { items: [[...reopened, lead('MeasureCompleted'), asks, unchecked(closes)]] },
    flags: [],
  },
  {
    kind: 'corrected',
    history: 'the only measure was voided after the closing',
    given: { items: [[...closed, cancel(3)]] },
    flags: ['0001: 1 3 7 8'],
  },
]);

const sameOffice = person('committee', '纪委监委', 'lin');
const attaches = committee('EvidenceAttached');
const namesake: Wish = { ...attaches, who: { ...attaches.who, iss: 'https://other.example' } };

const involved = rowsOf('closer-involved', [
  {
    kind: 'raises',
    history: 'the closer attached a file; refused today',
    given: { items: [[...completed, committee('EvidenceAttached'), asks, unchecked(closes)]] },
    flags: ['0001: 6 8'],
  },
  {
    kind: 'raises',
    history: 'the closer is of the office that leads; refused today',
    given: { items: [[...requested, unchecked(person('committee', '财政办', 'ma')('ItemClosed'))]] },
    flags: ['0001: 2 7'],
  },
  {
    kind: 'raises',
    history: 'the closer had reported for the office, under another role; refused today',
    given: {
      items: [
        [...completed, person('office', '组织办', 'chen')('ProgressReported'), asks, unchecked(closes)],
      ],
    },
    flags: ['0001: 6 8'],
  },
  {
    kind: 'near miss',
    history: 'a colleague of the closer attached the file',
    given: { items: [[...completed, sameOffice('EvidenceAttached'), asks, closes]] },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'somebody of the same name, known to another issuer, attached the file',
    given: { items: [[...completed, namesake, asks, closes]] },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'an import by the closer brought the measure',
    given: {
      items: [
        [
          ...assigned,
          committee('MeasureAdopted', undefined, { source }),
          ...completed.slice(3),
          asks,
          closes,
        ],
      ],
    },
    flags: [],
  },
  {
    kind: 'corrected',
    history: 'the closer’s office turns out to have supported it',
    given: { items: [[...closed, correct(2, { set: { supporting: ['纪委监委'] } })]] },
    flags: ['0001: 2 7 8'],
  },
]);

const unchanged = rowsOf('closed-after-return-unchanged', [
  {
    kind: 'raises',
    history: 'returned, asked again, closed',
    given: { items: [[...returned, asks, closes]] },
    flags: ['0001: 7 9'],
  },
  {
    kind: 'raises',
    history: 'what was added after the return was withdrawn again',
    given: {
      items: [
        [
          ...returned,
          evidence({}),
          lead('EvidenceWithdrawn', { evidenceId: 'e8', reason: '误' }),
          asks,
          closes,
        ],
      ],
    },
    flags: ['0001: 7 11'],
  },
  {
    kind: 'raises',
    history: 'the measure that was added after the return was withdrawn again, with its completion',
    given: {
      items: [
        [
          ...returned,
          lead('MeasureAdopted'),
          lead('MeasureCompleted', { measureId: 'm8', summary: '完成' }),
          lead('MeasureWithdrawn', { measureId: 'm8', reason: '误' }),
          asks,
          closes,
        ],
      ],
    },
    flags: ['0001: 7 12'],
  },
  {
    kind: 'raises',
    history: 'the same file and the same words handed in again',
    given: {
      items: [
        [
          ...done,
          evidence({}),
          lead('ProgressReported', { text: '已完成清理。' }),
          asks,
          committee('ClosureReturned'),
          evidence({ name: '改了名' }),
          lead('ProgressReported', { text: '已完成清理' }),
          asks,
          closes,
        ],
      ],
    },
    flags: ['0001: 8 9 10 12'],
  },
  {
    kind: 'raises',
    history: 'the same measure under another number, completed in the same words',
    given: {
      items: [
        [
          ...returned,
          lead('MeasureAdopted'),
          lead('MeasureCompleted', { ...USUAL.MeasureCompleted, measureId: 'm8' }),
          evidence({ measureIds: ['m8'] }),
          asks,
          closes,
        ],
      ],
    },
    flags: ['0001: 7 8 9 10 12'],
  },
  {
    kind: 'near miss',
    history: 'another file after the return',
    given: { items: [[...returned, evidence({ sha256: 'cd'.repeat(32) }), asks, closes]] },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'one report after the return',
    given: { items: [[...returned, lead('ProgressReported'), asks, closes]] },
    flags: [],
  },
  {
    kind: 'corrected',
    history: 'the one report after the return was voided',
    given: { items: [[...returned, lead('ProgressReported'), asks, closes, cancel(8)]] },
    flags: ['0001: 7 8 10 11'],
  },
]);

export const closingRows: readonly Row[] = [...withoutEvidence, ...withoutMeasure, ...involved, ...unchanged];
