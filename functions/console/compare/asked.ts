import { daysAfter } from '../../../domain/dates.ts';
import type { Span } from '../../app/comparison.ts';
import type { SignedIn } from '../visit.ts';

/** What is compared of a case, as the address says. */
export interface Asked extends Span {
  /** Only this item. */
  readonly item: string;
}

/** Without dates: the last thirty days. */
const USUAL_DAYS = 30;

/** The clock and both dates, as the address has them. */
export const askedSpan = ({ c, today }: SignedIn): Span => ({
  axis: c.req.query('axis') === 'effective' ? 'effective' : 'recorded',
  from: c.req.query('from') || daysAfter(today, -USUAL_DAYS),
  to: c.req.query('to') || today,
});
