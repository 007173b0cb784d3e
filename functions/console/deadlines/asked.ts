import { type Refusal, refuse } from '../../../domain/refusals.ts';
import type { DeadlineFilter } from '../../app/case-deadlines.ts';
import type { AskedCut } from '../../app/ledger.ts';
import { fieldErrors } from '../../http/field-errors.ts';
import { deadlineParameters } from '../../http/requests.ts';
import { clockQuery } from '../time/clocks.tsx';
import type { SignedIn } from '../visit.ts';

const DEADLINE_FILTERS = ['office', 'withinDays', 'silentDays'] as const;
type DeadlineFilterName = (typeof DEADLINE_FILTERS)[number];

/** What stands in the fields of the form; those that are left empty ask nothing and are not here. */
export type TypedDeadlines = { readonly [F in DeadlineFilterName]?: string };

export function readTyped({ c }: SignedIn): TypedDeadlines {
  const given = DEADLINE_FILTERS.map((name) => [name, (c.req.query(name) ?? '').trim()] as const);
  return Object.fromEntries(given.filter(([, text]) => text !== ''));
}

/** The filters as the ledger takes them, under the rules of the API's parameters. */
export function checked(typed: TypedDeadlines): DeadlineFilter | Refusal {
  const parsed = deadlineParameters.safeParse(typed);
  if (!parsed.success) return { ...refuse('invalid-request'), errors: fieldErrors(parsed.error, typed) };
  const { office, withinDays, silentDays } = parsed.data;
  return { office, withinDays, silentDays };
}

/** The page under these filters, with the clocks of the picture; from where another page ended. */
export const deadlinesAddress = (typed: TypedDeadlines, clocks: AskedCut, cursor?: string): string =>
  `/deadlines${clockQuery(clocks, { ...typed, ...(cursor === undefined ? {} : { cursor }) })}`;
