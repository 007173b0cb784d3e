import type { EventOf } from '../../events.ts';
import { amountInFen, isMoneyUnit } from '../../notice/amounts.ts';
import type { ItemRule } from '../flag.ts';
import type { ItemHistory, StandingMeasure } from '../item-history.ts';
import { undone } from '../voided.ts';

const MONEY =
  /资金|经费|专款|公款|津贴|补贴|奖金|报销|发票|账款|账目|债权|债务|资产|租金|收费|欠款|拖欠|套取|挪用|虚列|截留|小金库|工程款|款项|罚款|党费|礼品|礼金|接待费|采购|集体土地|集体资源/;
const TRAINING = /学习|培训|会议|教育|宣讲|传达|座谈|谈话|研讨|讲座|党课|警示|动员/;
/** Money or assets that moved: an act even where a meeting is named beside it. */
const MOVED = /追缴|追回|退缴|清退|退还|退回|收回|缴回|上缴|补缴|收缴|归还|扣回|核销|入账|调账/;
/** A rule that was made is one as well, unless it is what was studied: 学习新修订的《办法》. */
const RULE_MADE =
  /^(?:(?!学习|传达|宣讲|培训|贯彻|研讨).)*?(?:修订|修改|制定|起草|出台|印发|建立|健全|完善).{0,10}(?:《》|制度|办法|细则|规定|机制|流程|台账)/;
/** A meeting is one, whatever it was about. */
const MEETING = /(?:追缴|清退|清收|清理|整改|整治)?(?:工作)?(?:推进|部署|动员|调度|专题|培训)会/g;
const ACT =
  /追缴|追回|退缴|清退|退还|退回|收回|缴回|上缴|补缴|收缴|归还|扣回|核销|核查|核实|核对|清理|清查|盘点|入账|调账|登记|移交|结算|验收|公开招标|审计|修订|修改|制定|起草|出台|印发|建立|健全|完善|规范.{0,8}(?:规定|办法|细则|制度|流程)|处分|问责|整治|停止|取消|公示/;

/** Words of a measure: what was to be done, and what is said to have been done. */
const wordsOf = ({ adopted, completed }: StandingMeasure): string =>
  `${adopted.text?.text ?? ''}\n${completed?.text?.summary ?? ''}`;

/** Rules are named by what is done with them: to learn what a rule says is no act. */
const clausesOf = (words: string): readonly string[] =>
  words
    .replace(/《[^》]*》/g, '《》')
    .replace(MEETING, '会议')
    .split(/[，,；;。、！!？?\n]|并|同时/);

const isAct = (clause: string): boolean =>
  MOVED.test(clause) || RULE_MADE.test(clause) || (ACT.test(clause) && !TRAINING.test(clause));

const problemOf = ({ title, heading }: ItemHistory): string => `${title ?? ''}\n${heading ?? ''}`;

const entriesOf = ({ adopted, completed }: StandingMeasure) => (completed ? [adopted, completed] : [adopted]);

/** A problem of money or assets, answered by learning and meetings alone. */
export const moneyClosedByTraining: ItemRule = (item, inspection) => {
  const { closing, measures, of, voided } = item;
  if (!closing || measures.length === 0 || !MONEY.test(problemOf(item))) return undefined;
  const recovered = inspection.of('FundsRecovered').filter(isOfItem(item));
  // That something is still to be paid back is a promise; an amount is money.
  if (recovered.some(({ data }) => (data.amountFen ?? 0) > 0)) return undefined;
  const isTalk = (clauses: readonly string[]): boolean =>
    clauses.some((clause) => TRAINING.test(clause)) && !clauses.some(isAct);
  if (!measures.every((measure) => isTalk(clausesOf(wordsOf(measure))))) return undefined;
  const gone = [
    ...voided('MeasureAdopted'),
    ...voided('MeasureCompleted'),
    ...inspection.voided('FundsRecovered').filter(({ entry }) => isOfItem(item)(entry)),
  ];
  const work = measures.flatMap(entriesOf);
  return { entries: [...of('IssueRaised'), ...recovered, ...work, ...undone(gone), closing] };
};

const isOfItem =
  ({ itemId }: ItemHistory) =>
  ({ data }: EventOf<'FundsRecovered'>): boolean =>
    data.itemId === itemId;

const MISUSE =
  /违规|违纪|套取|虚列|虚报|挪用|截留|侵占|贪污|超标准|超范围|超发|多发|多领|滥发|欠缴|少缴|漏缴|应收未收|流失|损失|私设|私分|坐支|白条/;
/** 3.5万元, 12.5万余元, 10.2多万元, 5 万 元. */
const AMOUNT = /([0-9][0-9,]*(?:\.[0-9]+)?)\s*[余多]?\s*(千万|百万|千|万|亿|)\s*[余多]?\s*元/g;

/** The largest amount that the words name, in fen. */
function namedAmount(words: string): number | undefined {
  const amounts = [...words.normalize('NFKC').matchAll(AMOUNT)].flatMap(([, decimal = '', power = '']) => {
    const unit = `${power}元`;
    const fen = isMoneyUnit(unit) ? amountInFen(decimal, unit) : undefined;
    return fen === undefined ? [] : [fen];
  });
  return amounts.length > 0 ? Math.max(...amounts) : undefined;
}

/** The problem names an amount that was misused; less of it came back. */
export const recoveredLessThanNamed: ItemRule = (item, inspection) => {
  const { closing, of } = item;
  const problem = problemOf(item);
  const namedFen = closing && MISUSE.test(problem) ? namedAmount(problem) : undefined;
  if (!closing || namedFen === undefined) return undefined;
  const funds = inspection.of('FundsRecovered').filter(isOfItem(item));
  const gone = inspection.voided('FundsRecovered').filter(({ entry }) => isOfItem(item)(entry));
  const recoveredFen = funds.reduce((sum, { data }) => sum + (data.amountFen ?? 0), 0);
  if (recoveredFen >= namedFen) return undefined;
  const entries = [...of('IssueRaised'), ...funds, ...undone(gone), closing];
  return { entries, values: { namedFen, recoveredFen } };
};

/** Something that can be checked: a number, a date, a document. */
const CONCRETE =
  /[0-9０-９]|[一二三四五六七八九十百千万两半]+(?:余|多)?(?:次|项|人|个|份|场|件|条|名|期|轮|处|家|户|元|批|年|月|日|周|天|套|册|卷|台|笔|组|篇|类)|《|〔/;

/** Closed on measures of which none says anything that could be checked. */
export const measuresVague: ItemRule = ({ closing, measures, voided }) => {
  if (!closing || measures.length === 0) return undefined;
  const isVague = (measure: StandingMeasure): boolean =>
    measure.adopted.data.due === undefined && !CONCRETE.test(wordsOf(measure));
  if (!measures.every(isVague)) return undefined;
  const gone = [...voided('MeasureAdopted'), ...voided('MeasureCompleted')];
  return { entries: [...measures.flatMap(entriesOf), ...undone(gone), closing] };
};

/** Shorter stretches between commas are no problem of their own … */
const SHORTEST_PART = 4;
/** … and between 、 only where all are so long: 使用、管理不规范 is one problem. */
const SHORTEST_LISTED = 5;

function partsOf(title: string): number {
  const parts = title.split(/[，,；;。]/).filter((part) => part.trim().length >= SHORTEST_PART);
  const listed = parts.map((part) => {
    const pieces = part.split('、').filter((piece) => piece.trim() !== '');
    return pieces.every((piece) => piece.trim().length >= SHORTEST_LISTED) ? pieces.length : 1;
  });
  return listed.reduce((sum, count) => sum + count, 0);
}

export const titlePartsUnanswered: ItemRule = ({ closing, measures, of, voided, title }) => {
  if (!closing || title === null) return undefined;
  const parts = partsOf(title);
  if (parts < 2 || measures.length >= parts) return undefined;
  const adopted = measures.map((measure) => measure.adopted);
  const entries = [...of('IssueRaised'), ...adopted, ...undone(voided('MeasureAdopted')), closing];
  return { entries, values: { parts, measures: measures.length } };
};
