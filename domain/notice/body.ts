import type { StatedStatus, Term } from '../entries.ts';
import { endsSentence } from './characters.ts';
import { inlineRun } from './inline-runs.ts';
import { innerLabels, type LabelClass, readLabel } from './labels.ts';
import { type Marker, markerText, readMarker } from './markers.ts';
import { linesOf } from './paragraphs.ts';
import type { LineRange, NoticeMeasure, NoticeNote } from './report.ts';
import type { Paragraph } from './source-text.ts';
import { statedTerm, statusInProse, statusPhrase, termPhrase } from './statuses.ts';

export interface ItemBody {
  measures: NoticeMeasure[];
  notes: NoticeNote[];
  statedStatus?: StatedStatus;
  term?: Term;
}

/** One paragraph, or the part of one behind a heading or a label. */
interface Piece {
  number: string | null;
  text: string;
  folded: string;
  lines: LineRange;
  table: boolean;
  /** Index of its paragraph. */
  at: number;
  /** Index behind the last paragraph that stands below this marked one; its own + 1 where none does. */
  end: number;
}

/** Longest text of a paragraph that is only the heading of the marked ones below it. */
const SUBHEADING = 40;

/**
 * Tells the measures of an item from its sub-headings, tables and statuses. A marked paragraph is one measure with
 * all that continues it: the unmarked ones behind it and the marked ones below it; without markers each paragraph is
 * one. `headingRest` is where the body begins in the heading's own paragraph, `endBelow` tells where what stands
 * below a paragraph ends.
 */
export function readBody(
  paragraphs: readonly Paragraph[],
  from: number,
  to: number,
  headingRest: number,
  endBelow: (index: number) => number,
): ItemBody {
  const all: Piece[] = [];
  const heading = paragraphs[from];
  const add = (found: readonly Piece[]) => {
    for (const piece of found) all.push(piece);
  };
  if (heading !== undefined && headingRest < heading.text.length)
    add(pieces(heading, headingRest, from, from + 1));
  for (let index = from + 1; index < to; index += 1) {
    const paragraph = paragraphs[index];
    if (paragraph !== undefined) add(pieces(paragraph, 0, index, endBelow(index)));
  }
  const reader = new BodyReader();
  const described = descriptionEnd(all);
  for (const [index, piece] of all.entries()) reader.read(piece, index < described);
  reader.close();
  return reader.body;
}

/** What stands unmarked between a heading and the first 整改措施: or 整改情况: describes the problem. */
function descriptionEnd(all: readonly Piece[]): number {
  const first = all.findIndex((piece) => piece.number !== null || readLabel(piece.folded) !== undefined);
  const piece = all[first];
  if (piece === undefined) return 0;
  const label = readLabel(piece.folded);
  if (label?.labelClass === 'done') {
    const answer = statusPhrase(all[first + 1]?.folded ?? '');
    return answer === undefined && /^[[【(<]?整改[^完结成]{0,4}情况/.test(piece.folded) ? first : 0;
  }
  return label?.labelClass === 'doing' || label?.labelClass === 'particular' ? first : 0;
}

/** Parts a paragraph at the labels inside it and at the markers of a list that it holds. */
function pieces(paragraph: Paragraph, from: number, index: number, endBelow: number): Piece[] {
  const piece = (start: number, end: number, number: string | null): Piece => {
    const words = paragraph.text.slice(start, end);
    const lead = start + (words.length - words.trimStart().length);
    return {
      number,
      text: words.trim(),
      folded: paragraph.folded.slice(start, end).trim(),
      lines: linesOf(paragraph, lead, end),
      table: paragraph.table,
      at: index,
      end: index + 1,
    };
  };
  const { text, folded } = paragraph;
  const marker = from > 0 ? undefined : paragraph.marker;
  if (paragraph.table) return [piece(from, text.length, marker?.printed ?? null)];
  const labelled = marker === undefined || readLabel(folded) !== undefined;
  const cuts = labelled ? labelCuts(folded, from) : [from];
  const parts: Piece[] = [];
  cuts.forEach((start, cut) => {
    const end = cuts[cut + 1] ?? text.length;
    const opened = cut === 0 ? marker : undefined;
    const first = opened ?? (cut > 0 || from > 0 ? firstOfList(paragraph, start, end) : undefined);
    let at = start + (opened === undefined ? (first?.length ?? 0) : 0);
    let printed = first?.printed ?? null;
    const list = first !== undefined && first.ordinal !== 1 ? [] : inlineRun(text, folded, at, end, first);
    for (const next of list) {
      if (next.at > at) parts.push(piece(at, next.at, printed));
      printed = next.marker.printed;
      at = next.at + next.marker.length;
    }
    parts.push(piece(at, end, printed));
  });
  // What stands below a paragraph stands below the last that it numbers.
  const last = parts.findLast((part) => part.number !== null);
  if (last !== undefined) last.end = endBelow;
  return parts.filter((part) => part.text !== '' || part.number !== null);
}

/** The marker that numbers the first of a list right behind a label or a heading. */
function firstOfList(paragraph: Paragraph, start: number, end: number): Marker | undefined {
  const words = paragraph.text.slice(start, end);
  const lead = words.length - words.trimStart().length;
  const marker = readMarker(
    paragraph.text.slice(start + lead, Math.min(end, start + lead + 48)),
    paragraph.folded.slice(start + lead, Math.min(end, start + lead + 48)),
  );
  if (marker === undefined || marker.ordinal !== 1 || marker.doubtful) return undefined;
  return { ...marker, length: marker.length + lead };
}

function labelCuts(folded: string, from: number): number[] {
  const cuts = [from];
  const add = (at: number) => {
    if (at > (cuts.at(-1) ?? 0) && at < folded.length) cuts.push(at);
  };
  for (const at of [0, ...innerLabels(folded.slice(from))].map((offset) => offset + from)) {
    const label = readLabel(folded.slice(at, at + 48));
    add(at);
    if (label !== undefined && at + label.length < folded.length) add(at + label.length);
  }
  return cuts;
}

class BodyReader {
  readonly body: ItemBody = { measures: [], notes: [] };
  #label: LabelClass | undefined;
  /** The measure that an unmarked paragraph would continue. */
  #open: NoticeMeasure | undefined;
  #openTexts: string[] = [];
  /** Index of the open measure's own paragraph, and that behind the last one below it. */
  #openFrom = 0;
  #openEnd = 0;
  /** Index of the paragraph last read into the open measure. */
  #openAt = 0;
  #measuresBeforeLabel = 0;

  read(piece: Piece, describes: boolean): void {
    const label = piece.table ? undefined : readLabel(piece.folded);
    if (label !== undefined && label.length >= piece.folded.length) {
      this.#label = label.labelClass;
      this.#measuresBeforeLabel = this.body.measures.length;
      this.#note(piece);
      return;
    }
    // What a marker numbers is never only a term or a status.
    const plain = !piece.table && piece.number === null;
    // (长期坚持) alone says how long the problem takes; behind 完成情况: it says how far it is.
    const term = plain && this.#label === undefined ? termPhrase(piece.folded) : undefined;
    if (term !== undefined) {
      this.body.term = term;
      this.#note(piece);
      return;
    }
    // 整改时限:长期坚持 states a term.
    const status = plain && this.#label !== 'term' ? statusPhrase(piece.folded) : undefined;
    if (status !== undefined) {
      this.body.statedStatus = status;
      this.#note(piece);
      return;
    }
    if (piece.table || describes) this.#note(piece);
    else if (piece.number !== null) this.#readMarked(piece);
    else this.#readUnmarked(piece);
  }

  #readMarked(piece: Piece): void {
    if (this.#open !== undefined && piece.at > this.#openFrom && piece.at < this.#openEnd) {
      this.#goOn(piece);
      return;
    }
    // A marker alone numbers nothing.
    if (piece.text === '' || (piece.end > piece.at + 1 && isSubheading(piece.folded))) this.#note(piece);
    else this.#measure(piece);
  }

  #goOn(piece: Piece): void {
    const open = this.#open;
    if (open === undefined) return;
    const words = `${markerText(piece.number)}${piece.text}`.trim();
    const before = this.#openTexts.at(-1) ?? '';
    const sameLine = piece.number !== null && piece.at === this.#openAt;
    if (!sameLine) this.#openTexts.push('\n', words);
    else this.#openTexts.push(/\p{P}$/u.test(before.slice(-1)) ? '' : ' ', words);
    this.#openAt = piece.at;
    open.lines = [open.lines[0], Math.max(open.lines[1], piece.lines[1])];
    this.#readStatusIn(piece);
  }

  #readUnmarked(piece: Piece): void {
    if (this.#isParticular(piece)) {
      this.#note(piece);
      return;
    }
    const open = this.#open;
    if (open !== undefined && (open.printedNumber !== null || !endsSentence(this.#openTexts.at(-1) ?? ''))) {
      this.#goOn(piece);
      return;
    }
    // A sentence that only announces a list is no measure.
    if (/:$/.test(piece.folded)) this.#note(piece);
    else this.#measure(piece);
  }

  /** Whether a paragraph below a label tells aims, persons or effects, or reports on measures already listed. */
  #isParticular(piece: Piece): boolean {
    const term = this.#label === 'term' ? statedTerm(piece.folded) : undefined;
    if (term !== undefined) this.body.term = term;
    switch (this.#label) {
      case 'particular':
      case 'term':
      case 'status':
      case 'problem':
        return true;
      case 'effect':
      case 'done':
        return this.#measuresBeforeLabel > 0 && this.body.measures.length === this.#measuresBeforeLabel;
      default:
        return false;
    }
  }

  #measure(piece: Piece): void {
    this.close();
    this.#open = { printedNumber: piece.number, text: piece.text, lines: piece.lines };
    this.#openTexts = [piece.text];
    this.#openFrom = piece.at;
    this.#openAt = piece.at;
    this.#openEnd = piece.end;
    this.body.measures.push(this.#open);
    this.#readStatusIn(piece);
  }

  #note(piece: Piece): void {
    this.close();
    const text = `${markerText(piece.number)}${piece.text}`.trim();
    this.body.notes.push({ text, lines: piece.lines, after: this.body.measures.length });
    this.#readStatusIn(piece);
  }

  /** Joins the paragraphs of the open measure once: joining at every paragraph would copy the text each time. */
  close(): void {
    if (this.#open !== undefined && this.#openTexts.length > 1) this.#open.text = this.#openTexts.join('');
    this.#open = undefined;
  }

  #readStatusIn(piece: Piece): void {
    const status = statusInProse(piece.folded);
    if (status !== undefined) this.body.statedStatus = status;
  }
}

const announcesDeeds = /(?:措施|举措|做法|工作|方面|情况|如下)[^,]{0,6}:$/;

/**
 * Whether a marked paragraph with marked ones below it only heads them: 加强学习。 does, but a full sentence, of several
 * clauses or with a figure in it, is a measure that they continue.
 */
function isSubheading(folded: string): boolean {
  // 建立制度,包括: is a deed whose parts follow; 采取以下措施: only announces the deeds.
  if (/:$/.test(folded))
    return (
      !/[,;]|(?:包括|包含|涵盖|分别为|分别是|其中)[^,]{0,4}:$/.test(folded) || announcesDeeds.test(folded)
    );
  if (folded.length > SUBHEADING || /[。;!?]./.test(folded)) return false;
  return !/[。;!?]$/.test(folded) || !/[,;\d]/.test(folded.slice(0, -1));
}
