import { inlineRun } from './inline-runs.ts';
import { readLabel } from './labels.ts';
import { readMarker } from './markers.ts';
import type { Paragraph } from './source-text.ts';
import { type Heading, opensBody } from './wording.ts';

const heads = new Set(['problem', 'aspect', 'part', 'grouping', 'closing']);

/** An open heading of the outline. */
interface Owner {
  index: number;
  heading: Heading;
}

/**
 * Lists of measures numbered in the very style of the problems: behind 整改措施: below 2. a new 1. begins such a list,
 * and its own 2. and 3. go on with it, until a number heads a problem again.
 */
export class Restarts {
  readonly #paragraphs: readonly Paragraph[];
  /** The number that the open list has reached, and under which problem. */
  #list: { owner: Owner; last: number } | undefined;

  constructor(paragraphs: readonly Paragraph[]) {
    this.#paragraphs = paragraphs;
  }

  /** 整改措施:1.甲 begins a list in the label's own line. `owner` is the heading that is open in its style. */
  readLabelLine(index: number, heading: Heading, ownerOf: (style: string) => Owner | undefined): void {
    const paragraph = this.#paragraphs[index];
    if (paragraph === undefined || paragraph.marker !== undefined || !opensBody(heading)) return;
    const { text, folded } = paragraph;
    const at = readLabel(folded)?.length ?? 0;
    const first = readMarker(text.slice(at, at + 48), folded.slice(at, at + 48));
    const owner = first?.ordinal === 1 ? ownerOf(first.style) : undefined;
    if (first === undefined || owner === undefined) return;
    const run = inlineRun(text, folded, at + first.length, text.length, first);
    this.#list = { owner, last: run.at(-1)?.marker.ordinal ?? 1 };
  }

  /** Whether a marked paragraph belongs to such a list below `owner`, the open heading of its style. */
  holds(index: number, heading: Heading, owner: Owner): boolean {
    const ordinal = this.#paragraphs[index]?.marker?.ordinal;
    const isOwn = this.#list?.owner === owner;
    if (!isOwn) this.#list = undefined;
    if (ordinal === undefined || this.#isHead(index, heading, owner)) return false;
    const goesOn = isOwn && ordinal === (this.#list?.last ?? 0) + 1;
    if (!goesOn && !(ordinal === 1 && this.#mayBegin(index, heading, owner))) return false;
    this.#list = { owner, last: ordinal };
    return true;
  }

  #isHead(index: number, heading: Heading, owner: Owner): boolean {
    if (heading.label !== undefined || heads.has(heading.kind)) return true;
    if (heading.kind === 'likely' && owner.heading.kind === 'likely') return true;
    return this.#isLabelLine(index + 1);
  }

  #mayBegin(index: number, heading: Heading, owner: Owner): boolean {
    if (this.#isLabelLine(index - 1)) return true;
    return owner.index === index - 1 && owner.heading.kind === 'problem' && heading.kind === 'plain';
  }

  /** 整改措施: on a line of its own, or with its value. */
  #isLabelLine(index: number): boolean {
    const paragraph = this.#paragraphs[index];
    if (paragraph === undefined || paragraph.marker !== undefined || paragraph.table) return false;
    const label = readLabel(paragraph.folded);
    return label !== undefined && label.labelClass !== 'problem';
  }
}
