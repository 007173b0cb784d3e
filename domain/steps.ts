import { correctedFields } from './corrected-fields.ts';
import type { Day, ZoneOffset } from './dates.ts';
import type { CaseEvent, ItemEvent, LedgerEvent } from './events.ts';
import { type FieldChange, fieldChanges } from './field-changes.ts';
import { GENESIS } from './hashing.ts';
import type { CaseId, ItemId } from './ids.ts';
import { tally } from './inspection/tally.ts';
import { type CaseView, evolveCaseView, initialCaseView, presentCase } from './inspection/view.ts';
import { EMPTY_HEAD, presentItem } from './item/present.ts';
import { evolveItemView, type ItemView, initialItemView } from './item/view.ts';
import { foldCaseView, foldItemView, foldOrder } from './replay.ts';
import { type Resolved, rereadsHistory, resolveOne } from './resolve.ts';

/** One entry, and the fields in which the pictures before and after it differ. */
export interface Step<E = LedgerEvent> {
  readonly event: E;
  readonly changes: readonly FieldChange[];
}

const UNDATED = '0000-00-00' as Day;

const itemPicture = (caseId: CaseId, itemId: ItemId) => (view: ItemView) =>
  presentItem({ caseId, itemId }, view, EMPTY_HEAD, UNDATED);

const casePicture = (caseId: CaseId) => (view: CaseView) =>
  presentCase(caseId, view, { version: 0, hash: GENESIS, recordedAt: null }, tally([]), UNDATED);

/** What each entry changed in what was built up of those before it. */
function over<E, View>(
  events: readonly E[],
  initial: View,
  carry: (view: View, event: E, index: number) => View,
  present: (view: View) => Parameters<typeof fieldChanges>[0],
): Step<E>[] {
  let view = initial;
  let before = present(view);
  return events.map((event, index) => {
    view = carry(view, event, index);
    const after = present(view);
    const changes = fieldChanges(before, after);
    before = after;
    return { event, changes };
  });
}

const rereads = ({ type }: LedgerEvent): boolean => rereadsHistory(type) || type === 'TextErased';

/** What each entry of one stream changed, as the ledger read at the time; `events` in seq order, from the first. */
export function steps(events: readonly LedgerEvent[], zone: ZoneOffset): Step[] {
  const first = events[0];
  if (!first) return [];
  const { caseId, itemId } = first;
  const found =
    itemId === undefined
      ? over(
          events,
          initialCaseView,
          (view, event, index) => {
            if (!event.known) return view;
            if (rereads(event)) return foldCaseView(events.slice(0, index + 1), zone);
            return evolveCaseView(view, resolveOne(event, zone) as Resolved<CaseEvent>);
          },
          casePicture(caseId),
        )
      : over(
          events,
          initialItemView,
          (view, event, index) => {
            if (!event.known) return view;
            if (rereads(event)) return foldItemView(events.slice(0, index + 1), zone);
            return evolveItemView(view, resolveOne(event, zone) as Resolved<ItemEvent>);
          },
          itemPicture(caseId, itemId),
        );
  return found.map(({ event, changes }) => ({
    event,
    changes: [...correctedFields(events, event), ...changes],
  }));
}

/**
 * What each entry that counts by a day changed in the picture of the day from which it counts: the entries of one
 * stream as they now stand, corrected, in effect order and without those that were voided.
 */
export function effectiveSteps(
  events: readonly LedgerEvent[],
  until: Day,
  zone: ZoneOffset,
): Step<Resolved>[] {
  const first = events[0];
  if (!first) return [];
  const { caseId, itemId } = first;
  const order = foldOrder(events, { effectiveOn: until }, zone);
  return itemId === undefined
    ? over(order as readonly Resolved<CaseEvent>[], initialCaseView, evolveCaseView, casePicture(caseId))
    : over(
        order as readonly Resolved<ItemEvent>[],
        initialItemView,
        evolveItemView,
        itemPicture(caseId, itemId),
      );
}
