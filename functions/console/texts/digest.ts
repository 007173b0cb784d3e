import { bilingual } from './language.ts';

const days = (count: number): string => `${count} ${count === 1 ? 'day' : 'days'}`;

export const digestWords = bilingual(
  {
    title: (day: string) => `整改时限提醒 ${day}`,
    all: '全部单位合计',
    nobody: '（未分派牵头单位）',
    overdue: '逾期',
    due: (within: number) => `${within} 天内到期`,
    silent: (after: number) => `超过 ${after} 天没有动静`,
    nothing: '没有逾期、临近到期或久无动静的问题。',
    until: (deadline: string) => `时限 ${deadline}`,
    over: (count: number) => `已逾期 ${count} 天`,
    left: (count: number) => (count === 0 ? '当日到期' : `还剩 ${count} 天`),
    since: (day: string) => `最近动静 ${day}`,
    quiet: (count: number) => `距今 ${count} 天`,
    moreItems: (count: number) => `另有 ${count} 项，此处未列出`,
    moreOffices: (count: number) => `另有 ${count} 个单位，此处未列出`,
    whole: '篇幅所限，未列全；完整清单见系统。',
  },
  {
    title: (day: string) => `Deadlines ${day}`,
    all: 'All offices together',
    nobody: '(no lead office)',
    overdue: 'overdue',
    due: (within: number) => `due within ${days(within)}`,
    silent: (after: number) => `silent for over ${days(after)}`,
    nothing: 'Nothing is overdue, due soon or silent.',
    until: (deadline: string) => `deadline ${deadline}`,
    over: (count: number) => `${days(count)} over`,
    left: (count: number) => (count === 0 ? 'last day' : `${days(count)} left`),
    since: (day: string) => `last moved ${day}`,
    quiet: (count: number) => `${days(count)} ago`,
    moreItems: (count: number) => `${count} more, not listed here`,
    moreOffices: (count: number) => `${count} more ${count === 1 ? 'office' : 'offices'}, not listed here`,
    whole: 'Too long to be listed whole here; the ledger has the full list.',
  },
);
