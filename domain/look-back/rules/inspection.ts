import { daysAfter, daysBetween, earliestDay, lastDay } from '../../dates.ts';
import { groupedBy } from '../../grouping.ts';
import type { ItemId } from '../../ids.ts';
import { wholeNumber } from '../../notice/numerals.ts';
import type { CaseRule, Pointed } from '../flag.ts';
import type { CaseHistory } from '../history.ts';
import type { Standing } from '../item-history.ts';

/** Only where the case says how many days a plan may take: no period is known to hold everywhere. */
export const planMissing: CaseRule = function* ({ of, thresholds, today, view }) {
  const [opened] = of('CaseOpened');
  if (!opened || view.feedbackOn === null || thresholds.planDays === undefined) return;
  const due = daysAfter(lastDay(view.feedbackOn), thresholds.planDays);
  const plans = of('PlanIssued')
    .map((plan) => ({ plan, day: earliestDay(plan.data.issuedOn) }))
    .sort((one, other) => (one.day < other.day ? -1 : one.day > other.day ? 1 : 0));
  if (today <= due || plans.some(({ day }) => day <= due)) return;
  const [late] = plans;
  yield {
    itemId: null,
    entries: late ? [opened, late.plan] : [opened],
    values: { days: daysBetween(due, late?.day ?? today) },
    since: daysAfter(due, 1),
  };
};

type Unplaced = 'AccountabilityRecorded' | 'InstitutionRecorded' | 'FundsRecovered';

/** Recorded of the case, with no item that it belongs to. */
const withoutItem = <T extends Unplaced>(
  type: T,
  name: string,
  countOf: (entry: Standing<T>) => number,
): CaseRule =>
  function* ({ of }) {
    const entries = of(type).filter(({ data }) => (data as { itemId?: ItemId }).itemId === undefined);
    if (entries.length === 0) return;
    const sum = entries.reduce((total, entry) => total + countOf(entry), 0);
    yield { itemId: null, entries: entries as readonly Pointed[], values: { [name]: sum } };
  };

export const sanctionsWithoutItem = withoutItem(
  'AccountabilityRecorded',
  'persons',
  ({ data }) => data.persons,
);
export const institutionsWithoutItem = withoutItem('InstitutionRecorded', 'count', ({ data }) => data.count);
export const fundsWithoutItem = withoutItem('FundsRecovered', 'fen', ({ data }) => data.amountFen ?? 0);

/** "An institution was established", and no document number to look it up by. */
export const institutionWithoutNumber: CaseRule = function* ({ of }) {
  const unnumbered = groupedBy(
    of('InstitutionRecorded').filter(({ data }) => data.documentNo === undefined),
    ({ data }) => data.itemId ?? null,
  );
  for (const [itemId, entries] of unnumbered) yield { itemId: itemId as ItemId | null, entries };
};

/** 三, (三), 3. and the like; undefined for what does not count, such as 3.2. */
function printedNumber(text: string): number | undefined {
  const bare = text.normalize('NFKC').replace(/^[第(\s]+|[)\s.,、项条]+$/g, '');
  return wholeNumber(bare);
}

/** Printed numbers that begin late, skip or repeat: was a problem left out, or split? */
export const numberingGap: CaseRule = function* ({ items }: CaseHistory) {
  const entries: Pointed[] = [];
  let breaks = 0;
  let before: { readonly raised: Pointed; readonly number: number } | undefined;
  for (const { of } of items) {
    const [raised] = of('IssueRaised');
    const number =
      raised?.data.printedNumber === undefined ? undefined : printedNumber(raised.data.printedNumber);
    if (!raised || number === undefined) continue;
    const previous = before?.number ?? 0;
    const beginsAgain = number === 1 && previous > 1;
    if (number !== previous + 1 && !beginsAgain) {
      breaks += 1;
      entries.push(...(before ? [before.raised] : []), raised);
    }
    before = { raised, number };
  }
  if (breaks > 0) yield { itemId: null, entries, values: { breaks } };
};
