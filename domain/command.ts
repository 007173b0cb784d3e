import type { Principal } from './actor.ts';
import type { Day, PartialDate, ZoneOffset } from './dates.ts';
import type { OfLookBack } from './decision-order.ts';
import type { LedgerEvent } from './events.ts';
import type { CaseState } from './inspection/state.ts';
import type { ItemState } from './item/state.ts';
import type { Payload } from './payload.ts';

/** A wish to record one entry, its fields checked and split. */
export interface Command<Type extends string> extends Payload {
  readonly type: Type;
  readonly occurredOn: PartialDate | undefined;
}

/** What surrounds a decision. The caller has read all of it consistently; nothing here is a view. */
export interface Circumstances {
  readonly principal: Principal;
  /** The seq that the entry would get. */
  readonly seq: number;
  /** The day of recording in the ledger's zone. */
  readonly today: Day;
  /** The day from which the entry would count. */
  readonly effectOn: Day;
  readonly zone: ZoneOffset;
  /** The entry comes from an imported source. */
  readonly imported: boolean;
}

export interface ItemCircumstances extends Circumstances {
  /** The state of the case, where the type needs it (`needsCase`). */
  readonly inspection?: CaseState | undefined;
  /** Every entry of the stream, where the type needs it (`needsHistory`). */
  readonly history?: readonly LedgerEvent[] | undefined;
  /** How many items the case has, where the type names another item (`needsItems`). */
  readonly itemCount?: number | undefined;
  /** Which of them this is. */
  readonly itemNumber: number;
}

export interface CaseCircumstances extends Circumstances {
  readonly history?: readonly LedgerEvent[] | undefined;
  /** How many items the case has, where the command names one or an office asks. */
  readonly itemCount?: number | undefined;
  /** Items whose responsibility decides whether an office may record (`itemsInQuestion`). */
  readonly items?: readonly ItemState[] | undefined;
  /** What items hold of a look-back whose opening is redated (`redatedOpening`). */
  readonly ofLookBack?: readonly OfLookBack[] | undefined;
}
