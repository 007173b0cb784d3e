import { bilingual } from './language.ts';
import { terms } from './terms.ts';

/** The page that sets what was said beside what is known. */
export const hindsightWords = bilingual(
  {
    title: '公布时怎么说，现在知道什么',
    link: '现在知道什么',
    linkOfDate: (date: string) => `账本在 ${date} 怎么说，现在知道什么`,
    notice: (seq: number) => `第 ${seq} 条公布`,
    /** `said` and `known` are moments as people read them. */
    banner: (day: string, said: string, known: string | undefined) =>
      `同一天（${day}）的两幅画面：左边是账本在 ${said} 所说的，右边是${known === undefined ? '目前' : `账本在 ${known}`}所知的。`,
    saidAt: (at: string) => `当时所说（${at}）`,
    knownNow: '现在所知',
    knownAt: (at: string) => `后来所知（${at}）`,
    totals: '合计对照',
    mark: '相差',
    same: '一致',
    differs: '不同',
    items: '问题数',
    differencesHeading: '哪些问题不同',
    count: (items: number) => `${items} 处不同；每处列出依据的记录。`,
    none: '没有不同。',
    compared: (items: number) =>
      `已逐项比较：${items} 个问题的内容、单位、时限、状态、措施和佐证，项目本身的问责、制度和追缴资金，以及每一条计入的记录此后是否更正、作废或者删除文字。`,
    ofOffice: '这里只比较贵单位牵头或者配合的问题。',
    entriesOnly: '各栏文字相同，不同之处在下列记录。',
    amends: (target: number) => `针对第 ${target} 条`,
    otherMoment: '换一个时刻',
    believedAsOf: '账本在何时所说',
    effectiveOn: '哪一天的情况',
    recordedAsOf: '到何时为止所知（空着即现在）',
    wrongMoment: '“何时所说”不能晚于“到何时为止所知”，也不能与公布同时指定',
    seeThen: '查看当时所说的画面',
    seeNow: '查看后来所知的画面',
  },
  {
    title: 'What was said, and what is known now',
    link: 'What is known now',
    linkOfDate: (date: string) => `What the ledger said on ${date}, and what is known now`,
    notice: (seq: number) => `Notice, entry ${seq}`,
    banner: (day: string, said: string, known: string | undefined) =>
      `Two pictures of one day, ${day}: on the left what the ledger said at ${said}, on the right what ${known === undefined ? 'is known now' : `it knew at ${known}`}.`,
    saidAt: (at: string) => `Said at ${at}`,
    knownNow: 'Known now',
    knownAt: (at: string) => `Known at ${at}`,
    totals: 'Totals side by side',
    mark: 'Difference',
    same: 'same',
    differs: 'differs',
    items: terms.en.item,
    differencesHeading: 'What differs',
    count: (items: number) =>
      `${items} ${items === 1 ? 'place differs' : 'places differ'}; each names its entries.`,
    none: 'Nothing differs.',
    compared: (items: number) =>
      `Compared were the titles, offices, deadlines, statuses, measures and evidence of ${items} items, the accountability, institutions and funds of the case, and whether an entry that counts was corrected, voided or erased since.`,
    ofOffice: 'Only items that your office leads or supports are compared here.',
    entriesOnly: 'The fields say the same; what differs is in these entries.',
    amends: (target: number) => `amends entry ${target}`,
    otherMoment: 'Another moment',
    believedAsOf: 'Said when',
    effectiveOn: 'About which day',
    recordedAsOf: 'Known by when (empty: now)',
    wrongMoment: 'What was said must not be later than what is known, nor stand beside a notice',
    seeThen: 'See the picture as it was told',
    seeNow: 'See the picture as it is known',
  },
);
