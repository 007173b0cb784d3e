import { assigned, committee, completed, lead, rectifying, USUAL, type Wish } from '../../kit.ts';
import { cancel, correct, earlierProblem } from '../kit.ts';
import { type Row, rowsOf } from '../row.ts';

const file = (digit: string): Wish =>
  lead('EvidenceAttached', { ...USUAL.EvidenceAttached, sha256: digit.repeat(64) });
const withdraws = committee('IssueWithdrawn');

const reused = rowsOf('evidence-reused', [
  {
    kind: 'raises',
    history: 'one file in three items, another in two of them',
    given: {
      items: [
        [...rectifying, file('a'), file('b')],
        [...rectifying, file('a')],
        [...rectifying, file('b'), file('a')],
      ],
    },
    flags: [
      '0001: 4 5 0002/4 0003/4 (items 3)',
      '0002: 0001/4 4 (items 3)',
      '0003: 0001/4 0001/5 4 5 (items 3)',
    ],
  },
  {
    kind: 'near miss',
    history: 'twice on one item, and another file elsewhere',
    given: {
      items: [
        [...rectifying, file('a'), file('a')],
        [...rectifying, file('b')],
      ],
    },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'on one item it was withdrawn',
    given: {
      items: [completed, [...completed, lead('EvidenceWithdrawn', { evidenceId: 'e5', reason: '传错文件' })]],
    },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'the other item was withdrawn, merged into this one',
    given: { items: [completed, [...completed, withdraws]] },
    flags: [],
  },
  {
    kind: 'corrected',
    history: 'on one item it was voided',
    given: { items: [completed, [...completed, cancel(5)]] },
    flags: [],
  },
]);

const measure = (text: string): readonly Wish[] => [...assigned, lead('MeasureAdopted', { text })];
/** Sixteen characters, and fifteen. */
const SIXTEEN = '天地玄黄宇宙洪荒日月盈昃辰宿列张';
const FIFTEEN = SIXTEEN.slice(0, 15);

const repeated = rowsOf('measure-repeated', [
  {
    kind: 'raises',
    history: 'word for word but for spaces and punctuation',
    given: { items: [measure(SIXTEEN), measure(`${SIXTEEN.slice(0, 8)}， ${SIXTEEN.slice(8)}。`)] },
    flags: ['0001: 3 0002/3 (items 2)', '0002: 0001/3 3 (items 2)'],
  },
  {
    kind: 'near miss',
    history: 'a character short of what is compared',
    given: { items: [measure(FIFTEEN), measure(`${FIFTEEN}。`)] },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'twice on one item',
    given: { items: [[...measure(SIXTEEN), lead('MeasureAdopted', { text: SIXTEEN })]] },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'the other item was withdrawn',
    given: { items: [measure(SIXTEEN), [...measure(SIXTEEN), withdraws]] },
    flags: [],
  },
  {
    kind: 'corrected',
    history: 'one was corrected to say the same',
    given: { items: [measure(SIXTEEN), [...measure('加强管理'), correct(3, { set: { text: SIXTEEN } })]] },
    flags: ['0001: 3 0002/3 0002/4 (items 2)', '0002: 0001/3 3 4 (items 2)'],
  },
  {
    kind: 'threshold',
    history: 'fifteen characters are enough where the case says so',
    given: { thresholds: { similarLength: 15 }, items: [measure(FIFTEEN), measure(FIFTEEN)] },
    flags: ['0001: 3 0002/3 (items 2)', '0002: 0001/3 3 (items 2)'],
  },
]);

/** Of nineteen characters, three more leave 17 of 20 trigrams in common: 85 %; of eighteen 16 of 19: 84 %. */
const NINETEEN = `${SIXTEEN}寒来暑`;
const EIGHTEEN = NINETEEN.slice(0, 18);
const longer = (text: string): string => `${text}秋收冬`;

const similar = rowsOf('measure-similar', [
  {
    kind: 'raises',
    history: 'alike by 85 %',
    given: { items: [measure(NINETEEN), measure(longer(NINETEEN))] },
    flags: ['0001: 3 0002/3 (percent 85)', '0002: 0001/3 3 (percent 85)'],
  },
  {
    kind: 'raises',
    history: 'all that are alike to a measure which two items share',
    given: { items: [measure(NINETEEN), measure(NINETEEN), measure(longer(NINETEEN))] },
    flags: ['0001: 3 0003/3 (percent 85)', '0002: 3 0003/3 (percent 85)', '0003: 0001/3 3 (percent 85)'],
  },
  {
    kind: 'raises',
    history: 'one item has both, another one of them',
    given: {
      items: [[...measure(NINETEEN), lead('MeasureAdopted', { text: longer(NINETEEN) })], measure(NINETEEN)],
    },
    flags: ['0001: 4 0002/3 (percent 85)', '0002: 0001/4 3 (percent 85)'],
  },
  {
    kind: 'near miss',
    history: 'alike by 84 %',
    given: { items: [measure(EIGHTEEN), measure(longer(EIGHTEEN))] },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'the same, which is another rule’s',
    given: { items: [measure(NINETEEN), measure(NINETEEN)] },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'the other item was withdrawn',
    given: { items: [measure(NINETEEN), [...measure(longer(NINETEEN)), withdraws]] },
    flags: [],
  },
  {
    kind: 'corrected',
    history: 'one was voided',
    given: { items: [measure(NINETEEN), [...measure(longer(NINETEEN)), cancel(3)]] },
    flags: [],
  },
  {
    kind: 'threshold',
    history: '84 % are alike where the case says so',
    given: { thresholds: { similarPercent: 84 }, items: [measure(EIGHTEEN), measure(longer(EIGHTEEN))] },
    flags: ['0001: 3 0002/3 (percent 84)', '0002: 0001/3 3 (percent 84)'],
  },
]);

const problem = (title: string): readonly Wish[] => [committee('IssueRaised', { title })];

const recurs = rowsOf('problem-recurs', [
  {
    kind: 'raises',
    history: 'the same, however short',
    given: { items: [problem('账目不清。')] },
    when: { earlier: [earlierProblem('账目不清')] },
    flags: ['0001: earlier-case/0001/1 1 (percent 100)'],
  },
  {
    kind: 'raises',
    history: 'alike by 85 %',
    given: { items: [problem('账目混乱'), problem(longer(NINETEEN))] },
    when: { earlier: [earlierProblem('公车私用'), earlierProblem(NINETEEN)] },
    flags: ['0002: earlier-case/0001/1 1 (percent 85)'],
  },
  {
    kind: 'near miss',
    history: 'alike by 84 %',
    given: { items: [problem(longer(EIGHTEEN))] },
    when: { earlier: [earlierProblem(EIGHTEEN)] },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'withdrawn',
    given: { items: [[...problem('账目不清'), withdraws]] },
    when: { earlier: [earlierProblem('账目不清')] },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'nothing but punctuation in common',
    given: { items: [problem('——')] },
    when: { earlier: [earlierProblem('……')] },
    flags: [],
  },
  {
    kind: 'corrected',
    history: 'the title was corrected',
    given: { items: [[...problem('账目不清'), correct(1, { set: { title: '账目混乱' } })]] },
    when: { earlier: [earlierProblem('账目不清')] },
    flags: [],
  },
]);

export const repeatedRows: readonly Row[] = [...reused, ...repeated, ...similar, ...recurs];
