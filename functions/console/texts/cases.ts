import { bilingual } from './language.ts';
import { terms } from './terms.ts';

export const casesWords = bilingual(
  {
    none: '您名下还没有项目。',
    nonePublic: '暂无可以公开显示的项目。',
    publicTitle: '已公布整改进展的项目',
    localTitle: '本机台账中的项目（只在本机显示）',
    readNotice: '整改进展公布',
    pleaseSignIn: '登录后可查看和记录整改情况。',
    total: terms.zh.item,
    notice: '公布',
    progress: (closed: number, all: number) => `已销号 ${closed} / ${all}`,
    daysLeft: (days: number) => `集中整改期还剩 ${days} 天`,
    lastDay: '今天是集中整改期最后一天',
    daysOver: (until: string) => `集中整改期已于 ${until} 结束`,
    noPeriod: '未设集中整改期',
    more: '更多项目',
  },
  {
    none: 'There is no case for you yet.',
    nonePublic: 'There is no case to show here.',
    publicTitle: 'Cases with a published notice',
    localTitle: 'Cases of this machine’s ledger (shown on the machine itself only)',
    readNotice: 'Published progress',
    pleaseSignIn: 'Sign in to see and record progress.',
    total: 'Items',
    notice: 'Notice',
    progress: (closed: number, all: number) => `${closed} of ${all} closed`,
    daysLeft: (days: number) => `${days} ${days === 1 ? 'day' : 'days'} left in the concentrated period`,
    lastDay: 'Today is the last day of the concentrated period',
    daysOver: (until: string) => `The concentrated period ended on ${until}`,
    noPeriod: 'No concentrated period is set',
    more: 'More cases',
  },
);
