import type { Cut } from '../cut.ts';
import type { Day, ZoneOffset } from '../dates.ts';
import type { CaseEvent, CaseEventType, LedgerEvent } from '../events.ts';
import type { CaseId, ItemId } from '../ids.ts';
import { type CaseView, evolveCaseView, initialCaseView } from '../inspection/view.ts';
import { foldOrder, recordedBy } from '../replay.ts';
import type { Resolved } from '../resolve.ts';
import { type Thresholds, thresholdsOf } from './catalogue.ts';
import { grouped, type ItemHistory, readItemHistory, type Standing } from './item-history.ts';
import { type Voided, voidedIn } from './voided.ts';

/** All that a ledger holds of a case, each stream in seq order from its first entry. */
export interface CaseEvents {
  readonly caseId: CaseId;
  readonly events: readonly LedgerEvent[];
  readonly items: readonly { readonly itemId: ItemId; readonly events: readonly LedgerEvent[] }[];
}

/** A problem of an earlier case of the same body. */
export interface EarlierProblem {
  readonly caseId: CaseId;
  readonly title: string;
  readonly raised: LedgerEvent;
  /** Through which it is read so. */
  readonly corrections: readonly LedgerEvent[];
}

/** From which picture flags are asked. */
export interface Asked {
  readonly cut: Cut;
  /** The day of the cut. */
  readonly today: Day;
  readonly zone: ZoneOffset;
  readonly earlier?: readonly EarlierProblem[] | undefined;
}

/** A case as the rules read it. */
export interface CaseHistory {
  readonly caseId: CaseId;
  readonly today: Day;
  readonly zone: ZoneOffset;
  readonly cut: Cut;
  readonly thresholds: Thresholds;
  readonly recorded: readonly LedgerEvent[];
  readonly view: CaseView;
  readonly of: <T extends CaseEventType>(type: T) => readonly Standing<T>[];
  readonly voided: <T extends CaseEventType>(type: T) => readonly Voided<T>[];
  /** In the order of their ids, however they were handed over. */
  readonly items: readonly ItemHistory[];
  readonly earlier: readonly EarlierProblem[];
}

export function readHistory({ caseId, events, items }: CaseEvents, asked: Asked): CaseHistory {
  const { cut, today, zone, earlier = [] } = asked;
  const entries = foldOrder(events, cut, zone) as readonly Resolved<CaseEvent>[];
  const view = entries.reduce(evolveCaseView, initialCaseView);
  const recorded = recordedBy(events, cut);
  return {
    caseId,
    today,
    zone,
    cut,
    thresholds: thresholdsOf(view.state.settings),
    recorded,
    view,
    of: grouped(entries),
    voided: voidedIn(recorded, cut, zone),
    items: [...items]
      .sort((one, other) => (one.itemId < other.itemId ? -1 : 1))
      .map((item) => readItemHistory(item.itemId, item.events, cut, zone)),
    earlier,
  };
}
