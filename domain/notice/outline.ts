import type { Paragraph } from './paragraphs.ts';
import { type Heading, type HeadingKind, readHeading } from './wording.ts';

/** A paragraph that heads others: one with a marker, or an unmarked line worded as a heading. */
export interface OutlineNode {
  /** Index of its paragraph; those up to `end`, exclusive, stand under it. */
  index: number;
  end: number;
  style: string;
  heading: Heading;
  parent: OutlineNode | undefined;
  children: OutlineNode[];
}

const unmarkedStyles: Partial<Record<HeadingKind, string>> = {
  problem: 'unmarked problem',
  aspect: 'unmarked aspect',
  grouping: 'unmarked grouping',
  part: 'unmarked part',
};

/** How far above the problems a heading stands, where no marker tells. */
const height: Partial<Record<HeadingKind, number>> = { part: 3, grouping: 2, aspect: 1 };

/**
 * Levels come from the order in which marker styles first appear: a style already open closes everything below
 * it, a new one opens a level below the last. No table says that 1. stands below (一).
 */
export function readOutline(paragraphs: readonly Paragraph[]): OutlineNode[] {
  const nodes: OutlineNode[] = [];
  const open: OutlineNode[] = [];
  paragraphs.forEach((paragraph, index) => {
    const heading = readHeading(paragraph.folded, paragraph.marker !== undefined);
    const style = styleOf(paragraph, heading);
    if (style === undefined) return;
    const level = open.findIndex((node) => node.style === style);
    const keep = level >= 0 ? level : levelOfNewStyle(open, style, heading.kind);
    for (const closed of open.splice(keep)) closed.end = index;
    const parent = open.at(-1);
    const node: OutlineNode = { index, end: paragraphs.length, style, heading, parent, children: [] };
    parent?.children.push(node);
    open.push(node);
    nodes.push(node);
  });
  return nodes;
}

function styleOf(paragraph: Paragraph, heading: Heading): string | undefined {
  if (paragraph.table) return undefined;
  if (paragraph.marker !== undefined) return paragraph.marker.style;
  return unmarkedStyles[heading.kind];
}

/** How many of the open levels stay open above a style that is not among them. */
function levelOfNewStyle(open: readonly OutlineNode[], style: string, kind: HeadingKind): number {
  const own = height[kind];
  if (style.startsWith('unmarked')) {
    // Measures never stand above a heading that has no marker; only headings of a higher kind do.
    let level = 0;
    while (level < open.length && (height[open[level]?.heading.kind ?? 'plain'] ?? 0) > (own ?? 0))
      level += 1;
    return level;
  }
  if (style === 'han' && (kind === 'part' || kind === 'closing')) return 0;
  return open.length;
}
