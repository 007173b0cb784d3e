import { headingsBeforeLabels } from './label-cycles.ts';
import { readLabel } from './labels.ts';
import { Restarts } from './restarts.ts';
import type { Paragraph } from './source-text.ts';
import { type Heading, type HeadingKind, opensBody, readHeading } from './wording.ts';

/** A paragraph that heads others: one with a marker, or an unmarked line worded as a heading. */
export interface OutlineNode {
  /** Index of its paragraph; those up to `end`, exclusive, stand under it. */
  index: number;
  end: number;
  style: string;
  heading: Heading;
  /** 整改措施:, 整改情况: or their like follow it directly. */
  labelled: boolean;
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

/** How far a label may stand behind its heading; a description may come between. */
const LABEL_WITHIN = 4;

/**
 * Levels come from the order in which marker styles first appear: a style already open closes everything below
 * it, a new one opens a level below the last. No table says that 1. stands below (一).
 */
export function readOutline(paragraphs: readonly Paragraph[]): OutlineNode[] {
  const nodes: OutlineNode[] = [];
  const open: OutlineNode[] = [];
  const told = headingsBeforeLabels(paragraphs);
  const restarts = new Restarts(paragraphs);
  const openIn = (style: string) => open.find((node) => node.style === style);
  paragraphs.forEach((paragraph, index) => {
    const read = readHeading(paragraph.folded, paragraph.marker !== undefined);
    const heading: Heading = told.has(index) ? { ...read, kind: 'problem' } : read;
    const labels = opensBody(heading);
    if (labels) markLabelled(open, index);
    restarts.readLabelLine(index, heading, openIn);
    const printed = styleOf(paragraph, heading);
    if (printed === undefined) return;
    const owner = paragraph.marker === undefined ? undefined : openIn(printed);
    const style = owner !== undefined && restarts.holds(index, heading, owner) ? `${printed} list` : printed;
    const keep = levelOf(open, style, heading, index, labels);
    for (const closed of open.splice(keep.level)) closed.end = index;
    const parent = open.at(-1);
    const node: OutlineNode = {
      index,
      end: paragraphs.length,
      style: keep.style,
      heading,
      labelled: labelBehind(paragraph, heading),
      parent,
      children: [],
    };
    parent?.children.push(node);
    open.push(node);
    nodes.push(node);
  });
  return nodes;
}

function markLabelled(open: readonly OutlineNode[], index: number): void {
  const owner = open.at(-1);
  if (owner !== undefined && owner.heading.label === undefined && index - owner.index <= LABEL_WITHIN)
    owner.labelled = true;
}

/** (四)干部活力不足。整改情况:… holds the label in its own paragraph. */
function labelBehind(paragraph: Paragraph, heading: Heading): boolean {
  if (heading.label !== undefined) return false;
  const label = readLabel(paragraph.folded.slice(heading.end, heading.end + 40).trimStart());
  return label !== undefined && opensBody({ ...heading, label: label.labelClass });
}

function styleOf(paragraph: Paragraph, heading: Heading): string | undefined {
  if (paragraph.table) return undefined;
  if (paragraph.marker !== undefined) return paragraph.marker.style;
  return unmarkedStyles[heading.kind];
}

/** How many of the open levels stay open above a heading, and the style under which it is known. */
function levelOf(
  open: readonly OutlineNode[],
  style: string,
  heading: Heading,
  index: number,
  labels: boolean,
): { level: number; style: string } {
  const level = open.findIndex((node) => node.style === style);
  const same = open[level];
  // 2.整改措施: belongs to 1.存在问题:, whatever their numbers say.
  if (labels || heading.label === 'effect' || heading.label === 'status') {
    if (same?.heading.label === 'problem') return { level: level + 1, style: `${style} label` };
  }
  if (same !== undefined) return { level, style };
  // 整改任务: right under a heading belongs to it.
  const last = open.at(-1);
  const below = heading.label === 'problem' && last?.index === index - 1 && last.heading.label === undefined;
  return { level: below ? open.length : levelOfNewStyle(open, style, heading.kind), style };
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
