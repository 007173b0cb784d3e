import { fold, withoutEndMarks } from './characters.ts';
import { readLabel } from './labels.ts';
import { statedAtEnd } from './statuses.ts';

/** Longest heading that is read as one, in UTF-16 units; whatever is longer is prose. */
export const LONGEST_HEADING = 2000;

const opening = '“‘「『';
const closing = '”’」』';
/** Brackets quote a title only behind 关于 and before 问题: elsewhere they hold a label or a status. */
const brackets = ['【】', '[]', '()'];
const straight = '"\'';
const leadIn =
  /^(?:(?:关于|针对|对于|有关|聚焦|围绕|就|在|对)\s?)?(?:(?:(?:巡察|巡视|审计|督察)组?)?(?:存在|反馈|指出|提出)的?\s?)?/;
// 问题 may be followed by 的整改落实情况 and then by the heading's end, not by a predicate of its own (“A”问题整改不力).
const afterTitle =
  /^\s*(?:的|等|这一|这个|存在|相关|主要|突出|\s)*(?:问题|整改|方面|落实)(?:问题|方面|整改|落实|完成|进展|工作|推进|结果|情况|到位|成效|存在|的|等|及|\s)*(?:[。:;,!?(【[]|$)/;
const nothingAfter = /^\s*(?:的|方面|等)?\s*[。:;,]?\s*(?:[(【[][^()]{1,14}[)】\]])?$/;

export interface OuterQuote {
  open: number;
  /** Offset of the closing mark. */
  close: number;
}

/** Finds the pair of quotes that encloses the whole problem: it opens the heading and 问题, 方面 or 整改 follows it. */
export function outerQuote(folded: string): OuterQuote | undefined {
  const heading = folded.slice(0, LONGEST_HEADING);
  const open = leadIn.exec(heading)?.[0].length ?? 0;
  const mark = heading.charAt(open);
  if (mark === '') return undefined;
  const bracketed = open > 0 ? brackets.find((pair) => pair.startsWith(mark)) : undefined;
  if (bracketed !== undefined) {
    const close = balancedClose(heading, open, bracketed);
    const rest = close === undefined ? '' : heading.slice(close + 1, close + 40);
    return close !== undefined && afterTitle.test(rest) ? { open, close } : undefined;
  }
  if (!(opening + closing + straight).includes(mark)) return undefined;
  const balanced = matchingClose(heading, open);
  const encloses = (close: number) => {
    const rest = heading.slice(close + 1, close + 40);
    return afterTitle.test(rest) || (nothingAfter.test(rest) && close > open + 1);
  };
  if (balanced !== undefined && encloses(balanced)) return { open, close: balanced };
  // Marks set the wrong way round or not nested properly: take the first one that 问题 follows.
  for (let at = open + 1; at < heading.length; at += 1) {
    const character = heading.charAt(at);
    if (!(closing + opening + straight).includes(character)) continue;
    if (balanced === undefined && afterTitle.test(heading.slice(at + 1, at + 40))) return { open, close: at };
  }
  return undefined;
}

/** Whether the heading opens with a quote that it never closes. */
export function isQuoteUnclosed(folded: string): boolean {
  const heading = folded.slice(0, LONGEST_HEADING);
  const open = leadIn.exec(heading)?.[0].length ?? 0;
  return opening.includes(heading.charAt(open) || ' ') && matchingClose(heading, open) === undefined;
}

function matchingClose(heading: string, open: number): number | undefined {
  const mark = heading.charAt(open);
  if (straight.includes(mark)) {
    const next = heading.indexOf(mark, open + 1);
    return next < 0 ? undefined : next;
  }
  const kind = opening.indexOf(mark);
  return kind < 0 ? undefined : balancedClose(heading, open, mark + closing.charAt(kind));
}

function balancedClose(heading: string, open: number, pair: string): number | undefined {
  let depth = 0;
  for (let at = open; at < heading.length; at += 1) {
    if (heading.charAt(at) === pair.charAt(0)) depth += 1;
    if (heading.charAt(at) === pair.charAt(1)) depth -= 1;
    if (depth === 0) return at;
  }
  return undefined;
}

/** Where the heading of a paragraph ends: behind the first 。 or : outside quotes and brackets, else at its end. */
export function headingEnd(folded: string): number {
  const quote = outerQuote(folded);
  let depth = 0;
  const limit = Math.min(folded.length, LONGEST_HEADING);
  for (let at = quote === undefined ? 0 : quote.close + 1; at < limit; at += 1) {
    const character = folded.charAt(at);
    if ('《(【[“「'.includes(character)) depth += 1;
    if ('》)】]”」'.includes(character)) depth = Math.max(0, depth - 1);
    if (depth === 0 && '。:;!?'.includes(character)) return at + 1;
  }
  return folded.length;
}

const phraseEnd =
  /(?:的|等|方面的|存在的)?\s*问题\s*(?:的|等)?\s*(?:整改|落实|完成|进展|工作|推进|结果|情况|到位|方面|及)*\s*$/;
const otherEnd = /\s*(?:的)?(?:整改|整治)(?:落实|完成|进展|工作|推进)*(?:情况|结果)?\s*$/;
const aspectEnd =
  /(?:的|这一)?\s*方面\s*(?:存在)?的?(?:主要|突出|具体|有关)?(?:问题)?\s*的?(?:整改|落实|完成|进展|工作|情况)*\s*$/;

/** The problem or aspect that a heading names: what its outer quotes hold, else the phrase after 关于 up to 问题. */
export function titleOf(printedHeading: string): string {
  const label = readLabel(fold(printedHeading));
  const labelled = label?.labelClass === 'problem' ? printedHeading.slice(label.length) : '';
  const heading = labelled.trim() === '' ? printedHeading : labelled;
  const folded = fold(heading);
  const quote = outerQuote(folded);
  if (quote !== undefined) {
    const quoted = heading.slice(quote.open + 1, quote.close).trim();
    if (quoted !== '') return quoted;
  }
  const named = withoutEndMarks(withoutEndMarks(folded).replace(/\s*[(【[][^()【】[\]]{0,14}[)】\]]$/, ''));
  const bare = named.slice(0, statedAtEnd(named)?.at);
  const start = /^(?:关于|针对|对于|有关|就)\s*/.exec(bare)?.[0].length ?? 0;
  const rest = bare.slice(start);
  const isAspect = aspectEnd.test(rest.slice(-40));
  const ending = (isAspect ? aspectEnd : phraseEnd).exec(rest.slice(-60)) ?? otherEnd.exec(rest.slice(-40));
  const end = start + rest.length - (ending?.[0].length ?? 0);
  const phrase = heading.slice(start, end).trim();
  const lead = isAspect ? (/^(?:在|聚焦|围绕)\s*/.exec(fold(phrase))?.[0].length ?? 0) : 0;
  return phrase.slice(lead).trim() || heading.trim();
}
