import { sha256Hex } from '../hashing.ts';
import type { CaseId, ItemId } from '../ids.ts';

/** A closed item that may be drawn. */
export interface Candidate {
  readonly itemId: ItemId;
  /** Code of the lead office; null where none leads, and these items count as one office more. */
  readonly lead: string | null;
  /** A red flag stands on it that nobody dismissed. */
  readonly flagged: boolean;
}

/** A candidate with its number, by which it stands in line. */
interface Numbered extends Candidate {
  readonly number: string;
}

/** Of the places of an office, what flagged items get first: at least half. */
const FLAGGED_SHARE = 2;

/**
 * Draws `size` of the closed items of a case to be checked on site, by office and by flags. Whoever has the list of
 * candidates and SHA-256 can do it again by hand:
 *
 * 1. Each item has a number: SHA-256 of `seed/caseId/itemId` in UTF-8, as 64 hex digits
 *    (`printf '%s' 'seed/qihe-2024/0026' | sha256sum`). All items stand in one line, smallest number first.
 *    An office stands in that line where its first item stands.
 * 2. With no fewer places than offices each office gets one place. The places left over go to the offices in
 *    proportion to the items that each has left (its items less one): first the whole part of
 *    places left × items left of the office ÷ items left of all, then one place more each to the largest remainders;
 *    of equal remainders to the office that stands first in the line.
 *    With fewer places than offices, the offices that stand first in the line get one place each: so a large office is
 *    likelier to be among them, and none can know beforehand that it is not.
 * 3. Within an office half of its places, rounded up, go to flagged items; more where there are too few others, fewer
 *    where there are too few flagged ones. A flag is a reason to look; but a sample of flagged items alone would say
 *    nothing of the closings that look well, and would tell everybody which are never looked at. Flagged and others
 *    are each taken in the order of the line.
 *
 * Neither the order of the candidates nor the flags of another office change what is drawn. `size` ≥ the number of
 * candidates takes all. The answer is in the order of the ids.
 */
export function drawSample(
  caseId: CaseId,
  candidates: readonly Candidate[],
  { seed, size }: { readonly seed: string; readonly size: number },
): readonly ItemId[] {
  const line = candidates
    .map((candidate): Numbered => ({ ...candidate, number: numberOf(seed, caseId, candidate.itemId) }))
    .sort((one, other) => (one.number < other.number ? -1 : 1));
  const offices = new Map<string | null, Numbered[]>();
  for (const item of line) {
    const others = offices.get(item.lead);
    if (others) others.push(item);
    else offices.set(item.lead, [item]);
  }
  const queues = [...offices.values()];
  const places = placesOf(
    queues.map(({ length }) => length),
    Math.min(size, line.length),
  );
  return queues.flatMap((queue, index) => drawnFrom(queue, places[index] ?? 0)).sort();
}

const numberOf = (seed: string, caseId: CaseId, itemId: ItemId): string =>
  sha256Hex(`${seed}/${caseId}/${itemId}`);

/** How many places each office gets; `sizes` in the order of the line, `places` ≤ their sum. */
function placesOf(sizes: readonly number[], places: number): readonly number[] {
  if (places <= sizes.length) return sizes.map((_, index) => (index < places ? 1 : 0));
  const left = places - sizes.length;
  const items = sizes.reduce((sum, size) => sum + size - 1, 0);
  const shares = sizes.map((size, index) => {
    const product = left * (size - 1);
    return { index, whole: Math.floor(product / items), remainder: product % items };
  });
  const rest = left - shares.reduce((sum, { whole }) => sum + whole, 0);
  const more = new Set(
    [...shares]
      .sort((one, other) => other.remainder - one.remainder || one.index - other.index)
      .slice(0, rest)
      .map(({ index }) => index),
  );
  return shares.map(({ index, whole }) => 1 + whole + (more.has(index) ? 1 : 0));
}

function drawnFrom(queue: readonly Numbered[], places: number): readonly ItemId[] {
  const flagged = queue.filter((item) => item.flagged);
  const others = queue.filter((item) => !item.flagged);
  const wanted = Math.max(Math.ceil(places / FLAGGED_SHARE), places - others.length);
  const fromFlagged = Math.min(wanted, flagged.length);
  return [...flagged.slice(0, fromFlagged), ...others.slice(0, places - fromFlagged)].map(
    ({ itemId }) => itemId,
  );
}
