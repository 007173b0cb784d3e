import { type Marker, type MarkerStyle, readBareNumber, readDecimal, readMarker } from './markers.ts';
import type { SourceLine } from './source-text.ts';
import { readHeading } from './wording.ts';

/** Tells which of the numbers that lines begin with are markers, by those before them. */
export class Numbering {
  readonly #last = new Map<MarkerStyle, Marker>();
  #latest: Marker | undefined;

  /** A marker counts where a line may begin a paragraph, or where its number is the one that is due. */
  accepted(line: SourceLine, broken: boolean): Marker | undefined {
    if (line.table) return undefined;
    const decimal = readDecimal(line.text, line.folded);
    if (decimal !== undefined && this.#isDecimalDue(decimal)) return decimal;
    const marker = readMarker(line.text, line.folded) ?? (broken ? undefined : this.#bareNumber(line));
    if (marker === undefined) return undefined;
    if ((broken || marker.doubtful) && !this.#isDue(marker)) return undefined;
    // 一是 opens a list in prose more often than a paragraph of its own.
    if (marker.style === 'enumerative' && listGoesOn(marker, line.folded)) return undefined;
    if (marker.doubtful && marker.style === 'arabic' && !this.#last.has('arabic')) {
      return headsSomething(line, marker) && /^\d+\s/.test(line.folded) ? marker : undefined;
    }
    return marker;
  }

  /** The marker was used: the next of its style is one more. */
  follow(marker: Marker): void {
    this.#last.set(marker.style, marker);
    if (marker.style !== 'decimal' && marker.style !== 'decimal-third') this.#latest = marker;
  }

  #isDue(marker: Marker): boolean {
    return marker.ordinal === 1 || marker.ordinal === (this.#last.get(marker.style)?.ordinal ?? 0) + 1;
  }

  #bareNumber(line: SourceLine): Marker | undefined {
    const marker = readBareNumber(line.text, line.folded);
    return marker !== undefined && headsSomething(line, marker) ? marker : undefined;
  }

  /** 1.2 follows 1.1, and 1.1 the number 1 in whatever style, or is the first; 2.1 may follow 1.4 as well. */
  #isDecimalDue(marker: Marker): boolean {
    const { style, above = '', ordinal } = marker;
    const before = this.#last.get(style);
    if (before?.above === above && ordinal === before.ordinal + 1) return true;
    if (ordinal !== 1) return false;
    if (style === 'decimal-third') {
      const list = this.#last.get('decimal');
      return list === undefined ? above === '1.1' : above === `${list.above}.${list.ordinal}`;
    }
    const number = Number(above);
    return number === this.#latest?.ordinal || number === Number(before?.above ?? '0') + 1;
  }
}

function headsSomething(line: SourceLine, marker: Marker): boolean {
  return readHeading(line.folded.slice(marker.length), true).kind !== 'plain';
}

const followers = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

function listGoesOn(marker: Marker, folded: string): boolean {
  const next = followers[marker.ordinal];
  return next !== undefined && new RegExp(`[。;,!?]\\s?${next}(?:是|要)`).test(folded);
}
