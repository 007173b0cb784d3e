import type { VERDICTS } from '../entries.ts';
import type { ItemId } from '../ids.ts';

export type Verdict = (typeof VERDICTS)[number];

/** What became of one item in a look-back. */
export interface CheckedItem {
  readonly itemId: ItemId;
  /** Null once erased. */
  readonly title: string | null;
  /** Its lead office when the look-back first named it; null where none led. */
  readonly office: string | null;
  /** Seqs of the draws that name it. */
  readonly samples: readonly number[];
  /** The one that was recorded last. */
  readonly finding: { readonly seq: number; readonly verdict: Verdict } | null;
  /** Seqs of the reopenings that name the look-back. */
  readonly reopened: readonly number[];
}
