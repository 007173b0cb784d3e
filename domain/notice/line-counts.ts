import type { LineCounts, NoticeItem } from './report.ts';
import type { Paragraph } from './source-text.ts';

type Class = 'header' | 'items' | 'measures' | 'tail';

/**
 * Counts every line once. One that holds a heading and the measure behind it is a line of the items; one that holds a
 * label such as 整改措施: and the measure behind it is a line of the measures. What no paragraph holds was blank or
 * page chrome.
 */
export function assignLines(
  total: number,
  header: readonly Paragraph[],
  tail: readonly Paragraph[],
  ofItems: readonly Paragraph[],
  items: readonly NoticeItem[],
): LineCounts {
  const classes = new Map<number, Class>();
  const assign = (paragraphs: readonly Paragraph[], to: Class) => {
    for (const paragraph of paragraphs) for (const piece of paragraph.pieces) classes.set(piece.line, to);
  };
  assign(header, 'header');
  assign(tail, 'tail');
  assign(ofItems, 'items');
  for (const item of items) {
    for (const measure of item.measures) {
      for (let line = measure.lines[0]; line <= measure.lines[1]; line += 1) {
        if (line !== item.lines[0] && classes.has(line)) classes.set(line, 'measures');
      }
    }
  }
  const counts: LineCounts = {
    total,
    header: 0,
    items: 0,
    measures: 0,
    tail: 0,
    ignored: total - classes.size,
  };
  for (const to of classes.values()) counts[to] += 1;
  return counts;
}
