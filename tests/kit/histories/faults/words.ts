import type { Chance } from '../chance.ts';
import type { CaseStory, ItemStory, Step } from '../story.ts';
import { without } from '../story.ts';
import {
  type Fault,
  isClosed,
  isStraight,
  newest,
  ofType,
  onItem,
  standingEvidence,
  standingMeasures,
} from './fault.ts';

/** Two items that suit, where there are two. */
function pairOf(story: CaseStory, chance: Chance, suits: (item: ItemStory) => boolean) {
  const [one, other] = chance.some(story.items.filter(suits), 2);
  return one && other ? ([one, other] as const) : undefined;
}

const onPair = (
  rule: string,
  way: string,
  suits: (item: ItemStory) => boolean,
  plant: (one: ItemStory, other: ItemStory, chance: Chance) => void,
): Fault => ({
  rule,
  way,
  plant(story, chance) {
    const pair = pairOf(story, chance, suits);
    if (!pair) return undefined;
    plant(...pair, chance);
    return { on: pair.map(({ itemId }) => itemId) };
  },
});

const hasMeasure = (item: ItemStory): boolean =>
  standingMeasures(item).length > 0 && item.path !== 'withdrawn';
const say = (step: Step, text: string): void => {
  step.text = { ...step.text, text };
};

const alike: readonly Fault[] = [
  onPair(
    'evidence-reused',
    'one file for two items',
    (item) => standingEvidence(item).length > 0,
    (one, other, chance) => {
      const [file, again] = [chance.pick(standingEvidence(one)), chance.pick(standingEvidence(other))];
      again.data = { ...again.data, sha256: file.data.sha256 as string };
    },
  ),
  onPair('measure-repeated', 'word for word, other punctuation', hasMeasure, (one, other, chance) => {
    const [said, again] = [chance.pick(standingMeasures(one)), chance.pick(standingMeasures(other))];
    say(again, String(said.text.text).replaceAll('，', '； ').replaceAll('。', ''));
  }),
  onPair('measure-similar', 'a few words more', hasMeasure, (one, other, chance) => {
    const [said, again] = [chance.pick(standingMeasures(one)), chance.pick(standingMeasures(other))];
    say(again, `${String(said.text.text).slice(0, -1)}等。`);
  }),
  onPair('measure-similar', 'another year', hasMeasure, (one, other, chance) => {
    const [said, again] = [chance.pick(standingMeasures(one)), chance.pick(standingMeasures(other))];
    const words =
      '围绕群众反映强烈的突出问题建立联席会议制度，由主要负责同志牵头，各责任科室分工落实，对照清单逐项销号，自';
    say(said, `${words}2022年起执行`);
    say(again, `${words}2023年起执行`);
  }),
];

/** Words that hold no number, date or document, though some hold a character that may be one. */
const VAGUE = [
  '进一步加强管理，压实责任，持续改进工作作风',
  '高度重视，统一思想，切实抓好整改落实',
  '强化监督检查，形成长效机制，防止问题反弹',
  '举一反三，全面自查，不断提升规范化水平',
];

const vague = onItem('measures-vague', 'no number, date or document', isStraight, (item, _, chance) => {
  for (const step of ofType(item, 'MeasureAdopted', 'MeasureCompleted')) {
    if (step.type === 'MeasureAdopted') say(step, chance.pick(VAGUE));
    else step.text = { summary: chance.pick(['已落实到位', '已完成整改', '已取得明显成效']) };
  }
});

const TRAINING = [
  '组织财务人员参加2期业务培训，学习财经纪律',
  '召开专题会议2次，集中学习有关规定',
  '开展警示教育，与经办人员谈心谈话12人次',
  '学习《财务管理制度》和纪律处分条例2次',
  '审计知识培训2次',
  '警示教育大会1场，组织整治专题学习',
  '传达学习问责条例并开展廉政教育2次',
];

const TAUGHT = ['学习培训已开展3次', '会议已召开，参会人员46人', '谈话已完成', '学习会议已登记签到'];

const training = onItem(
  'money-closed-by-training',
  'learned, and nothing recovered',
  isStraight,
  (item, story, chance) => {
    const raise = newest(item, 'IssueRaised');
    raise.text = chance.percent(50)
      ? { title: '专项资金使用管理不规范' }
      : { title: '监管责任落实不到位', heading: '关于集体资产处置把关不严问题的整改情况' };
    story.steps = without(
      story.steps,
      ({ type, data }) => type === 'FundsRecovered' && data.itemId === item.itemId,
    );
    for (const step of ofType(item, 'MeasureAdopted', 'MeasureCompleted')) {
      if (step.type === 'MeasureAdopted') say(step, chance.pick(TRAINING));
      else step.text = { summary: chance.pick(TAUGHT) };
    }
  },
);

const NAMED = [
  '违规发放津补贴12.6万元',
  '虚列项目套取资金3.05万元',
  '应收未收租金86,400元',
  '超标准接待支出二万元',
];
const recovered: readonly Fault[] = [
  onItem('recovered-less-than-named', 'nothing came back', isClosed, (item, story, chance) => {
    newest(item, 'IssueRaised').text = { title: chance.pick(NAMED.slice(0, 3)) };
    story.steps = without(
      story.steps,
      ({ type, data }) => type === 'FundsRecovered' && data.itemId === item.itemId,
    );
  }),
  {
    rule: 'recovered-less-than-named',
    way: 'a part came back',
    plant(story, chance) {
      const funds = story.steps.filter(
        ({ type, data }) => type === 'FundsRecovered' && Number(data.amountFen) > 0,
      );
      const closed = story.items.filter(isClosed).map(({ itemId }) => itemId);
      const some = funds.filter(({ data }) => closed.some((itemId) => itemId === data.itemId));
      if (some.length === 0) return undefined;
      const sum = chance.pick(some);
      sum.data = { ...sum.data, amountFen: Number(sum.data.amountFen) - 1 };
      return { on: closed.filter((itemId) => itemId === sum.data.itemId) };
    },
  },
];

const PARTS = [
  '责任落实不够有力',
  '台账管理较为混乱',
  '制度执行打了折扣',
  '公开公示不够及时',
  '检查督促流于形式',
  '队伍建设存在短板',
  '档案资料不够齐全',
  '协调配合不够顺畅',
];
const parts = onItem(
  'title-parts-unanswered',
  'one part more than measures',
  (item) => isClosed(item) && standingMeasures(item).length < PARTS.length,
  (item, _, chance) => {
    const count = Math.max(2, standingMeasures(item).length + 1);
    const title = PARTS.slice(0, count).join(chance.pick(['，', '；', ',', '、']));
    newest(item, 'IssueRaised').text = { title };
  },
);

const recurs: readonly Fault[] = [
  {
    rule: 'problem-recurs',
    way: 'the same title, or nearly',
    plant(story, chance) {
      const item = chance.pick(story.items);
      const raise = newest(item, 'IssueRaised');
      if (chance.percent(50)) return { on: [item.itemId], earlier: [String(raise.text.title)] };
      const title = '对下属单位内部管理制度执行情况监督检查不到位，日常管理中以包代管现象较为突出';
      raise.text = { title };
      return { on: [item.itemId], earlier: [`${title}等`] };
    },
  },
];

export const wordsFaults: readonly Fault[] = [...alike, vague, training, ...recovered, parts, ...recurs];
