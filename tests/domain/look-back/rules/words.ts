import { assigned, committee, lead, USUAL, type Wish } from '../../kit.ts';
import { cancel, correct } from '../kit.ts';
import { type Row, rowsOf } from '../row.ts';

/** A closed item of these words: entry 3 adopts its measure, 4 completes it, 7 closes. */
const closedWith = (title: string, text: string, summary = '已落实', due?: string): readonly Wish[] => [
  committee('IssueRaised', { title }),
  ...assigned.slice(1),
  lead('MeasureAdopted', { text, ...(due ? { due } : {}) }),
  lead('MeasureCompleted', { measureId: 'm3', summary }),
  lead('EvidenceAttached'),
  lead('ClosureRequested'),
  committee('ItemClosed'),
];

const vague = rowsOf('measures-vague', [
  {
    kind: 'raises',
    history: 'words that nobody can check',
    given: { items: [closedWith('作风不实', '提高认识，加强管理')] },
    flags: ['0001: 3 4 7'],
  },
  {
    kind: 'near miss',
    history: 'a digit',
    given: { items: [closedWith('作风不实', '每月走访1次')] },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'a full-width digit in the completion',
    given: { items: [closedWith('作风不实', '加强走访', '走访１２户')] },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'a Chinese number with its counter',
    given: { items: [closedWith('作风不实', '召开两次会议')] },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'a document',
    given: { items: [closedWith('作风不实', '印发《走访办法》')] },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'a due date',
    given: { items: [closedWith('作风不实', '加强管理', '已落实', '2024-06')] },
    flags: [],
  },
  {
    kind: 'corrected',
    history: 'the measure was corrected to name a document',
    given: {
      items: [[...closedWith('作风不实', '加强管理'), correct(3, { set: { text: '印发《走访办法》' } })]],
    },
    flags: [],
  },
]);

const training = (summary = '已召开会议'): readonly Wish[] =>
  closedWith('专项资金管理不严', '组织学习财务知识', summary);
const recovers = (amountFen: number, itemId?: string): Wish =>
  committee('FundsRecovered', { amountFen, ...(itemId ? { itemId } : {}) });

const byTraining = rowsOf('money-closed-by-training', [
  {
    kind: 'raises',
    history: 'study and a meeting',
    given: { items: [training()] },
    flags: ['0001: 1 3 4 7'],
  },
  ...['礼品登记不规范', '收受礼金', '接待费过高', '往来款项不清', '罚款管理混乱', '党费使用不当'].map(
    (title) => ({
      kind: 'raises' as const,
      history: `study and a meeting, of ${title}`,
      given: { items: [closedWith(title, '组织学习财务知识', '已召开会议')] },
      flags: ['0001: 1 3 4 7'],
    }),
  ),
  {
    kind: 'raises',
    history: 'study of rules makes no rule',
    given: { items: [closedWith('违规发放津贴', '组织学习中央八项规定精神和财务制度', '已传达管理办法')] },
    flags: ['0001: 1 3 4 7'],
  },
  ...['审计知识培训2次', '警示教育大会1场，组织整治专题学习', '传达学习问责条例', '学习会议已登记签到'].map(
    (text) => ({
      kind: 'raises' as const,
      history: `what is taught is not done: ${text}`,
      given: { items: [closedWith('公款报销不规范', text)] },
      flags: ['0001: 1 3 4 7'],
    }),
  ),
  ...[
    '组织学习新修订的《公务接待管理规定》',
    '学习上级新出台的公务接待管理办法',
    '开会传达上级制定的财务管理制度',
    '召开会议传达上级印发的《专项资金管理办法》',
    '召开追缴工作推进会，统一思想',
    '组织培训，学习如何建立台账',
  ].map((text) => ({
    kind: 'raises' as const,
    history: `a rule that is studied is not made: ${text}`,
    given: { items: [closedWith('公款报销不规范', text)] },
    flags: ['0001: 1 3 4 7'],
  })),
  ...['学习会议精神并制定接待管理办法', '修订《接待管理办法》，组织学习2次'].map((text) => ({
    kind: 'near miss' as const,
    history: `made, and studied: ${text}`,
    given: { items: [closedWith('公款报销不规范', text)] },
    flags: [],
  })),
  {
    kind: 'raises',
    history: 'money is said to come back, and no amount named',
    given: {
      onCase: [committee('FundsRecovered', { note: '待追缴', itemId: '0001' })],
      items: [training()],
    },
    flags: ['0001: c2 1 3 4 7'],
  },
  {
    kind: 'near miss',
    history: 'a meeting at which it was decided to pay back',
    given: { items: [closedWith('违规发放津贴', '召开会议督促退还多发津贴')] },
    flags: [],
  },
  {
    kind: 'raises',
    history: 'money came back, but of another item',
    given: { onCase: [recovers(1, '0002')], items: [training(), closedWith('作风不实', '走访1户')] },
    flags: ['0001: 1 3 4 7'],
  },
  {
    kind: 'near miss',
    history: 'one word of an act',
    given: { items: [training('已追缴')] },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'a rule was completed, and taught',
    given: { items: [closedWith('专项资金管理不严', '健全资金管理制度并组织培训')] },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'money came back',
    given: { onCase: [recovers(1, '0001')], items: [training()] },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'no problem of money',
    given: { items: [closedWith('作风不实', '组织学习')] },
    flags: [],
  },
  {
    kind: 'corrected',
    history: 'the money that came back was voided',
    given: { onCase: [recovers(1, '0001'), cancel(2)], items: [training()] },
    flags: ['0001: c2 c3 1 3 4 7'],
  },
]);

const misused = (title: string): readonly Wish[] => closedWith(title, '追缴资金', '已追缴');

const less = rowsOf('recovered-less-than-named', [
  {
    kind: 'raises',
    history: 'a fen less',
    given: { onCase: [recovers(3_499_999, '0001')], items: [misused('违规发放津贴3.5万元')] },
    flags: ['0001: c2 1 7 (namedFen 3500000, recoveredFen 3499999)'],
  },
  {
    kind: 'raises',
    history: 'nothing, of an amount said with 余 after its unit',
    given: { items: [misused('套取专项资金12万余元')] },
    flags: ['0001: 1 7 (namedFen 12000000, recoveredFen 0)'],
  },
  ...[
    ['套取党费12.5万余元', 12_500_000],
    ['超标准支出接待费10.2多万元', 10_200_000],
    ['违规收受礼金5 万 元', 5_000_000],
    ['挪用款项3万元，虚列支出20余万元，截留罚款800元', 20_000_000],
  ].map(([title, namedFen]) => ({
    kind: 'raises' as const,
    history: `nothing, of ${title}`,
    given: { items: [misused(String(title))] },
    flags: [`0001: 1 7 (namedFen ${namedFen}, recoveredFen 0)`],
  })),
  {
    kind: 'near miss',
    history: 'to the fen, in two parts',
    given: {
      onCase: [recovers(3_000_000, '0001'), recovers(500_000, '0001')],
      items: [misused('违规发放津贴3.5万元')],
    },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'an amount without misuse',
    given: { items: [misused('项目投资3.5万元进度缓慢')] },
    flags: [],
  },
  {
    kind: 'corrected',
    history: 'the amount was corrected downwards',
    given: {
      onCase: [recovers(3_500_000, '0001'), correct(2, { set: { amountFen: 3_400_000 } })],
      items: [misused('违规发放津贴3.5万元')],
    },
    flags: ['0001: c2 c3 1 7 (namedFen 3500000, recoveredFen 3400000)'],
  },
]);

const twoParts = '公务接待超标准，公车管理不规范';
const secondMeasure: readonly Wish[] = [
  lead('MeasureAdopted'),
  lead('MeasureCompleted', { measureId: 'm6', summary: '完成' }),
  lead('EvidenceAttached', { ...USUAL.EvidenceAttached, measureIds: ['m6'] }),
];
const answeredTwice = (title: string): readonly Wish[] => [
  ...closedWith(title, '压减公务接待').slice(0, 5),
  ...secondMeasure,
  lead('ClosureRequested'),
  committee('ItemClosed'),
];

const parts = rowsOf('title-parts-unanswered', [
  {
    kind: 'raises',
    history: 'two parts, one measure',
    given: { items: [closedWith(twoParts, '压减公务接待')] },
    flags: ['0001: 1 3 7 (parts 2, measures 1)'],
  },
  {
    kind: 'raises',
    history: 'three parts, two measures',
    given: { items: [answeredTwice(`${twoParts};账目混乱`)] },
    flags: ['0001: 1 3 6 10 (parts 3, measures 2)'],
  },
  {
    kind: 'raises',
    history: 'four long phrases in one list',
    given: {
      items: [closedWith('学习教育不深入、制度执行不严格、监督检查不到位、问责追责不及时', '开展检查3次')],
    },
    flags: ['0001: 1 3 7 (parts 4, measures 1)'],
  },
  {
    kind: 'near miss',
    history: 'a list of short words',
    given: { items: [closedWith('党费收缴、使用、管理不规范', '开展检查3次')] },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'two parts, two measures',
    given: { items: [answeredTwice(twoParts)] },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'a second stretch of three characters is no part',
    given: { items: [closedWith('公务接待超标准，管不严', '压减公务接待')] },
    flags: [],
  },
  {
    kind: 'corrected',
    history: 'the second measure was voided after the closing',
    given: { items: [[...answeredTwice(twoParts), cancel(6)]] },
    flags: ['0001: 1 3 6 10 11 (parts 2, measures 1)'],
  },
]);

export const wordsRows: readonly Row[] = [...vague, ...byTraining, ...less, ...parts];
