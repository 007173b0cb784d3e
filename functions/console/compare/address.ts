import type { Day } from '../../../domain/dates.ts';
import type { CaseId } from '../../../domain/ids.ts';
import type { Span } from '../../app/comparison.ts';
import type { AskedCut } from '../../app/ledger.ts';

/** A comparison of the picture that was asked for with the present, on its axis; undefined of the present itself. */
export function compareWithNow(
  caseId: string,
  { recordedAsOf, effectiveOn }: AskedCut,
  today: Day,
  item?: string,
): string | undefined {
  const from = recordedAsOf ?? effectiveOn;
  if (from === undefined) return undefined;
  const axis = recordedAsOf === undefined ? 'effective' : 'recorded';
  const query = new URLSearchParams({ axis, from, to: today, ...(item === undefined ? {} : { item }) });
  return `/cases/${caseId}/compare?${query}`;
}

/** What the ledger said at a moment about its own day, beside what is known now. */
export const hindsightOf = (caseId: string, believedAsOf: string): string =>
  `/cases/${caseId}/hindsight?${new URLSearchParams({ believedAsOf })}`;

/** The same comparison of one case. */
export const compareOf = (caseId: CaseId, { axis, from, to }: Span): string =>
  `/cases/${caseId}/compare?${new URLSearchParams({ axis, from, to })}`;

/** The same comparison of all cases, from the first or from where a page ended. */
export const compareAll = ({ axis, from, to }: Span, cursor?: string): string =>
  `/compare?${new URLSearchParams({ axis, from, to, ...(cursor === undefined ? {} : { cursor }) })}`;
