import type { Severity, Threshold } from '../../../domain/look-back/catalogue.ts';
import { rulesInEnglish } from './flag-rules.en.ts';
import { rulesInChinese } from './flag-rules.zh.ts';
import { bilingual } from './language.ts';

/** The rules of flags in words: the same stand in the API and in domain/look-back/FLAGS.md. */
export const ruleWords = bilingual(rulesInChinese, rulesInEnglish);

/** Words of the worklist itself. */
export const flagWords = bilingual(
  {
    note: '疑点只是提示人去看一看，不是结论。',
    severity: { high: '重点', medium: '一般', low: '参考' } satisfies { [S in Severity]: string },
    threshold: {
      lateDays: '录入晚于发生的天数',
      burstEntries: '集中录入的条数',
      burstDays: '集中录入的天数',
      burstPercent: '集中录入所占百分比',
      bulkItems: '集中销号的问题数',
      bulkMinutes: '集中销号的分钟数',
      longTermDays: '长期坚持类问题销号至少天数',
      silentDays: '久无动静的天数',
      idleDays: '换牵头单位后的天数',
      extensions: '延期次数达到',
      extensionGraceDays: '延期后采取新措施的天数',
      returns: '退回次数达到',
      similarPercent: '雷同的百分比',
      similarLength: '参与比较的最少字数',
      planDays: '反馈后印发整改方案的天数',
    } satisfies { [T in Threshold]: string },
  },
  {
    note: 'A flag is a prompt for a person to look, never a finding.',
    severity: { high: 'High', medium: 'Medium', low: 'Low' },
    threshold: {
      lateDays: 'Days recorded after it happened',
      burstEntries: 'Entries of a burst',
      burstDays: 'Days of a burst',
      burstPercent: 'Percent of all entries in a burst',
      bulkItems: 'Items closed together',
      bulkMinutes: 'Minutes of closings together',
      longTermDays: 'Least days until a long-term item is closed',
      silentDays: 'Days of silence',
      idleDays: 'Days under a new lead office',
      extensions: 'Extensions from',
      extensionGraceDays: 'Days for a new measure after an extension',
      returns: 'Returns from',
      similarPercent: 'Percent of likeness',
      similarLength: 'Least characters compared',
      planDays: 'Days for the plan after the feedback',
    },
  },
);
