import { readLines, splitLines } from './lines.ts';
import type { LineRange, NoticeGroup, NoticeItem, NoticeMeasure, NoticeReport } from './report.ts';

/** What a source line, or a part of it, was taken for. `begins` is false where it goes on with what began above. */
export type LineReading =
  | { readonly kind: 'header' }
  | { readonly kind: 'group'; readonly group: NoticeGroup; readonly begins: boolean }
  | { readonly kind: 'item'; readonly item: NoticeItem; readonly begins: boolean }
  | { readonly kind: 'measure'; readonly measure: NoticeMeasure; readonly begins: boolean }
  | { readonly kind: 'note' }
  | { readonly kind: 'tail' };

/** A source line with what was understood of it: nothing where it was blank or page chrome. */
export interface ReadLine {
  readonly number: number;
  /** As it stands in the source, without a byte order mark. */
  readonly text: string;
  readonly readings: readonly LineReading[];
}

type Read = Pick<NoticeReport, 'groups' | 'items' | 'tail'>;

/** The whole source line by line, beside what a report of this very text says of each. */
export function readingsByLine(text: string, { groups, items, tail }: Read): readonly ReadLine[] {
  const found = new Map<number, LineReading[]>();
  const put = ([first, last]: LineRange, reading: (line: number) => LineReading) => {
    for (let line = first; line <= last; line += 1) {
      const before = found.get(line);
      if (before) before.push(reading(line));
      else found.set(line, [reading(line)]);
    }
  };
  for (const group of groups) {
    put(group.lines, (line) => ({ kind: 'group', group, begins: line === group.lines[0] }));
  }
  for (const item of items) {
    put(item.headingLines ?? [item.lines[0], item.lines[0]], (line) => ({
      kind: 'item',
      item,
      begins: line === item.lines[0],
    }));
    for (const measure of item.measures) {
      put(measure.lines, (line) => ({ kind: 'measure', measure, begins: line === measure.lines[0] }));
    }
    for (const note of item.notes) put(note.lines, () => ({ kind: 'note' }));
    // What an item holds besides goes on with the item.
    for (let line = item.lines[0]; line <= item.lines[1]; line += 1) {
      if (!found.has(line)) found.set(line, [{ kind: 'item', item, begins: false }]);
    }
  }
  if (tail.lines) {
    for (let line = tail.lines[0]; line <= tail.lines[1]; line += 1) found.set(line, [{ kind: 'tail' }]);
  }
  // A range spans blank lines and page numbers as well; these were never read.
  const read = new Set(readLines(text).lines.map(({ number }) => number));
  return splitLines(text.replace(/^\ufeff/, '')).map((line, index) => ({
    number: index + 1,
    text: line,
    readings: read.has(index + 1) ? (found.get(index + 1) ?? [{ kind: 'header' }]) : [],
  }));
}
