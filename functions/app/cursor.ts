import { type Refusal, refuse } from '../../domain/refusals.ts';

/** An opaque place in a list. It names the list and its filter, so that it cannot be used on another. */
export function cursorAfter(list: string, place: string): string {
  return Buffer.from(JSON.stringify([list, place])).toString('base64url');
}

/** The place that a cursor names; undefined for the list's start. */
export function placeOf(
  list: string,
  cursor: string | undefined,
  isPlaceOfList: (place: string) => boolean,
): string | undefined | Refusal {
  if (cursor === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (
      Array.isArray(value) &&
      value.length === 2 &&
      value[0] === list &&
      typeof value[1] === 'string' &&
      isPlaceOfList(value[1])
    ) {
      return value[1];
    }
  } catch {
    // No JSON: not a cursor of ours, refused below like any other.
  }
  return refuse('invalid-cursor');
}

export const isPlace = (place: string | undefined | Refusal): place is string | undefined =>
  place === undefined || typeof place === 'string';

/** Places that are numbers: an offset from 0. */
export const isOffset = (place: string): boolean => /^(?:0|[1-9][0-9]{0,6})$/.test(place);
