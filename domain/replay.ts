import type { Cut } from './cut.ts';
import type { ZoneOffset } from './dates.ts';
import type { CaseEvent, ItemEvent, LedgerEvent } from './events.ts';
import { evolveCase } from './inspection/evolve.ts';
import { type CaseState, initialCase } from './inspection/state.ts';
import { type CaseView, evolveCaseView, initialCaseView } from './inspection/view.ts';
import { evolveItem } from './item/evolve.ts';
import { type ItemState, initialItem } from './item/state.ts';
import { evolveItemView, type ItemView, initialItemView } from './item/view.ts';
import { type Resolved, resolve } from './resolve.ts';

/** The entries that a recorded cut keeps, inclusive; `events` are in seq order. */
export function recordedBy<E extends { readonly recordedAt: string }>(
  events: readonly E[],
  cut: Cut,
): readonly E[] {
  const { recordedAsOf } = cut;
  return recordedAsOf === undefined ? events : events.filter((event) => event.recordedAt <= recordedAsOf);
}

/**
 * The events of one stream in the order in which a cut folds them. On the recorded clock alone that is seq order.
 * On the effective clock corrections are applied first (all those known at the recorded cut), then entries are
 * cut by the day from which they count, then ordered by (that day, seq).
 */
export function foldOrder(events: readonly LedgerEvent[], cut: Cut, zone: ZoneOffset): readonly Resolved[] {
  const resolved = resolve(recordedBy(events, cut), zone);
  const { effectiveOn } = cut;
  if (effectiveOn === undefined) return resolved;
  return resolved
    .filter((event) => event.effectOn <= effectiveOn)
    .sort((one, other) =>
      one.effectOn < other.effectOn ? -1 : one.effectOn > other.effectOn ? 1 : one.seq - other.seq,
    );
}

const NO_CUT: Cut = {};

export function foldItem(events: readonly LedgerEvent[], zone: ZoneOffset, cut: Cut = NO_CUT): ItemState {
  return (foldOrder(events, cut, zone) as readonly Resolved<ItemEvent>[]).reduce(evolveItem, initialItem);
}

export function foldItemView(events: readonly LedgerEvent[], zone: ZoneOffset, cut: Cut = NO_CUT): ItemView {
  return (foldOrder(events, cut, zone) as readonly Resolved<ItemEvent>[]).reduce(
    evolveItemView,
    initialItemView,
  );
}

export function foldCase(events: readonly LedgerEvent[], zone: ZoneOffset, cut: Cut = NO_CUT): CaseState {
  return (foldOrder(events, cut, zone) as readonly Resolved<CaseEvent>[]).reduce(evolveCase, initialCase);
}

export function foldCaseView(events: readonly LedgerEvent[], zone: ZoneOffset, cut: Cut = NO_CUT): CaseView {
  return (foldOrder(events, cut, zone) as readonly Resolved<CaseEvent>[]).reduce(
    evolveCaseView,
    initialCaseView,
  );
}

/** Entries recorded after the cut: what a later reader knows more. */
export function laterEntries(events: readonly LedgerEvent[], cut: Cut): number {
  const { recordedAsOf } = cut;
  if (recordedAsOf === undefined) return 0;
  let later = 0;
  for (const event of events) if (event.recordedAt > recordedAsOf) later += 1;
  return later;
}
