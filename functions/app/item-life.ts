import type { AuditEntry } from '../../domain/audit.ts';
import type { CutEcho } from '../../domain/cut.ts';
import type { Day, PartialDate } from '../../domain/dates.ts';
import type { ItemEventType, Source } from '../../domain/events.ts';
import type { Hash } from '../../domain/hashing.ts';
import type { Item } from '../../domain/item/present.ts';
import type { Refusal } from '../../domain/refusals.ts';

/** One entry of an item, as its whole life shows it. */
export interface LifeEntry extends AuditEntry {
  /** Days from the day on which it counts, as corrected by now, to the day of recording. */
  readonly lagDays: number;
  /** Structure and words together, as recorded: corrections are entries of their own. */
  readonly data: { readonly [name: string]: unknown };
  /** The words were erased by law. */
  readonly erased: boolean;
  /** The same with all corrections applied. */
  readonly asCorrected: {
    readonly data: { readonly [name: string]: unknown };
    readonly occurredOn: PartialDate | null;
  };
  readonly actorName: string | null;
  readonly officeName: string | null;
  readonly source: Source | null;
  readonly hash: Hash;
  /** The day from which it counts, as corrected by now. */
  readonly effectOn: Day | null;
  /** The date is unknown: the day of recording stands in for it. */
  readonly assumed: boolean;
  /** Seqs of the corrections that changed it. */
  readonly correctedBy: readonly number[];
  /** It may be declared void: no decision, not void yet, and not answered by a decision. */
  readonly voidable: boolean;
  /** A later entry declared it void. */
  readonly voided: boolean;
}

/** What recomputing every hash and link of the stream has shown. */
export interface ChainCheck {
  readonly entries: number;
  /** Of those, with their words erased by law. */
  readonly erased: number;
  readonly fault: { readonly seq: number; readonly why: string } | null;
}

/** What may come next on an item, for one person. */
export interface ItemNext {
  /** The version now, whatever the clock: what a form answers to. */
  readonly newestVersion: number;
  /** Types that this person may record now; on a clock none, for nobody records into the past. */
  readonly recordable: readonly ItemEventType[];
  /** Measures whose completion would be taken now, from whom it may come at all. */
  readonly completable: readonly string[];
  /** Rules that a closing now would break. Those about the closer's person are named to the committee only. */
  readonly unmet: readonly Refusal[];
}

/** An item with all that a person may want to know before they act on it, from one reading of its stream. */
export interface ItemLife extends ItemNext {
  readonly cut?: CutEcho;
  readonly item: Item;
  /** In seq order; on the effective clock in its fold order. */
  readonly entries: readonly LifeEntry[];
  readonly chain: ChainCheck;
}
