import { bilingual } from './language.ts';

export const timeWords = bilingual(
  {
    heading: '回看过去',
    recorded: '账本当时怎么说',
    recordedHint: '截至这一天结束，已经记录在账的内容',
    effective: '当天实际情况',
    effectiveHint: '按现在所知（更正已计入），这一天真实的情况',
    recordedSlider: '拖动选择“账本当时怎么说”的日期',
    effectiveSlider: '拖动选择“当天实际情况”的日期',
    show: '查看',
    now: '回到现在',
    compareWithNow: '与现在对比',
    recordedPicture: (at: string) => `您看到的不是现在的情况，而是账本在 ${at} 所说的内容。`,
    effectivePicture: (day: string) =>
      `您看到的不是现在的情况，而是按现在所知，${day} 当天的实际情况（更正已计入）。`,
    bothPicture: (day: string, at: string) =>
      `您看到的不是现在的情况，而是账本在 ${at} 所知的、${day} 当天的情况。`,
    later: (count: number) => (count === 0 ? '此后没有新的记录。' : `此后账本又有 ${count} 条记录。`),
    settled: '这一画面不会再变。',
    unsettled: '今后的更正仍可能改变这一画面。',
    endOf: (day: string) => `${day} 结束时`,
    notYet: '那时还没有这个项目或问题',
    wrongDate: '日期填写不对',
    rightDate:
      '请填写日期，如 2025-06-30；也可以是带时区的时刻，如 2025-06-30T12:00:00+08:00（写在网址里时，加号写作 %2B）。',
    noForms: '回看时不能记录；请先回到现在。',
  },
  {
    heading: 'Look at the past',
    recorded: 'What the ledger said then',
    recordedHint: 'All that had been recorded by the end of that day',
    effective: 'What was true on that date',
    effectiveHint: 'As is known now, corrections applied',
    recordedSlider: 'Drag to a date for what the ledger said then',
    effectiveSlider: 'Drag to a date for what was true then',
    show: 'Show',
    now: 'Back to now',
    compareWithNow: 'Compare with now',
    recordedPicture: (at: string) => `This is not the present: it is what the ledger said at ${at}.`,
    effectivePicture: (day: string) =>
      `This is not the present: it is what, as is known now, was true on ${day} (corrections applied).`,
    bothPicture: (day: string, at: string) =>
      `This is not the present: it is what was true on ${day}, as the ledger knew at ${at}.`,
    later: (count: number) =>
      count === 0
        ? 'No entry was recorded since.'
        : `The ledger has recorded ${count} ${count === 1 ? 'entry' : 'entries'} since.`,
    settled: 'This picture will not change any more.',
    unsettled: 'A later correction may still change this picture.',
    endOf: (day: string) => `the end of ${day}`,
    notYet: 'There was no such case or item then',
    wrongDate: 'That is no date',
    rightDate:
      'Give a date such as 2025-06-30, or an instant with its offset such as 2025-06-30T12:00:00+08:00 (in an address the plus is written %2B).',
    noForms: 'Nothing can be recorded into the past; go back to now first.',
  },
);
