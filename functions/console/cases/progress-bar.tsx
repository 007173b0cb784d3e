import type { Counts } from '../../../domain/inspection/tally.ts';

/** Shares of a case's items, in the order in which an item goes through them; withdrawn ones are left out. */
export interface Shares {
  readonly closed: number;
  readonly requested: number;
  readonly rectifying: number;
  readonly all: number;
}

export function sharesOf({ byStatus }: Pick<Counts, 'byStatus'>): Shares {
  const { closed, 'closure-requested': requested } = byStatus;
  const rectifying = byStatus.raised + byStatus.rectifying + byStatus.reopened;
  return { closed, requested, rectifying, all: closed + requested + rectifying };
}

/** One bar of 100 units; its parts are classes, since no style may stand inline. */
export const ProgressBar = ({ shares, label }: { readonly shares: Shares; readonly label: string }) => {
  const unit = shares.all === 0 ? 0 : 100 / shares.all;
  const closed = shares.closed * unit;
  const requested = shares.requested * unit;
  return (
    <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" role="img" aria-label={label}>
      <rect class="rest" width="100" height="4" />
      <rect class="closed" width={closed.toFixed(2)} height="4" />
      <rect class="requested" x={closed.toFixed(2)} width={requested.toFixed(2)} height="4" />
    </svg>
  );
};
