import { parseAccept } from 'hono/utils/accept';

/**
 * The offered media type that the `Accept` header likes best, the first of equals; undefined when it likes none.
 * Without a header, the first.
 * @see RFC 9110 section 12.5.1
 */
export function negotiate<T extends string>(
  accept: string | undefined,
  offered: readonly T[],
): T | undefined {
  if (accept === undefined || accept.trim() === '') return offered[0];
  const ranges = parseAccept(accept);
  let best: T | undefined;
  let bestQuality = 0;
  for (const type of offered) {
    const quality = qualityOf(type, ranges);
    if (quality <= bestQuality) continue;
    best = type;
    bestQuality = quality;
  }
  return best;
}

/** The most specific range that covers the type decides. */
function qualityOf(type: string, ranges: readonly { readonly type: string; readonly q: number }[]): number {
  const wildcards = [type, `${type.split('/')[0]}/*`, '*/*'];
  for (const wanted of wildcards) {
    const range = ranges.find((one) => one.type.toLowerCase() === wanted);
    if (range) return range.q;
  }
  return 0;
}
