import {
  type NoticeWarning,
  type NoticeWarningCode,
  noticeWarnings,
} from '../../../domain/notice/warnings.ts';
import type { Language } from './language.ts';

/** What a warning asks a person to look at, in Chinese; in English it is the sentence of the code. */
const zh: { readonly [C in NoticeWarningCode]: string } = {
  'amount-not-exact': '金额精确到分以下或者过大，没有计入。',
  'breakdown-mismatch': '分项之和与总数不符。',
  'damaged-date': '日期似乎缺字。',
  'other-source': '该项目已经导入过另一份公布；这一份会与它并存，人数、制度和金额会再计一次。',
  'future-date': '这里的日期晚于今天，该条记录不带日期。',
  'deadline-date': '这是期限（以前、底前、截至、计划），不是措施完成的日期。',
  'duplicate-measure': '别处有一条逐字相同的措施。',
  'group-numeral': '问题上面各级标题的序号有跳号或重号。',
  'inexact-count': '原文是约数（余、多），不是准确人数。',
  'invalid-date': '没有这一天。',
  'item-without-measure': '问题下面没有措施。',
  'joint-total': '一个人数对应几种问责，没有计入任何一种。',
  'missing-feedback-date': '开头没有写明反馈日期。',
  'missing-inspected-body': '开头没有写明被巡察单位。',
  'no-items': '全文没有列出问题，没有读到任何问题。',
  'odd-heading': '标题与通常写法不同。',
  'problem-total-mismatch': '所称问题数与读到的问题数不同。',
  'relative-date': '日期没有写年份。',
  'repeated-numeral': '序号重复。',
  'several-dates': '措施写了几个日期，只保留它们共同的部分。',
  'skipped-numeral': '序号有跳号。',
  'start-date': '这是起始日期（起、以来），不是措施完成的日期。',
  'unassigned-amount': '没有说明这笔金额是追缴所得，没有计入。',
  'unclosed-quote': '标题中的引号没有结束。',
  'year-carried': '年份取自前一个日期。',
};

/** What this kind of warning says. */
export const saidWarningCode = (code: NoticeWarningCode, language: Language): string =>
  language === 'zh' ? zh[code] : noticeWarnings[code];

/** The same of one warning, with the piece of the source that it names. */
export function saidWarning({ code, message }: NoticeWarning, language: Language): string {
  if (language === 'en') return message;
  const detail = message
    .slice(noticeWarnings[code].length)
    .replace(/^ \(/, '（')
    .replace(/\)$/, '）')
    .replace(/^（item ([0-9]{4})）$/, '（问题 $1）');
  return zh[code] + detail;
}
