import type { Measure } from '../../documents/figures-csv.ts';
import { casesWords } from './cases.ts';
import { fieldNames } from './fields.ts';
import { bilingual } from './language.ts';
import { terms } from './terms.ts';
import { words } from './words.ts';

interface FiguresWords {
  readonly title: string;
  readonly all: string;
  readonly own: string;
  readonly hint: string;
  readonly csv: string;
  readonly empty: string;
  readonly weeks: string;
  readonly weeksLabel: (from: string, to: string, closed: number, most: number) => string;
  readonly weeksCaption: string;
  readonly outside: (before: number, after: number) => string;
  readonly noWeeks: string;
  readonly week: string;
  readonly monday: string;
  readonly inWeek: (week: string, closed: number) => string;
  readonly from: string;
  readonly to: string;
  readonly show: string;
  readonly allWeeks: string;
  readonly wrongWeeks: string;
  readonly rightWeeks: string;
  readonly days: string;
  readonly noDays: string;
  readonly daysOf: (name: string, days: number, closed: number) => string;
  readonly noReturns: string;
  readonly returnsOf: (name: string, perItem: string, returns: number, items: number) => string;
  readonly noExtensions: string;
  readonly extensionsOf: (name: string, days: number, items: number) => string;
  readonly barsLabel: (bars: number) => string;
  readonly barsHint: string;
  readonly byOffice: string;
  readonly byTerm: string;
  readonly byCase: string;
  readonly noTerm: string;
  readonly columns: {
    readonly items: string;
    readonly closed: string;
    readonly median: string;
    readonly quartiles: string;
    readonly returns: string;
    readonly perItem: string;
    readonly extended: string;
    readonly extensionDays: string;
  };
  readonly file: {
    readonly scope: { readonly [S in 'all' | 'case' | 'office' | 'term']: string };
    readonly column: { readonly measure: string; readonly value: string };
    readonly measure: { readonly [M in Measure]: string };
  };
}

const PER_ITEM = { zh: '平均每个问题退回', en: 'Returns per item' } as const;

export const figuresWords = bilingual<FiguresWords>(
  {
    title: '统计',
    all: '各项目合计',
    own: '只统计本单位牵头或配合的问题。',
    hint: '销号按现行有效的那一次计，天数从提出之日算到销号之日；已撤销的问题不计。中位数：一半不多于它，一半不少于它。',
    csv: '下载统计表（CSV）',
    empty: '还没有可以统计的问题。',
    weeks: '每周销号数',
    weeksLabel: (from, to, closed, most) =>
      `${from} 至 ${to} 每周销号的柱形图：共销号 ${closed} 个，最多的一周 ${most} 个`,
    weeksCaption: '周一至周日为一周，编号按国际标准',
    outside: (before, after) => `此前另有 ${before} 个，此后另有 ${after} 个`,
    noWeeks: '还没有销号的问题。',
    week: '周次',
    monday: '周一日期',
    inWeek: (week, closed) => `${week}：${closed} 个`,
    from: '自（所在周）',
    to: '至（所在周）',
    show: '按周查看',
    allWeeks: '全部周次',
    wrongWeeks: '起止日期不对',
    rightWeeks: '请填写日期，如 2026-02-03；起始日不能晚于截止日，截止日不能晚于所看的那一天，最多约十年。',
    days: '从提出到销号的天数（中位数）',
    noDays: '还没有销号的问题，算不出天数。',
    daysOf: (name, days, closed) => `${name}：${days} 天（已销号 ${closed} 个）`,
    noReturns: '没有退回过。',
    returnsOf: (name, perItem, returns, items) =>
      `${name}：平均 ${perItem} 次（${items} 个问题，共退回 ${returns} 次）`,
    noExtensions: '没有时限因延期而后移。',
    extensionsOf: (name, days, items) => `${name}：共 ${days} 天（${items} 个问题）`,
    barsLabel: (bars) => `条形图，共 ${bars} 条，数字与表中相同`,
    barsHint: '没有销号、退回或者延期的，图中不列；数字都在表里。',
    byOffice: '按牵头单位统计',
    byTerm: '按整改类型统计',
    byCase: '按项目统计',
    noTerm: '未定类型',
    columns: {
      items: terms.zh.item,
      closed: words.zh.status.closed,
      median: '天数中位数',
      quartiles: '四分位',
      returns: fieldNames.zh.returns,
      perItem: PER_ITEM.zh,
      extended: '延期的问题',
      extensionDays: fieldNames.zh.extensionDays,
    },
    file: {
      scope: {
        all: terms.zh.all,
        case: terms.zh.case,
        office: fieldNames.zh.lead,
        term: fieldNames.zh.term,
      },
      column: { measure: '指标', value: '数值' },
      measure: {
        items: '问题数（不含已撤销）',
        withdrawn: words.zh.status.withdrawn,
        closed: words.zh.status.closed,
        closedInWeek: '本周销号',
        closedBefore: '所列各周之前销号',
        closedAfter: '所列各周之后销号',
        'daysToClose.count': '算出天数的问题',
        'daysToClose.sum': '天数合计',
        'daysToClose.median': '从提出到销号天数中位数',
        'daysToClose.lowerQuartile': '天数下四分位',
        'daysToClose.upperQuartile': '天数上四分位',
        returns: fieldNames.zh.returns,
        returnedItems: '退回过的问题',
        returnsPerItem: PER_ITEM.zh,
        extensions: fieldNames.zh.extensions,
        extendedItems: '延期过的问题',
        extensionDays: fieldNames.zh.extensionDays,
      },
    },
  },
  {
    title: 'Figures',
    all: 'All cases together',
    own: 'Only items that your office leads or supports are counted.',
    hint: 'A closing counts where it stands; days go from the raise to the closing; withdrawn items are left out. Median: half are not above it, half not below.',
    csv: 'Download the figures (CSV)',
    empty: 'There is no item to count yet.',
    weeks: 'Closed by week',
    weeksLabel: (from, to, closed, most) =>
      `Bars of the closings of each week from ${from} to ${to}: ${closed} in all, ${most} at most in one week`,
    weeksCaption: 'Weeks go from Monday to Sunday, numbered as in ISO 8601',
    outside: (before, after) => `Beside these, ${before} before and ${after} after`,
    noWeeks: 'No item is closed yet.',
    week: 'Week',
    monday: 'Monday',
    inWeek: (week, closed) => `${week}: ${closed}`,
    from: 'From the week of',
    to: 'To the week of',
    show: 'Show weeks',
    allWeeks: 'All weeks',
    wrongWeeks: 'Those days do not fit',
    rightWeeks:
      'Give dates such as 2026-02-03; the first must not be after the last, nor the last after the day that one looks at; ten years at most.',
    days: 'Median days from raise to closure',
    noDays: 'No item is closed yet, so there are no days to count.',
    daysOf: (name, days, closed) => `${name}: ${terms.en.days(days)} (${closed} closed)`,
    noReturns: 'Nothing was returned.',
    returnsOf: (name, perItem, returns, items) => `${name}: ${perItem} (${returns} returns, ${items} items)`,
    noExtensions: 'No extension moved a deadline.',
    extensionsOf: (name, days, items) => `${name}: ${terms.en.days(days)} (${items} items)`,
    barsLabel: (bars) => `Bars, ${bars} in all, with the numbers of the table`,
    barsHint:
      'Where nothing was closed, returned or extended there is no bar; the tables have all the numbers.',
    byOffice: 'By lead office',
    byTerm: 'By term',
    byCase: 'By case',
    noTerm: 'No term set',
    columns: {
      items: casesWords.en.total,
      closed: words.en.status.closed,
      median: 'Median days',
      quartiles: 'Quartiles',
      returns: fieldNames.en.returns,
      perItem: PER_ITEM.en,
      extended: 'Items extended',
      extensionDays: fieldNames.en.extensionDays,
    },
    file: {
      scope: {
        all: terms.en.all,
        case: terms.en.case,
        office: fieldNames.en.lead,
        term: fieldNames.en.term,
      },
      column: { measure: 'What is counted', value: 'Number' },
      measure: {
        items: 'Items, withdrawn ones left out',
        withdrawn: words.en.status.withdrawn,
        closed: words.en.status.closed,
        closedInWeek: 'Closed in the week',
        closedBefore: 'Closed before these weeks',
        closedAfter: 'Closed after these weeks',
        'daysToClose.count': 'Items whose days are known',
        'daysToClose.sum': 'Days to closure, sum',
        'daysToClose.median': 'Days to closure, median',
        'daysToClose.lowerQuartile': 'Days to closure, lower quartile',
        'daysToClose.upperQuartile': 'Days to closure, upper quartile',
        returns: fieldNames.en.returns,
        returnedItems: 'Items ever returned',
        returnsPerItem: PER_ITEM.en,
        extensions: fieldNames.en.extensions,
        extendedItems: 'Items ever extended',
        extensionDays: fieldNames.en.extensionDays,
      },
    },
  },
);
