import type { AskedWeeks } from '../../app/figures.ts';
import type { AskedCut } from '../../app/ledger.ts';
import { clockQuery } from '../time/clocks.tsx';
import type { Visit } from '../visit.ts';

/** Both ends as the address has them; an empty field of a form asks nothing. */
export const askedWeeks = ({ c }: Visit): AskedWeeks => ({
  from: c.req.query('from') || undefined,
  to: c.req.query('to') || undefined,
});

/** The weeks as members of an address, or as hidden fields of another form. */
export const keptWeeks = ({ from, to }: AskedWeeks): { readonly [name: string]: string } => ({
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
});

/** The same picture of the same weeks elsewhere. */
export const figuresQuery = (asked: AskedCut, weeks: AskedWeeks): string =>
  clockQuery(asked, keptWeeks(weeks));
