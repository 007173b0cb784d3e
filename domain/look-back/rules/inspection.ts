import { daysAfter, daysBetween, earliestDay, lastDay } from '../../dates.ts';
import { groupedBy } from '../../grouping.ts';
import type { ItemId } from '../../ids.ts';
import { wholeNumber } from '../../notice/numerals.ts';
import type { CaseRule, Pointed } from '../flag.ts';
import type { CaseHistory } from '../history.ts';
import type { ItemHistory, Standing } from '../item-history.ts';
import { undone } from '../voided.ts';

/** Only where the case says how many days a plan may take: no period is known to hold everywhere. */
export const planMissing: CaseRule = function* ({ of, voided, thresholds, today, view }) {
  const [opened] = of('CaseOpened');
  if (!opened || view.feedbackOn === null || thresholds.planDays === undefined) return;
  const due = daysAfter(lastDay(view.feedbackOn), thresholds.planDays);
  const plans = of('PlanIssued')
    .map((plan) => ({ plan, day: earliestDay(plan.data.issuedOn) }))
    .sort((one, other) => (one.day < other.day ? -1 : one.day > other.day ? 1 : 0));
  if (today <= due || plans.some(({ day }) => day <= due)) return;
  const [late] = plans;
  const gone = voided('PlanIssued').filter(({ entry }) => earliestDay(entry.data.issuedOn) <= due);
  yield {
    itemId: null,
    entries: [opened, ...(late ? [late.plan] : []), ...undone(gone)],
    values: { days: daysBetween(due, late?.day ?? today) },
    since: daysAfter(due, 1),
  };
};

type Unplaced = 'AccountabilityRecorded' | 'InstitutionRecorded' | 'FundsRecovered';

/** Recorded of the case, with no item that it belongs to, or none that stands. */
const withoutItem = <T extends Unplaced>(
  type: T,
  name: string,
  countOf: (entry: Standing<T>) => number,
): CaseRule =>
  function* ({ of, items }) {
    const withdrawals = withdrawalsOf(items);
    const itemOf = ({ data }: Standing<T>) => (data as { itemId?: ItemId }).itemId;
    const unplaced = of(type).filter((entry) => {
      const itemId = itemOf(entry);
      return itemId === undefined || withdrawals.has(itemId);
    });
    if (unplaced.length === 0) return;
    const sum = unplaced.reduce((total, entry) => total + countOf(entry), 0);
    const gone = unplaced.flatMap((entry) => withdrawals.get(itemOf(entry) as ItemId) ?? []);
    yield { itemId: null, entries: [...(unplaced as readonly Pointed[]), ...gone], values: { [name]: sum } };
  };

/** Items that were withdrawn, with the entries that did it. */
const withdrawalsOf = (items: readonly ItemHistory[]): ReadonlyMap<ItemId, readonly Pointed[]> =>
  new Map(
    items.flatMap(({ itemId, state, of }) =>
      state.status === 'withdrawn' ? [[itemId, of('IssueWithdrawn')] as const] : [],
    ),
  );

export const sanctionsWithoutItem = withoutItem(
  'AccountabilityRecorded',
  'persons',
  ({ data }) => data.persons,
);
export const institutionsWithoutItem = withoutItem('InstitutionRecorded', 'count', ({ data }) => data.count);
export const fundsWithoutItem = withoutItem('FundsRecovered', 'fen', ({ data }) => data.amountFen ?? 0);

/** "An institution was established", and no document number to look it up by. */
export const institutionWithoutNumber: CaseRule = function* ({ of, items }) {
  const withdrawals = withdrawalsOf(items);
  const unnumbered = groupedBy(
    of('InstitutionRecorded').filter(({ data }) => data.documentNo === undefined),
    ({ data }) => (data.itemId === undefined || withdrawals.has(data.itemId as ItemId) ? null : data.itemId),
  );
  for (const [itemId, entries] of unnumbered) {
    const gone = entries.flatMap(({ data }) => withdrawals.get(data.itemId as ItemId) ?? []);
    yield { itemId: itemId as ItemId | null, entries: [...entries, ...gone] };
  }
};

/** 三, (三), 3. and the like; undefined for what does not count, such as 3.2. */
function printedNumber(text: string): number | undefined {
  const bare = text.normalize('NFKC').replace(/^[第(\s]+|[)\s.,、项条]+$/g, '');
  return wholeNumber(bare);
}

/** Printed numbers that begin late, skip or repeat: was a problem left out, or split? */
export const numberingGap: CaseRule = function* ({ items }: CaseHistory) {
  const entries: Pointed[] = [];
  const renumbered: Pointed[] = [];
  let breaks = 0;
  let before: { readonly raised: Pointed; readonly number: number } | undefined;
  for (const { of } of items) {
    const [raised] = of('IssueRaised');
    const number =
      raised?.data.printedNumber === undefined ? undefined : printedNumber(raised.data.printedNumber);
    if (!raised || number === undefined) {
      // It had a number before it was corrected, perhaps: then that made the gap.
      if (raised && raised.corrections.length > 0) renumbered.push(raised);
      continue;
    }
    const previous = before?.number ?? 0;
    const beginsAgain = number === 1 && previous > 1;
    if (number !== previous + 1 && !beginsAgain) {
      breaks += 1;
      entries.push(...(before ? [before.raised] : []), raised);
    }
    before = { raised, number };
  }
  if (breaks > 0) yield { itemId: null, entries: [...entries, ...renumbered], values: { breaks } };
};
