import { fold } from './characters.ts';
import {
  namesSeveral,
  readInspectedBody,
  readInspectingBody,
  signingBody,
  titleBody,
} from './header-bodies.ts';
import { type KnownYear, readHeaderDates } from './header-dates.ts';
import { markerText } from './markers.ts';
import type { LineRange, NoticeHeader } from './report.ts';
import type { Paragraph } from './source-text.ts';
import { totalsIn } from './totals.ts';
import type { Warn } from './warnings.ts';

const sentences = /[^。!?！？]*[。!?！？]+[”"’』」)）]*|[^。!?！？]+$/g;

/** A paragraph as it is printed, its marker included, with where each source line begins in it. */
interface Printed {
  text: string;
  lineAt: (offset: number) => number;
}

const announcement =
  /整改.{0,24}(?:通报|公告|公布|公示|公开|报告)$|现将.{0,60}整改.{0,40}(?:公布|通报|公示|公开|公告|报告|如下)/;

/** Whether a text without items and sums says that it reports on rectification; news of an inspection does not. */
export function announcesResults(paragraphs: readonly Paragraph[]): boolean {
  return paragraphs.slice(0, 8).some((paragraph) => announcement.test(paragraph.folded.slice(0, 1000)));
}

/**
 * Reads what the header states: who inspected whom and when, when feedback was given, and the sums. `between` are
 * the headings above items with what introduces them, `later` what stands behind the items: both may state sums as
 * well, and their words stay where they are.
 */
export function readHeader(
  paragraphs: readonly Paragraph[],
  between: readonly Paragraph[],
  later: readonly Paragraph[],
  warn: Warn,
): NoticeHeader {
  const header: NoticeHeader = { totals: [], totalLines: [], narrative: '', text: '', lines: null };
  const printed = paragraphs.map(asPrinted);
  const narrative: string[] = [];
  const seen: Seen = {};
  for (const paragraph of printed) {
    const left: string[] = [];
    for (const match of paragraph.text.matchAll(sentences)) {
      const line = paragraph.lineAt(match.index);
      if (!readSentence(header, seen, match[0], match.index, paragraph, line, warn)) left.push(match[0]);
    }
    const words = left.join('').trim();
    if (words !== '') narrative.push(words);
  }
  // Each part sums up for itself too: only what introduces the first, where the header counts no problems.
  const counted = header.totals.some((total) => total.kind === 'problems');
  const introduction = counted
    ? []
    : between.filter((paragraph) => paragraph.marker === undefined).slice(0, 1);
  for (const paragraph of [...introduction, ...later].map(asPrinted)) {
    for (const match of paragraph.text.matchAll(sentences)) {
      addTotals(header, fold(match[0]), match.index, paragraph, warn);
    }
  }
  const titled =
    header.inspectedBody ??
    titleBody(printed.map((paragraph) => paragraph.text)) ??
    seen.several ??
    signingBody(later.map((paragraph) => paragraph.text));
  if (titled !== undefined) header.inspectedBody = titled;
  header.narrative = narrative.join('\n');
  header.text = printed.map((paragraph) => paragraph.text).join('\n');
  header.lines = rangeOf(paragraphs);
  return header;
}

/** What earlier sentences said that is no field of its own. */
interface Seen extends KnownYear {
  /** Several bodies inspected together. */
  several?: string;
}

/** Whether the sentence yielded a field. */
function readSentence(
  header: NoticeHeader,
  seen: Seen,
  sentence: string,
  offset: number,
  paragraph: Printed,
  line: number,
  warn: Warn,
): boolean {
  const folded = fold(sentence);
  const dated = readHeaderDates(header, seen, folded, line, warn);
  let named = false;
  const inspecting = header.inspectingBody === undefined ? readInspectingBody(folded) : undefined;
  if (inspecting !== undefined) {
    header.inspectingBody = sentence.slice(inspecting.start, inspecting.end);
    named = true;
  }
  const inspected = header.inspectedBody === undefined ? readInspectedBody(folded) : undefined;
  if (inspected !== undefined) {
    const body = sentence.slice(inspected.start, inspected.end);
    if (!namesSeveral(body)) header.inspectedBody = body;
    else if (!/等/.test(body)) seen.several ??= body;
    named = true;
  }
  const summed = addTotals(header, folded, offset, paragraph, warn);
  return dated || named || summed;
}

function addTotals(
  header: NoticeHeader,
  folded: string,
  offset: number,
  paragraph: Printed,
  warn: Warn,
): boolean {
  const { totals, at } = totalsIn(folded, paragraph.lineAt(offset), warn);
  totals.forEach((total, index) => {
    const line = paragraph.lineAt(offset + (at[index] ?? 0));
    header.totals.push(total);
    header.totalLines.push([line, line]);
  });
  return totals.length > 0;
}

function asPrinted(paragraph: Paragraph): Printed {
  const marker = markerText(paragraph.marker?.printed ?? null);
  const { pieces } = paragraph;
  // Sentences are read in order, so the search goes on where it last ended.
  let piece = 0;
  const lineAt = (offset: number) => {
    const at = offset - marker.length;
    if ((pieces[piece]?.at ?? 0) > at) piece = 0;
    while (piece + 1 < pieces.length && (pieces[piece + 1]?.at ?? 0) <= at) piece += 1;
    return pieces[piece]?.line ?? 0;
  };
  return { text: marker + paragraph.text, lineAt };
}

/** From the first line of the first paragraph to the last of the last. */
export function rangeOf(paragraphs: readonly Paragraph[]): LineRange | null {
  const first = paragraphs[0]?.pieces[0]?.line;
  const last = paragraphs.at(-1)?.pieces.at(-1)?.line;
  return first === undefined || last === undefined ? null : [first, last];
}

/** The words of paragraphs, markers included, one a line. */
export function wordsOf(paragraphs: readonly Paragraph[]): string {
  return paragraphs
    .map((paragraph) => markerText(paragraph.marker?.printed ?? null) + paragraph.text)
    .join('\n');
}
