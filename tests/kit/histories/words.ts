import type { Chance } from './chance.ts';

/** Invented places; with a place each subject of a case is another. */
const PLACES = [
  '栖禾村',
  '澄岚社区',
  '东埠村',
  '石桥社区',
  '柳湾村',
  '青岗村',
  '南浦社区',
  '云台村',
  '双溪村',
  '北渡社区',
  '机关各科室',
  '综合服务中心',
  '下属企业',
  '农技站',
  '文化站',
  '执法中队',
  '敬老院',
  '水管所',
];

interface Area {
  readonly name: string;
  readonly money: boolean;
}
const area = (name: string, money = false): Area => ({ name, money });
const AREAS: readonly Area[] = [
  area('公务接待'),
  area('会议管理'),
  area('合同管理'),
  area('印章管理'),
  area('档案管理'),
  area('信访办理'),
  area('干部考察'),
  area('组织生活'),
  area('党员发展'),
  area('安全巡查'),
  area('环境整治'),
  area('窗口服务'),
  area('理论学习'),
  area('意识形态工作'),
  area('招标采购'),
  area('编外用工'),
  area('惠民补贴资金', true),
  area('集体资产出租', true),
  area('专项经费', true),
  area('差旅费报销', true),
  area('村级财务', true),
  area('固定资产', true),
];
const FAULTS = [
  '审批把关不严',
  '台账不健全',
  '监督检查流于形式',
  '责任压得不实',
  '制度多年未修订',
  '流程不够规范',
  '公开不及时',
  '研究部署不多',
];
const MISUSES = ['违规发放津补贴', '超标准接待支出', '虚列项目套取资金', '应收未收租金', '挪用专项经费'];

/** What an item is about, and how much money it names, in fen. */
export interface Subject {
  readonly title: string;
  /** What its measures speak of. */
  readonly about: string;
  readonly parts: number;
  readonly money: boolean;
  readonly namedFen: number;
}

/** Subjects that all differ: one of each place and area, then round again with another wording. */
export function subjectsOf(chance: Chance, count: number): Subject[] {
  const pairs = PLACES.flatMap((place) => AREAS.map((one) => ({ place, area: one })));
  const order = chance.some(pairs, pairs.length);
  return Array.from({ length: count }, (_, index) => {
    const { place, area: one } = order[index % order.length] ?? { place: '', area: AREAS[0] as Area };
    const round = Math.floor(index / order.length);
    const about = `${place}${one.name}${round > 0 ? `第${round + 1}批` : ''}`;
    const [first, second, third] = chance.some(FAULTS, 3);
    if (one.money && chance.percent(40)) {
      const tenths = chance.between(11, 480);
      const title = `${about}方面${chance.pick(MISUSES)}${(tenths / 10).toFixed(1)}万元`;
      return { title, about, parts: 1, money: true, namedFen: tenths * 100_000 };
    }
    const kind = chance.between(0, 9);
    const more = kind > 7 ? `，相关${second}，有的${third}` : kind > 5 ? `，部分${second}` : '';
    const parts = kind > 7 ? 3 : kind > 5 ? 2 : 1;
    return { title: `${about}${first}${more}`, about, parts, money: one.money, namedFen: 0 };
  });
}

/** Measures as offices write them: each with a number, a date or a document in it. */
const MEASURES: readonly ((about: string, chance: Chance) => string)[] = [
  (about, dice) => `修订《${about}管理办法》，细化${dice.between(3, 19)}条审批权限`,
  (about, dice) =>
    `对${dice.between(2018, 2021)}年以来的${about}逐笔核查，已核对凭证${dice.between(20, 980)}份`,
  (about, dice) => `建立${about}按月通报机制，每月${dice.between(2, 28)}日前张榜公布`,
  (about, dice) => `抽调${dice.between(3, 12)}人组成专班，对${about}开展${dice.between(2, 6)}轮专项检查`,
  (about, dice) => `纠正${about}不规范问题${dice.between(4, 60)}个，补办手续${dice.between(5, 90)}件`,
  (about, dice) => `出台《${about}责任清单》，${dice.between(2, 12)}月底前全部签订责任书`,
  (about, dice) => `组织${about}业务培训${dice.between(2, 9)}场，培训经办人员${dice.between(20, 160)}人次`,
  (about, dice) => `约谈${about}责任人员${dice.between(2, 9)}名，限期${dice.between(10, 40)}日内改正到位`,
];
const TAILS = [
  '，纳入年度考核',
  '，邀请第三方复核',
  '，由分管负责同志签字背书',
  '，结果在公开栏公示',
  '，并报送整改专班备案',
  '，举一反三推广到同类事项',
  '，逾期的予以通报',
  '，同步更新工作手册',
  '，实行双人复核',
  '，接受群众评议',
];
export const measureText = (about: string, chance: Chance): string =>
  `${chance.pick(MEASURES)(about, chance)}${chance.pick(TAILS)}。`;

/** What is done where money is the problem. */
export const recoveryText = (about: string, chance: Chance): string =>
  `清退${about}涉及的违规款项，追缴${chance.between(2, 40)}笔并调整账目${chance.pick(TAILS)}。`;

const SUMMARIES: readonly ((about: string, chance: Chance) => string)[] = [
  (about, dice) => `${about}有关制度已印发执行，整改${dice.between(3, 40)}处`,
  (about, dice) => `${about}核查完毕，形成报告${dice.between(1, 5)}份`,
  (about, dice) => `${about}已按要求落实，回访${dice.between(10, 200)}人次`,
];
export const summaryText = (about: string, chance: Chance): string => chance.pick(SUMMARIES)(about, chance);

const REPORTS: readonly ((about: string, chance: Chance) => string)[] = [
  (about, dice) => `本周走访${dice.between(5, 80)}户，核对${about}线索${dice.between(2, 30)}条`,
  (about, dice) => `${about}初稿已征求${dice.between(3, 20)}个单位意见，采纳${dice.between(2, 25)}条`,
  (about, dice) => `完成${about}资料整理${dice.between(10, 300)}份，尚余${dice.between(2, 60)}份`,
];
export const reportText = (about: string, chance: Chance): string =>
  `${chance.pick(REPORTS)(about, chance)}${chance.pick(TAILS)}。`;

const HAN = '零一二三四五六七八九';
/** 1 to 999 as notices print it. */
export function printed(n: number): string {
  const digit = (value: number): string => HAN.charAt(value);
  if (n < 10) return digit(n);
  if (n < 20) return `十${n > 10 ? digit(n - 10) : ''}`;
  if (n < 100) return `${digit(Math.floor(n / 10))}十${n % 10 > 0 ? digit(n % 10) : ''}`;
  const rest = n % 100;
  const tail =
    rest === 0 ? '' : rest < 10 ? `零${digit(rest)}` : rest < 20 ? `一${printed(rest)}` : printed(rest);
  return `${digit(Math.floor(n / 100))}百${tail}`;
}
