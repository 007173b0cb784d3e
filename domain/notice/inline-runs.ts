import { type Marker, type MarkerStyle, readMarker } from './markers.ts';
import { hanNumeralClass } from './numerals.ts';
import { statusPhrase } from './statuses.ts';

/** A marker inside a paragraph. */
export interface InlineMarker {
  at: number;
  marker: Marker;
}

/** Where a marker may stand: at the beginning, or behind a mark or a blank. */
const place = new RegExp(`(?:^|[。;,、!?:\\s])(?=[(\\[第\\d①-⓿❶-➓㈠-㊿${hanNumeralClass}])`, 'g');
/** Longest marker with what tells it from a number. */
const WINDOW = 48;
/** Shortest list: ①甲②乙. */
const SHORTEST = 4;
/** Behind a comma only signs that are nothing but markers count. */
const unmistakable = new Set<MarkerStyle>(['circled', 'enumerative', 'arabic-brackets', 'han-brackets']);

/**
 * The markers of one list inside a stretch of a paragraph: one style, numbers from `after` + 1 without a gap. The
 * first stands at the beginning, behind a colon or behind a sentence that only states a status.
 */
export function inlineRun(
  text: string,
  folded: string,
  from: number,
  to: number,
  opened?: Marker,
): InlineMarker[] {
  const found: InlineMarker[] = [];
  if (to - from < SHORTEST) return found;
  const stretch = folded.slice(from, to);
  let style = opened?.style;
  for (const match of stretch.matchAll(place)) {
    const at = from + match.index + match[0].length;
    if (opened !== undefined && at < from + 1) continue;
    const end = Math.min(to, at + WINDOW);
    const marker = readMarker(text.slice(at, end), folded.slice(at, end));
    if (marker === undefined || marker.ordinal !== (opened?.ordinal ?? 0) + found.length + 1) continue;
    if (!HAS_WORDS.test(text.slice(endOfLast(found, from), at)) && found.length > 0) return [];
    if (style === undefined) {
      if (marker.doubtful || !mayBegin(folded.slice(from, at))) return [];
      style = marker.style;
    } else if (marker.style !== style || !mayFollow(match[0], marker)) continue;
    found.push({ at, marker });
  }
  if (!HAS_WORDS.test(text.slice(endOfLast(found, from), to))) return [];
  return found.length + (opened === undefined ? 0 : 1) > 1 ? found : [];
}

/** A marker that nothing follows marks nothing: 一是，二是开展学习 is a sentence and no list. */
const HAS_WORDS = /[\p{L}\p{N}]/u;
const endOfLast = (found: readonly InlineMarker[], from: number): number => {
  const last = found.at(-1);
  return last ? last.at + last.marker.length : from;
};

function mayBegin(before: string): boolean {
  const words = before.trimEnd();
  return words === '' || words.endsWith(':') || statusPhrase(words) !== undefined;
}

function mayFollow(mark: string, { style, doubtful }: Marker): boolean {
  return /[。;!?]/.test(mark) || (unmistakable.has(style) ? true : mark.trim() === '' && !doubtful);
}
