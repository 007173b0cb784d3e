import type { ViewStore } from '../../domain/ports.ts';

/** Sort keys from `first` to `last`, both inclusive. */
export interface SortRange {
  readonly first: string | undefined;
  readonly last: string | undefined;
}

/** The last of all characters: no key of ours holds it, so everything with a prefix sorts up to prefix + LAST. */
const LAST = '\u{10ffff}';

/**
 * Brings the bounds of a range into the one condition that a query can put on its sort key; undefined when no
 * key can lie within. `after` becomes an inclusive end, and the reader drops the row that has it: engines differ
 * on which `ExclusiveStartKey` they accept beside a condition (DynamoDB Local refuses one on the boundary).
 */
export function sortRange(
  { prefix, from, to, after }: Parameters<ViewStore['range']>[1],
  descending: boolean,
): SortRange | undefined {
  const first = furthest(1, [prefix, from, descending ? undefined : after]);
  const last = furthest(-1, [prefix ? prefix + LAST : undefined, to, descending ? after : undefined]);
  if (last === '' || (first !== undefined && last !== undefined && compareKeys(first, last) > 0)) {
    return undefined;
  }
  // The engine refuses an empty key, and from there on is from the start.
  return { first: first === '' ? undefined : first, last };
}

function furthest(direction: 1 | -1, bounds: readonly (string | undefined)[]): string | undefined {
  let found: string | undefined;
  for (const bound of bounds) {
    if (bound === undefined) continue;
    if (found === undefined || direction * compareKeys(bound, found) > 0) found = bound;
  }
  return found;
}

/** Keys sort by their bytes in UTF-8, which is not the order of JavaScript's `<` beyond the first plane. */
const compareKeys = (one: string, other: string): number =>
  Buffer.compare(Buffer.from(one), Buffer.from(other));
