import { fold } from './characters.ts';
import { absoluteDatesIn, type FoundDate, sharedDate, yearlessDate } from './dates.ts';
import type { Warn } from './warnings.ts';

// When was this very measure done? Only a date that the text ties to the doing counts; a date forged from anything
// else would later be read as fact. So these never count: what stands in 《》, quotes or brackets (titles, document
// and case numbers), since when (自…起, 以来), by when (…底前, 截至, 计划于), how long (…至…), what the measure is
// about (对2023年9月发放的…), and any date without its own year. Of several dates only what they share is kept.

const sinceAfter = /^(?:\d{0,2}日)?(?:初|底|末|中旬|上旬|下旬|中)?(?:起|开始|以来|以后|之后|来[,;])/;
const sinceBefore = /(?:自|从)$/;
const limitAfter = /^(?:\d{0,2}日)?(?:初|底|末|中旬|上旬|下旬|中)?(?:之?前|以前)/;
const limitBefore =
  /(?:截至|截止|截止到|截至到|预计|计划|计划于|计划在|拟|拟于|拟在|将于|将在|力争|确保|到|预计于)$/;
const spanAfter = /^(?:\d{0,2}日)?\s?(?:-|—|~|至|到)\s?(?:\d|次年|今|年)/;
const spanBefore = /(?:-|—|~|至)$/;
/** 16-17日: several days of one month. */
const daySpan = /^\s?[-—~至到、]\s?\d{1,2}日/;
const objectBefore = /(?:对|将|把|就|为|针对|关于|的)$/;
const objectAfter = /^[^,。;!?]{0,14}的/;
const damagedAfter = /^[、和及,](\d{1,2})(?=[已完全开进印召制出])/;
const vague = /今年|去年|前年|年内/;

/** Reads when a measure was done; `line` is where its warnings are reported. */
export function readOccurrence(text: string, line: number, warn: Warn): string | undefined {
  const folded = withoutQuotations(fold(text));
  if (!/[年月]|\d[./-]\d/.test(folded)) return undefined;
  const { dates, impossible } = absoluteDatesIn(folded);
  if (impossible.length > 0)
    warn(line, 'invalid-date', folded.slice(impossible[0], (impossible[0] ?? 0) + 12));
  const done: string[] = [];
  let damaged = false;
  let since: string | undefined;
  let limit: string | undefined;
  dates.forEach((date, index) => {
    const days = daySpan.test(folded.slice(date.end, date.end + 8));
    const role = days ? 'done' : roleOf(folded, date, dates[index - 1]);
    if (role === 'since') since ??= date.value;
    if (role === 'limit') limit ??= date.value;
    if (role === 'done') done.push(days ? date.value.slice(0, 7) : date.value);
    if (damagedAfter.test(folded.slice(date.end, date.end + 6))) damaged = true;
  });
  const relative = relativeDate(folded, dates);
  if (relative !== undefined) warn(line, 'relative-date', relative);
  if (damaged) warn(line, 'damaged-date');
  if (since !== undefined) warn(line, 'start-date', since);
  if (limit !== undefined) warn(line, 'deadline-date', limit);
  const distinct = [...new Set(done)];
  if (distinct.length > 1) warn(line, 'several-dates', distinct.slice(0, 4).join(' '));
  // With a further date of unknown year or lost characters it is open which of them is the measure's.
  if (relative !== undefined || since !== undefined) return undefined;
  const shared = sharedDate(distinct);
  return damaged ? shared?.slice(0, 4) : shared;
}

type Role = 'done' | 'since' | 'limit' | 'other';

function roleOf(folded: string, date: FoundDate, previous: FoundDate | undefined): Role {
  const before = folded.slice(Math.max(0, date.start - 6), date.start).trimEnd();
  const after = folded.slice(date.end, date.end + 24).trimStart();
  if (sinceAfter.test(after) || sinceBefore.test(before)) return 'since';
  if (limitAfter.test(after) || limitBefore.test(before)) return 'limit';
  if (spanAfter.test(after) || (spanBefore.test(before) && previous !== undefined)) return 'other';
  if (objectAfter.test(after) && objectBefore.test(before)) return 'other';
  if (date.value.length > 4) return 'done';
  // A bare year mostly describes something (2023年预算); it dates the doing where it opens a clause or follows 于.
  return /(?:^|[,。;!?:]|于|在)$/.test(before) && /^[,]|^(?:以来)?[已完印出制修组召开建]/.test(after)
    ? 'done'
    : 'other';
}

function relativeDate(folded: string, dates: readonly FoundDate[]): string | undefined {
  let index = 0;
  for (const match of folded.matchAll(yearlessDate)) {
    while (index < dates.length && (dates[index]?.end ?? 0) <= match.index) index += 1;
    const inside = dates[index];
    if (inside !== undefined && inside.start <= match.index) continue;
    if (/每年?$|逢$/.test(folded.slice(Math.max(0, match.index - 2), match.index))) continue;
    // 至9月 in 2023年7月至9月 has its year before the span.
    if (/月(?:\d{1,2}日)?\s?[-—~至到]\s?$/.test(folded.slice(Math.max(0, match.index - 8), match.index)))
      continue;
    return match[0];
  }
  return vague.exec(folded)?.[0];
}

const openings = '《“‘「([<';
const closings = '》”’」)]>';
/** A pair wider than this is not taken for a title or a number. */
const WIDEST = 200;

/** The same text with what stands in quotes and brackets blanked out, so that offsets still fit. */
function withoutQuotations(folded: string): string {
  if (!/[《“‘「([<]/.test(folded)) return folded;
  const kept: string[] = [];
  let from = 0;
  for (const [open, close] of quotations(folded)) {
    if (close < from) continue;
    const start = Math.max(open, from);
    kept.push(folded.slice(from, start), ' '.repeat(close + 1 - start));
    from = close + 1;
  }
  kept.push(folded.slice(from));
  return kept.join('');
}

/** Matching pairs in the order in which they open; each kind of mark is matched for itself. */
function quotations(folded: string): Array<[open: number, close: number]> {
  const open: number[][] = Array.from(openings, () => []);
  const found: Array<[number, number]> = [];
  for (let at = 0; at < folded.length; at += 1) {
    const character = folded.charAt(at);
    const opening = openings.indexOf(character);
    if (opening >= 0) open[opening]?.push(at);
    const closing = opening >= 0 ? -1 : closings.indexOf(character);
    const start = closing < 0 ? undefined : open[closing]?.pop();
    if (start !== undefined && at - start <= WIDEST) found.push([start, at]);
  }
  return found.sort((one, other) => one[0] - other[0]);
}
