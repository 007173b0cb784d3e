import type { AccountabilityKind, StatedStatus } from '../entries.ts';
import { breakdownAt, termsIn } from './accountability.ts';
import { amountInFen, isMoneyUnit } from './amounts.ts';
import { wholeNumber } from './numerals.ts';
import type { NoticeTotal, TotalKind } from './report.ts';
import type { Warn } from './warnings.ts';

// A clause such as 政务处分3人(记大过1人,记过2人) is read number by number: what a number counts is named before it,
// since the number before, or, where a clause begins with its number (对1人予以诫勉), behind it.

const counted =
  /((?<![\d.]|\d,)\d[\d,]{0,20}(?:\.\d{1,10})?|[零〇一二两三四五六七八九十廿卅百]{1,6})\s?(余|多)?\s?(人次|人|名|个|项|条|件|份|部|百万元|千万元|亿元|万元|千元|元)(余|多)?/g;
const persons = new Set(['人', '人次', '名']);
const pieces = new Set(['个', '项', '条', '件', '份', '部']);
/** Clauses end here; 、 joins what shares one number. */
const clauseEnd = /[,;。:!?()\n]/;
const recovered = /追缴|追回|收回|收缴|清退|退还|退缴|退赔|退回|清收|挽回|上缴|补缴|清缴|追偿|追收|缴回|退出/;
const notRecovered = /涉及|涉嫌|尚未|未收|未追|应收|应缴|待/;

export interface TotalsFound {
  totals: NoticeTotal[];
  /** Offset of each total in the text. */
  at: number[];
}

/** Reads the sums of one folded sentence. Nothing is derived: a sum that is not printed is not there. */
export function totalsIn(sentence: string, line: number, warn: Warn): TotalsFound {
  const found: TotalsFound = { totals: [], at: [] };
  const matches = [...sentence.matchAll(counted)];
  let context: AccountabilityKind | undefined;
  let institutionSpoken = false;
  let measuresSpoken = false;
  matches.forEach((match, index) => {
    const start = match.index;
    const previous = matches[index - 1];
    const previousEnd = previous === undefined ? 0 : previous.index + previous[0].length;
    const before = lastClause(sentence.slice(Math.max(previousEnd, start - 80), start));
    const end = start + match[0].length;
    const nextStart = matches[index + 1]?.index ?? sentence.length;
    const after = firstClause(sentence.slice(end, Math.min(nextStart, end + 40)));
    // 4个问题已完成整改3个: what stands between two numbers of one clause says what the second counts.
    const shares = nextStart < sentence.length && end + after.length === nextStart;
    const unit = match[3] ?? '';
    const inexact = match[2] !== undefined || match[4] !== undefined;
    const push = (kind: TotalKind, value: number, measure?: string) => {
      found.totals.push({
        kind,
        ...(measure === undefined ? {} : { measure }),
        value,
        ...(inexact ? { inexact: true } : {}),
      });
      found.at.push(start);
      if (inexact) warn(line, 'inexact-count', match[0]);
    };
    const number = match[1] ?? '';
    if (isMoneyUnit(unit)) {
      const words = before.replace(/^[、和及]/, '') || sentence.slice(Math.max(0, start - 20), start);
      if (!recovered.test(words) || notRecovered.test(words)) {
        warn(line, 'unassigned-amount', words.slice(-12) + match[0]);
        return;
      }
      const fen = amountInFen(number, unit);
      if (fen === undefined) warn(line, 'amount-not-exact', match[0]);
      else push('fundsFen', fen);
      return;
    }
    const value = wholeNumber(number);
    if (value === undefined) return;
    if (persons.has(unit)) {
      const each = /各$/.test(before);
      let named = termsIn(before, context);
      // Numbers that lead their clause are named behind: what stands before belongs to the number before.
      const leads = named.length === 0 || numberLeads(sentence, previous, previousEnd);
      const behind = leads ? termsIn(after, context) : [];
      if (behind.length > 0) named = behind;
      if (named.length === 0) return;
      if (named.some((term) => term.joint) || (named.length > 1 && !each)) {
        warn(line, 'joint-total', match[0]);
        return;
      }
      for (const term of named) {
        push(term.kind, value, term.measure);
        context = term.kind;
      }
      return;
    }
    if (!pieces.has(unit)) return;
    const institution =
      /制度|机制/.test(lastPhrase(before)) ||
      /^(?:[^,。;]{0,10})(?:制度|规章|机制)/.test(after) ||
      (institutionSpoken && /^(?:[、和及并]|)?(?:修订|完善|新建|废止|制定|修改)[^问题]{0,6}$/.test(before));
    if (institution && !/问题/.test(before)) {
      institutionSpoken = true;
      push('institutions', value);
      return;
    }
    const clause = lastClause(sentence.slice(Math.max(0, start - 80), start));
    if (/措施|举措|任务/.test(clause + after)) measuresSpoken = true;
    else if (/问题/.test(clause + after)) measuresSpoken = false;
    const ofProblems =
      !measuresSpoken || found.totals.some((sum) => sum.kind === 'problems' && sum.value >= value);
    const kind = !ofProblems ? undefined : problemKind({ before, after, clause, shares }, sentence, start);
    if (kind !== undefined) push(kind, value);
  });
  found.totals.forEach((sum, index) => {
    const parts = breakdownAt(found.totals, index);
    const added = parts.reduce((total, part) => total + part.value, 0);
    if (parts.length > 0 && added !== sum.value) warn(line, 'breakdown-mismatch', `${sum.value} / ${added}`);
  });
  return found;
}

function lastClause(text: string): string {
  const parts = text.split(clauseEnd);
  return (parts.at(-1) ?? '').trim();
}

function firstClause(text: string): string {
  return text.split(clauseEnd, 1)[0] ?? '';
}

function lastPhrase(clause: string): string {
  return clause.split(/[、和及]/).at(-1) ?? '';
}

/** 给予1人党内警告处分、2人记过: the clause's first number has nothing that it counts before it. */
function numberLeads(sentence: string, previous: RegExpMatchArray | undefined, previousEnd: number): boolean {
  if (previous?.index === undefined) return false;
  const before = lastPhrase(lastClause(sentence.slice(Math.max(0, previous.index - 40), previous.index)));
  return (
    !clauseEnd.test(sentence.slice(previousEnd, previousEnd + 1)) &&
    termsIn(before, 'party-discipline').length === 0
  );
}

const statuses: ReadonlyArray<readonly [StatedStatus, RegExp]> = [
  ['not-completed', /未完成|未整改|尚未|未能完成|未到位/],
  ['basically-completed', /基本完成|基本整改/],
  ['continuing', /正在|持续(?:整改|推进)|长期(?:整改|坚持|推进)|推进中|阶段性|需继续/],
  ['completed', /已完成|完成整改|整改完成|已整改|整改到位|全部完成|完成销号|已销号|办结|完成(?:问题)?$/],
];

interface Counted {
  /** Words of the clause between the number before and this one. */
  before: string;
  after: string;
  /** The whole clause before this number, other numbers included. */
  clause: string;
  /** Another number follows in the same clause. */
  shares: boolean;
}

const brought = /反馈|发现|指出|梳理|反映|查出|提出|移交|共有|共计|合计|涉及|剩余|其余/;

function problemKind(words: Counted, sentence: string, start: number): TotalKind | undefined {
  const { before, after, clause, shares } = words;
  // Aspects, kinds, units and clues are no problems: 4个方面32项, 3个单位, 5条问题线索.
  if (/^(?:具体|突出|主要)?(?:大?方面|大?类|领域|部门|单位|批次?|轮次?|问题线索|信访|意见建议)/.test(after))
    return undefined;
  if (/线索|信访件?|建议$/.test(before)) return undefined;
  const rest = after.replace(/^[、和及]?/, '');
  for (const [status, pattern] of statuses) if (pattern.test(before)) return status;
  // 19个已完成整改, 19个问题已完成整改
  const owned =
    !shares && /^(?:具体|反馈)?(?:问题|事项)?(?:现|均)?(?:已|正|基本|未|尚|持|长|需|完|全)/.test(rest);
  if (owned) for (const [status, pattern] of statuses) if (pattern.test(rest)) return status;
  const about = brought.test(before + sentence.slice(Math.max(0, start - 40), start));
  if (/^(?:具体|突出|主要|反馈|审计|的)*问题/.test(rest)) return about ? 'problems' : undefined;
  // 反馈问题26个, 涉及问题4个方面32项
  const named = /问题(?:共|共计|总数|为)?$/.test(before) || (/^方面/.test(before) && /问题/.test(clause));
  return named && about ? 'problems' : undefined;
}
