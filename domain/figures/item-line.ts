import type { Day } from '../dates.ts';
import type { Term } from '../entries.ts';
import type { ItemView } from '../item/view.ts';

/** All that the figures need of an item: small, since those across all cases hold one for each. */
export interface ItemLine {
  /** Null where nobody leads. */
  readonly lead: string | null;
  readonly term: Term | null;
  readonly withdrawn: boolean;
  /** Effect days. The closing is the one that stands: null where the item is open, again open or withdrawn. */
  readonly raisedOn: Day | null;
  readonly closedOn: Day | null;
  readonly returns: number;
  readonly extensions: number;
  readonly extensionDays: number;
}

type Counted = Pick<ItemView, 'state' | 'returns' | 'extensions' | 'extensionDays'>;

/** Undefined of an item that is not there yet. */
export function lineOf({ state, returns, extensions, extensionDays }: Counted): ItemLine | undefined {
  if (state.status === undefined) return undefined;
  return {
    lead: state.lead ?? null,
    term: state.term ?? null,
    withdrawn: state.status === 'withdrawn',
    raisedOn: state.raisedOn ?? null,
    closedOn: state.status === 'closed' ? (state.closedOn ?? null) : null,
    returns,
    extensions,
    extensionDays,
  };
}
