import type { CaseId } from '../../../domain/ids.ts';
import type { SupervisedEntry } from '../../app/ledger.ts';
import type { DueColumn } from './dues.ts';

type Query = { readonly [name: string]: string };

/** The register of a case, filtered. */
export function registerAddress(caseId: CaseId, filter: Query): string {
  const query = new URLSearchParams(filter).toString();
  return query === '' ? `/cases/${caseId}` : `/cases/${caseId}?${query}`;
}

/** The filter of a register that shows what a column counts, beside the office. */
export const COLUMN_FILTERS: { readonly [C in DueColumn]: Query } = {
  overdue: { due: 'overdue' },
  within10: { due: 'within10' },
  within20: { due: 'within20' },
  later: { due: 'later' },
  undated: { due: 'undated' },
  requested: { status: 'closure-requested' },
  closed: { status: 'closed' },
  all: { status: 'standing' },
};

/** Where an entry stands in the history of its stream. */
export const entryAddress = ({ caseId, itemId, seq }: SupervisedEntry): string =>
  itemId === null ? `/cases/${caseId}/facts#e${seq}` : `/cases/${caseId}/items/${itemId}#e${seq}`;
