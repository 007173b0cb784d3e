import type { DiffAxis } from '../../../domain/diff.ts';

/** What is compared, as the address says. */
export interface Asked {
  readonly axis: DiffAxis;
  readonly from: string;
  readonly to: string;
  /** Only this item. */
  readonly item: string;
}
