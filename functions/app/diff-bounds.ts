import { day, dayOf, endOfDay, type Instant, parseRfc3339, type ZoneOffset } from '../../domain/dates.ts';
import type { DiffBounds } from '../../domain/diff.ts';
import type { FieldError } from '../../domain/fields.ts';
import { type Refusal, refuse, refuseFields } from '../../domain/refusals.ts';
import type { Span } from './comparison.ts';

/** Both dates of a comparison, resolved. A bare date on the recorded clock means its end; today's means now. */
export function readBounds({ axis, from, to }: Span, now: Instant, zone: ZoneOffset): DiffBounds | Refusal {
  const errors: FieldError[] = [];
  const read = (text: string, pointer: string): string => {
    const date = day(text);
    const bound = axis === 'effective' ? date : date ? endOfDay(date, zone) : parseRfc3339(text);
    if (bound !== undefined) return axis === 'recorded' && date === dayOf(now, zone) ? now : bound;
    const message =
      axis === 'effective'
        ? 'must be a date YYYY-MM-DD'
        : 'must be a date YYYY-MM-DD or an RFC 3339 instant with its offset';
    errors.push({ pointer, code: 'invalid-date', message });
    return '';
  };
  const bounds = { axis, from: read(from, '/from'), to: read(to, '/to') } as DiffBounds;
  if (errors.length > 0) return refuseFields(errors);
  if (bounds.from > bounds.to) {
    return refuseFields([{ pointer: '/to', code: 'out-of-range', message: 'must not be before from' }]);
  }
  const latest = axis === 'effective' ? dayOf(now, zone) : now;
  return bounds.to > latest ? refuse('cut-in-future', `${bounds.to} is after ${latest}`) : bounds;
}
