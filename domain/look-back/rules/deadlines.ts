import type { Cut } from '../../cut.ts';
import {
  type Day,
  dayOf,
  daysAfter,
  daysBetween,
  lastDay,
  type PartialDate,
  type ZoneOffset,
} from '../../dates.ts';
import type { LedgerEvent } from '../../events.ts';
import { measureId } from '../../ids.ts';
import { isOverdue } from '../../item/present.ts';
import type { Resolved } from '../../resolve.ts';
import type { ItemRule } from '../flag.ts';
import { type ItemHistory, newestOf, type Standing, WORK_TYPES } from '../item-history.ts';
import { undone, type Voided } from '../voided.ts';

interface Deadline {
  readonly deadline: PartialDate;
  readonly setBy: Standing<'OfficeAssigned'> | Standing<'DeadlineExtended'>;
}

/** Every deadline that was set, in order; what was set later may be overtaken, where one before was corrected. */
export function deadlinesOf({ of }: ItemHistory): readonly Deadline[] {
  const first = of('OfficeAssigned').find(({ data }) => data.deadline !== undefined);
  const extended = of('DeadlineExtended').map((setBy) => ({ deadline: setBy.data.to, setBy }));
  const deadline = first?.data.deadline;
  return first && deadline !== undefined ? [{ deadline, setBy: first }, ...extended] : extended;
}

/** Of these, the latest is in force; of equal ones the newer. */
const inForce = (deadlines: readonly Deadline[]): Deadline | undefined =>
  deadlines.reduce<Deadline | undefined>(
    (latest, one) => (latest && lastDay(latest.deadline) > lastDay(one.deadline) ? latest : one),
    undefined,
  );

/** The day from which readers know of an entry; on the effective clock that from which it counts. */
const heardOn = ({ recordedAt, effectOn }: Resolved, { effectiveOn }: Cut, zone: ZoneOffset): Day =>
  effectiveOn === undefined ? dayOf(recordedAt, zone) : effectOn;

const isOpen = ({ state: { status } }: ItemHistory): boolean =>
  status !== undefined && status !== 'closed' && status !== 'withdrawn';

/** Overdue again, where the item was closed and reopened since: what was said of it before holds no longer. */
export const overdue: ItemRule = (item, { today, zone, cut }) => {
  const { deadline } = item.state;
  if (deadline === undefined || !isOpen(item) || !isOverdue(item.state, today)) return undefined;
  const setBy = inForce(deadlinesOf(item))?.setBy;
  const again = newestOf(item.of('ItemReopened').filter(({ seq }) => seq > (setBy?.seq ?? 0)));
  const last = lastDay(deadline);
  const over = daysAfter(last, 1);
  const reopenedOn = again && heardOn(again, cut, zone);
  return {
    entries: [setBy, again].filter((entry) => entry !== undefined),
    values: { days: daysBetween(last, today) },
    since: reopenedOn !== undefined && reopenedOn > over ? reopenedOn : over,
  };
};

export const extendedRepeatedly: ItemRule = ({ of }, { thresholds }) => {
  const entries = of('DeadlineExtended');
  return entries.length >= thresholds.extensions ? { entries, values: { times: entries.length } } : undefined;
};

export const extendedAfterExpiry: ItemRule = (item, { zone }) => {
  let days = 0;
  const deadlines = deadlinesOf(item);
  const entries = deadlines.flatMap(({ setBy }, index) => {
    // The deadline before, as it now reads: the extension names the one that was known then.
    const before = inForce(deadlines.slice(0, index));
    if (!before || setBy.type !== 'DeadlineExtended') return [];
    const over = daysBetween(lastDay(before.deadline), dayOf(setBy.recordedAt, zone));
    days = Math.max(days, over);
    return over > 0 ? [before.setBy, setBy] : [];
  });
  return entries.length > 0 ? { entries, values: { days } } : undefined;
};

/** More time for the same measures: none was adopted about the time of the extension, since the deadline before. */
export const extendedWithoutMeasures: ItemRule = (item, { thresholds, today, zone }) => {
  const adopted = item.measures.map((measure) => measure.adopted);
  const closedOn = item.closing && dayOf(item.closing.recordedAt, zone);
  const deadlines = deadlinesOf(item);
  const idle = deadlines.flatMap(({ setBy }, index) => {
    if (setBy.type !== 'DeadlineExtended') return [];
    const before = deadlines[index - 1]?.setBy.seq ?? 0;
    const extendedOn = dayOf(setBy.recordedAt, zone);
    const over = daysAfter(extendedOn, thresholds.extensionGraceDays + 1);
    const since = closedOn !== undefined && closedOn < over ? closedOn : over;
    // What was adopted soon after the first assignment was meant for the time given then.
    const isNew = ({ seq, recordedAt }: LedgerEvent): boolean =>
      seq > before &&
      Math.abs(daysBetween(extendedOn, dayOf(recordedAt, zone))) <= thresholds.extensionGraceDays;
    const moved = adopted.some(isNew);
    return moved || since > today ? [] : [{ setBy, since, isNew }];
  });
  const last = idle
    .map(({ since }) => since)
    .sort()
    .at(-1);
  if (last === undefined) return undefined;
  const meant = (entry: LedgerEvent): boolean => idle.some(({ isNew }) => isNew(entry));
  const gone = item.voided('MeasureAdopted').filter(({ entry }) => meant(entry));
  const withdrawn = item.of('MeasureAdopted').filter((entry) => !adopted.includes(entry) && meant(entry));
  const withdrawals = item
    .of('MeasureWithdrawn')
    .filter(({ data }) => withdrawn.some(({ seq }) => measureId(seq) === data.measureId));
  const extensions = idle.map(({ setBy }) => setBy);
  return { entries: [...extensions, ...withdrawn, ...withdrawals, ...undone(gone)], since: last };
};

export const longTermSilent: ItemRule = (item, { thresholds, today, zone, cut }) => {
  const { lastActivity, state, voided } = item;
  if (!lastActivity || !isOpen(item) || state.term !== 'long-term') return undefined;
  const heard = heardOn(lastActivity, cut, zone);
  const days = daysBetween(heard, today);
  if (days <= thresholds.silentDays) return undefined;
  const gone = WORK_TYPES.flatMap((type): readonly Voided[] => voided(type));
  return {
    entries: [lastActivity, ...undone(gone.filter(({ entry }) => entry.seq > lastActivity.seq))],
    values: { days },
    since: daysAfter(heard, thresholds.silentDays + 1),
  };
};

/** The item was handed over, and the new lead office has not taken it up. */
export const leadChangedIdle: ItemRule = (item, { thresholds, today, zone, cut }) => {
  if (!isOpen(item)) return undefined;
  const assignments = item.of('OfficeAssigned');
  const at = assignments.findLastIndex(
    ({ data }, index) => index > 0 && data.lead !== assignments[index - 1]?.data.lead,
  );
  const [before, assigned] = [assignments[at - 1], assignments[at]];
  if (!before || !assigned) return undefined;
  const { lead } = assigned.data;
  if (item.work.some(({ seq, actor }) => seq > assigned.seq && actor.office === lead)) return undefined;
  const handed = heardOn(assigned, cut, zone);
  const days = daysBetween(handed, today);
  if (days <= thresholds.idleDays) return undefined;
  const gone = WORK_TYPES.flatMap((type): readonly Voided[] => item.voided(type)).filter(
    ({ entry }) => entry.seq > assigned.seq && entry.actor.office === lead,
  );
  return {
    entries: [before, assigned, ...undone(gone)],
    values: { days },
    since: daysAfter(handed, thresholds.idleDays + 1),
  };
};

export const returnedRepeatedly: ItemRule = ({ of }, { thresholds }) => {
  const entries = of('ClosureReturned');
  return entries.length >= thresholds.returns ? { entries, values: { times: entries.length } } : undefined;
};

export const reopened: ItemRule = ({ of }) => {
  const entries = of('ItemReopened');
  return entries.length > 0 ? { entries, values: { times: entries.length } } : undefined;
};
