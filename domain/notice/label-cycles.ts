import { readLabel } from './labels.ts';
import type { Paragraph } from './source-text.ts';
import { namesDeficiency, readHeading } from './wording.ts';

/** Longest line without a marker that is taken for a heading because a label follows it. */
const LONGEST = 80;

/**
 * Lines without a marker that the labels below them make headings: where each problem is followed by the same
 * labels, the line before the first of them names it. Where markers number the problems, none.
 */
export function headingsBeforeLabels(paragraphs: readonly Paragraph[]): Set<number> {
  const first = paragraphs.findIndex((paragraph) => nameOf(paragraph) !== undefined);
  const name = nameOf(paragraphs[first]);
  if (name === undefined || isNumbered(paragraphs, first)) return new Set();
  const before: number[] = [];
  let labels = 0;
  paragraphs.forEach((paragraph, index) => {
    if (nameOf(paragraph) !== name) return;
    labels += 1;
    if (mayHead(paragraphs[index - 1])) before.push(index - 1);
  });
  return labels > 1 && before.length === labels ? new Set(before) : new Set();
}

/** The name of a label that opens what is told of a problem. */
function nameOf(paragraph: Paragraph | undefined): string | undefined {
  if (paragraph === undefined || paragraph.marker !== undefined || paragraph.table) return undefined;
  const label = readLabel(paragraph.folded);
  if (label === undefined || ['problem', 'effect', 'status'].includes(label.labelClass)) return undefined;
  return paragraph.folded.slice(0, label.length).trim();
}

function mayHead(paragraph: Paragraph | undefined): boolean {
  if (paragraph === undefined || paragraph.marker !== undefined || paragraph.table) return false;
  const { folded } = paragraph;
  if (folded.length > LONGEST || /[。;!?].|:$/.test(folded) || readLabel(folded) !== undefined) return false;
  const { kind } = readHeading(folded, false);
  return kind === 'problem' || (kind === 'plain' && (!/[。!?]$/.test(folded) || namesDeficiency(folded)));
}

/** Whether a marker numbers the problem, so that the lines below it only describe it or are its measures. */
function isNumbered(paragraphs: readonly Paragraph[], first: number): boolean {
  const paragraph = paragraphs.slice(0, first).findLast((earlier) => earlier.marker !== undefined);
  if (paragraph === undefined) return false;
  return ['problem', 'likely', 'plain'].includes(readHeading(paragraph.folded, true).kind);
}
