import { bilingual } from './language.ts';

/** Words of the page of deadlines; what it shares with the digest stands there. */
export const deadlineWords = bilingual(
  {
    title: '逾期、临近到期与久无动静',
    ofOffice: (office: string) => `只列${office}牵头或配合的问题`,
    another: '查看其他日期的逾期、临近到期与久无动静',
    hint: '未销号的问题，按牵头单位列出，逾期最多的在前；同一个问题可能既逾期或临近到期，又久无动静。',
    byOffice: '各单位的问题数',
    byOfficeHere: '各单位在本页各项目的问题数；其他项目在别的页上',
    withinDays: '到期天数',
    silentDays: '无动静天数',
    wrongDays: (most: number) => `应为 0 至 ${most} 的整数`,
    apply: '按此列出',
    clear: '恢复通常范围',
  },
  {
    title: 'Overdue, due soon and silent',
    ofOffice: (office: string) => `Only items that ${office} leads or supports`,
    another: 'Overdue, due soon and silent as of another date',
    hint: 'Open items by lead office, those with most overdue first; an item that is overdue, or due soon, may be silent as well.',
    byOffice: 'Items of each office',
    byOfficeHere: 'Items of each office in the cases of this page; others stand on other pages',
    withinDays: 'Due within days',
    silentDays: 'Silent for over days',
    wrongDays: (most: number) => `must be a whole number from 0 to ${most}`,
    apply: 'List these',
    clear: 'Back to the usual bounds',
  },
);
