import { bilingual } from './language.ts';
import { timeWords } from './time.ts';

export const compareWords = bilingual(
  {
    title: '对比两个日期',
    inAll: '全部项目对比两个日期',
    inAllHint: '只列有变化的项目；变化也可能只在项目本身。点击项目名称查看每一条。',
    changedItems: '有变化的问题',
    axis: '比较什么',
    // The same two questions as the clocks ask.
    axes: { recorded: timeWords.zh.recorded, effective: timeWords.zh.effective },
    from: '从',
    to: '到',
    item: '只看问题',
    allItems: '全部问题',
    show: '对比',
    explain: {
      recorded: (from: string, to: string) =>
        `账本在 ${from} 和 ${to} 所说的内容有何不同：这期间记录在账的每一条。`,
      effective: (from: string, to: string) =>
        `按现在所知，${from} 与 ${to} 的实际情况有何不同：发生在这期间的每一条。`,
    },
    kinds: {
      new: '新增：在这期间发生并记录',
      'back-dated': {
        recorded: '补记：在这期间才记录，但发生得更早',
        effective: '补记：发生在这期间，事后才记录',
      },
      corrected: { recorded: '更正：在这期间更正了以前的记录', effective: '更正：记录后来作过更正' },
    },
    totals: (changes: number, items: number) => `${items} 个问题，${changes} 处记录`,
    none: '这两个日期之间没有变化。',
    noneHere: '这些项目在这两个日期之间没有变化。',
    atDate: (date: string) => `${date} 时`,
    entries: '依据的记录',
    wrongOrder: '起始日期不能晚于终止日期',
    sameInTheEnd: '台账各栏前后相同，只有下列记录。',
    open: '查看当时的画面',
  },
  {
    title: 'Compare two dates',
    inAll: 'Compare two dates in all cases',
    inAllHint:
      'Cases with a change alone; what changed may be the case itself and no item. Follow a case to each entry.',
    changedItems: 'Items changed',
    axis: 'What is compared',
    axes: { recorded: 'What the ledger said', effective: 'What was true' },
    from: 'From',
    to: 'To',
    item: 'Item',
    allItems: 'All items',
    show: 'Compare',
    explain: {
      recorded: (from: string, to: string) =>
        `How what the ledger said at ${from} and at ${to} differs: every entry recorded in between.`,
      effective: (from: string, to: string) =>
        `How what was true on ${from} and on ${to} differs, as is known now: every entry that took effect in between.`,
    },
    kinds: {
      new: 'new: took place and was recorded in between',
      'back-dated': {
        recorded: 'back-dated: recorded in between, but took place earlier',
        effective: 'back-dated: took place in between, recorded only afterwards',
      },
      corrected: {
        recorded: 'corrected: amends an earlier entry',
        effective: 'corrected: the entry was corrected later',
      },
    },
    totals: (changes: number, items: number) =>
      `${items} ${items === 1 ? 'item' : 'items'}, ${changes} entries`,
    none: 'Nothing changed between these dates.',
    noneHere: 'Nothing changed in these cases between these dates.',
    atDate: (date: string) => `on ${date}`,
    entries: 'Entries',
    wrongOrder: 'The first date must not be later than the second',
    sameInTheEnd: 'The register says the same at both dates; there are entries only.',
    open: 'See the picture of that date',
  },
);
