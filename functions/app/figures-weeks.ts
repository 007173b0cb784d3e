import { type Day, day, daysBetween } from '../../domain/dates.ts';
import type { FieldError } from '../../domain/fields.ts';
import { MOST_DAYS } from '../../domain/figures/weeks.ts';
import { type Refusal, refuseFields } from '../../domain/refusals.ts';
import type { AskedWeeks } from './figures.ts';

/** The days that name the first and the last week; the last is that of the picture unless another is asked for. */
export function readWeeks(
  asked: AskedWeeks,
  on: Day,
): { readonly from: Day | undefined; readonly to: Day } | Refusal {
  const errors: FieldError[] = [];
  const read = (text: string | undefined, pointer: string): Day | undefined => {
    const date = text === undefined ? undefined : day(text);
    if (text !== undefined && date === undefined)
      errors.push({ pointer, code: 'invalid-date', message: 'must be a date YYYY-MM-DD' });
    return date;
  };
  const from = read(asked.from, '/from');
  const asksTo = read(asked.to, '/to');
  if (errors.length > 0) return refuseFields(errors);
  const outside = (pointer: string, message: string) =>
    refuseFields([{ pointer, code: 'out-of-range', message }]);
  if (asksTo !== undefined && asksTo > on) return outside('/to', `must not be after ${on}`);
  const to = asksTo ?? on;
  if (from === undefined) return { from, to };
  if (from > to) return outside('/from', `must not be after ${to}`);
  if (daysBetween(from, to) > MOST_DAYS)
    return outside('/from', `must be at most ${MOST_DAYS} days before ${to}`);
  return { from, to };
}
