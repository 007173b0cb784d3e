import type { StatedStatus } from '../entries.ts';
import { readBody } from './body.ts';
import { withoutEndMarks } from './characters.ts';
import { announcesResults, rangeOf, readHeader, wordsOf } from './header.ts';
import { findItems } from './items.ts';
import { assignLines } from './line-counts.ts';
import { hasMoreLinesThan, readLines } from './lines.ts';
import { reportHeadings, reportMeasures, reportNumbering, reportWhole } from './observations.ts';
import { readOccurrence } from './occurred.ts';
import { type OutlineNode, readOutline } from './outline.ts';
import { linesOf, readParagraphs } from './paragraphs.ts';
import type { LineRange, NotANotice, NoticeGroup, NoticeItem, ParsedNotice } from './report.ts';
import type { Paragraph } from './source-text.ts';
import { bracketedAtEnd, statedAtEnd, statedTerm, statusPhrase } from './statuses.ts';
import { endingOf, tailStart } from './tail.ts';
import { titleOf } from './title.ts';
import { type NoticeWarning, noticeWarning, type Warn } from './warnings.ts';

/** Raised whenever the same text may be read otherwise, so that a ledger can tell which reading it holds. */
export const parserVersion = '2';

/** Longest text that is read, in UTF-16 units and in lines; the real notice at hand has 8,000 in 172. */
export const LONGEST_NOTICE = 2_000_000;
export const MOST_LINES = 50_000;
/** An item's id has four digits. */
const MOST_ITEMS = 9_999;

const rectification = /整改|巡察|巡视|审计|督察|问题/;

/**
 * Reads a public notice of rectification by its structure. Total and linear: any string gives a report or a reason.
 * A text that only sums up, without naming a problem of its own, is a notice without items: none is invented.
 */
export function parseNotice(text: string): ParsedNotice | NotANotice {
  if (text.length > LONGEST_NOTICE)
    return refused('too-large', `The text is longer than ${LONGEST_NOTICE} characters.`);
  if (hasMoreLinesThan(text, MOST_LINES))
    return refused('too-large', `The text has more than ${MOST_LINES} lines.`);
  const source = readLines(text);
  if (source.lines.length === 0)
    return refused('empty', 'The text has no line besides blanks and page chrome.');
  if (!source.lines.some((line) => rectification.test(line.folded))) {
    return refused('no-rectification', 'The text speaks of no inspection, no problem and no rectification.');
  }
  const paragraphs = readParagraphs(source.lines);
  const outline = readOutline(paragraphs);
  const itemNodes = [...findItems(outline, paragraphs)];
  if (itemNodes.length > MOST_ITEMS)
    return refused('too-many-items', `The text has more than ${MOST_ITEMS} items.`);
  return report(source.total, paragraphs, outline, itemNodes);
}

function refused(reason: NotANotice['reason'], message: string): NotANotice {
  return { kind: 'not-a-notice', reason, message };
}

function report(
  total: number,
  paragraphs: readonly Paragraph[],
  outline: readonly OutlineNode[],
  itemNodes: readonly OutlineNode[],
): ParsedNotice | NotANotice {
  const warnings: NoticeWarning[] = [];
  const warn: Warn = (line, code, detail) => warnings.push(noticeWarning(line, code, detail));
  const tailFrom = beginOfTail(paragraphs, itemNodes);
  const groups = new GroupReader(paragraphs);
  const ends = new Map(
    outline
      .filter((node) => node.children.some((child) => child.index < tailFrom))
      .map((node) => [node.index, node.end]),
  );
  const items = itemNodes.map((node, index) =>
    readItem(paragraphs, node, index, Math.min(node.end, tailFrom), groups, ends, warn),
  );
  const inItems = new Set<Paragraph>();
  for (const node of itemNodes) {
    for (let index = node.index; index < Math.min(node.end, tailFrom); index += 1) {
      inItems.add(paragraphs[index] as Paragraph);
    }
  }
  const tail = paragraphs.slice(tailFrom);
  const headed = paragraphs
    .slice(0, tailFrom)
    .filter((paragraph) => !inItems.has(paragraph) && !groups.holds(paragraph));
  const header = readHeader(headed, groups.paragraphs, tail, warn);
  if (items.length === 0 && header.totals.length === 0 && !announcesResults(paragraphs))
    return refused(
      'nothing-stated',
      'The text tells of an inspection, but neither a problem nor a sum of its rectification.',
    );
  const parsed: ParsedNotice = {
    kind: 'notice',
    header,
    groups: groups.groups,
    items,
    tail: { text: wordsOf(tail), lines: rangeOf(tail) },
    lines: assignLines(total, headed, tail, [...inItems, ...groups.paragraphs], items),
    warnings,
  };
  reportHeadings(parsed, warn);
  reportNumbering(parsed, warn);
  reportMeasures(parsed, warn);
  reportWhole(parsed, warn);
  warnings.sort((one, other) => one.line - other.line);
  return parsed;
}

/** Index of the first paragraph of the tail. */
function beginOfTail(paragraphs: readonly Paragraph[], itemNodes: readonly OutlineNode[]): number {
  const last = itemNodes.at(-1);
  if (last === undefined) return tailStart(paragraphs, 1, paragraphs.length, false);
  const lookAhead = itemNodes.slice(0, -1).some((node) => {
    for (let index = node.index + 1; index < node.end; index += 1) {
      const paragraph = paragraphs[index];
      if (paragraph !== undefined && endingOf(paragraph, undefined) === 'prospect') return true;
    }
    return false;
  });
  const heading = paragraphs[last.index];
  const bodyInHeading = heading !== undefined && heading.text.slice(last.heading.end).trim() !== '';
  return tailStart(paragraphs, last.index + (bodyInHeading ? 1 : 2), last.end, lookAhead);
}

/** The headings above items, each read once however many items stand under it. */
class GroupReader {
  readonly groups: NoticeGroup[] = [];
  readonly paragraphs: Paragraph[] = [];
  readonly #source: readonly Paragraph[];
  readonly #indexes = new Map<OutlineNode, number>();
  readonly #held = new Set<Paragraph>();

  constructor(source: readonly Paragraph[]) {
    this.#source = source;
  }

  holds(paragraph: Paragraph): boolean {
    return this.#held.has(paragraph);
  }

  indexOf(node: OutlineNode | undefined): number | null {
    if (node === undefined) return null;
    const known = this.#indexes.get(node);
    if (known !== undefined) return known;
    const parent = this.indexOf(node.parent);
    const end = Math.min(node.end, node.children[0]?.index ?? node.end);
    const own = this.#source.slice(node.index, end);
    const heading = own[0] as Paragraph;
    for (const paragraph of own) {
      this.#held.add(paragraph);
      this.paragraphs.push(paragraph);
    }
    this.groups.push({
      printedNumber: heading.marker?.printed ?? null,
      heading: heading.text.trim(),
      text: wordsOf(own.slice(1)),
      parent,
      lines: rangeOf(own) ?? [0, 0],
    });
    this.#indexes.set(node, this.groups.length - 1);
    return this.groups.length - 1;
  }
}

function readItem(
  paragraphs: readonly Paragraph[],
  node: OutlineNode,
  index: number,
  end: number,
  groups: GroupReader,
  ends: ReadonlyMap<number, number>,
  warn: Warn,
): NoticeItem {
  const paragraph = paragraphs[node.index] as Paragraph;
  const heading = paragraph.text.slice(0, node.heading.end).trim();
  const folded = paragraph.folded.slice(0, node.heading.end).trim();
  const body = readBody(paragraphs, node.index, end, node.heading.end, (at) => ends.get(at) ?? at + 1);
  const above = ancestors(node).map((ancestor) => ({
    node: ancestor,
    words: paragraphs[ancestor.index]?.text.slice(0, ancestor.heading.end).trim() ?? '',
  }));
  const bracketed = bracketedAtEnd(folded) ?? '';
  const bracketedTerm = statedTerm(bracketed);
  const ending = statedAtEnd(withoutEndMarks(folded));
  const aspect = above.find(
    ({
      node: {
        heading: { kind },
      },
    }) => kind === 'aspect' || kind === 'problem' || kind === 'likely',
  );
  const over = above[0];
  const aspectWords =
    aspect?.words ??
    // 二、基层党组织建设 above the problems is an aspect in other words.
    (over?.node.heading.kind === 'plain' &&
    over.words.length <= 60 &&
    !/整改|情况|工作|任务|问题/.test(over.words)
      ? over.words
      : undefined);
  const statedStatus =
    body.statedStatus ??
    (bracketedTerm === undefined ? statusPhrase(bracketed) : undefined) ??
    ending?.status ??
    groupStatus(above);
  const term =
    body.term ??
    bracketedTerm ??
    ending?.term ??
    above.map(({ words }) => statedTerm(words)).find((found) => found !== undefined);
  const lines: LineRange = [linesOf(paragraph)[0], linesOf(paragraphs[end - 1] ?? paragraph)[1]];
  for (const measure of body.measures) {
    const occurredOn = readOccurrence(measure.text, measure.lines[0], warn);
    if (occurredOn !== undefined) measure.occurredOn = occurredOn;
  }
  return {
    itemId: String(index + 1).padStart(4, '0'),
    printedNumber: paragraph.marker?.printed ?? null,
    title: titleOf(heading),
    heading,
    ...(statedStatus === undefined ? {} : { statedStatus }),
    ...(aspectWords === undefined ? {} : { aspect: titleOf(aspectWords) }),
    ...(term === undefined ? {} : { term }),
    measures: body.measures,
    notes: body.notes,
    group: groups.indexOf(node.parent),
    headingLines: linesOf(paragraph, 0, node.heading.end),
    lines,
  };
}

function ancestors(node: OutlineNode): OutlineNode[] {
  const found: OutlineNode[] = [];
  for (let above = node.parent; above !== undefined; above = above.parent) found.push(above);
  return found;
}

/** (一)已完成的问题 says of each item below it what an item could say itself. */
function groupStatus(above: ReadonlyArray<{ node: OutlineNode; words: string }>): StatedStatus | undefined {
  for (const { node, words } of above) {
    if (node.heading.kind !== 'grouping') continue;
    // 长期坚持的问题 says how long they take, not how far they are.
    if (statedTerm(words) !== undefined) continue;
    const status = statusPhrase(words.replace(/(?:整改)?的?(?:问题|事项|任务).*$/, ''));
    if (status !== undefined) return status;
  }
  return undefined;
}
