import { dayOf, daysAfter, daysBetween, lastDay, type PartialDate } from '../../dates.ts';
import { isOverdue } from '../../item/present.ts';
import type { ItemRule } from '../flag.ts';
import type { ItemHistory, Standing } from '../item-history.ts';

interface Deadline {
  readonly deadline: PartialDate;
  readonly setBy: Standing<'OfficeAssigned'> | Standing<'DeadlineExtended'>;
}

/** Every deadline that the item had, in order; the last one is in force. */
export function deadlinesOf({ of }: ItemHistory): readonly Deadline[] {
  const first = of('OfficeAssigned').find(({ data }) => data.deadline !== undefined);
  const extended = of('DeadlineExtended').map((setBy) => ({ deadline: setBy.data.to, setBy }));
  const deadline = first?.data.deadline;
  return first && deadline !== undefined ? [{ deadline, setBy: first }, ...extended] : extended;
}

const isOpen = ({ state: { status } }: ItemHistory): boolean =>
  status !== undefined && status !== 'closed' && status !== 'withdrawn';

export const overdue: ItemRule = (item, { today }) => {
  const { deadline } = item.state;
  if (deadline === undefined || !isOpen(item) || !isOverdue(item.state, today)) return undefined;
  const setBy = deadlinesOf(item).at(-1)?.setBy;
  const last = lastDay(deadline);
  return {
    entries: setBy ? [setBy] : [],
    values: { days: daysBetween(last, today) },
    since: daysAfter(last, 1),
  };
};

export const extendedRepeatedly: ItemRule = ({ of }, { thresholds }) => {
  const entries = of('DeadlineExtended');
  return entries.length >= thresholds.extensions ? { entries, values: { times: entries.length } } : undefined;
};

export const extendedAfterExpiry: ItemRule = ({ of }, { zone }) => {
  let days = 0;
  const entries = of('DeadlineExtended').filter(({ data, recordedAt }) => {
    const over = data.from === undefined ? 0 : daysBetween(lastDay(data.from), dayOf(recordedAt, zone));
    days = Math.max(days, over);
    return over > 0;
  });
  return entries.length > 0 ? { entries, values: { days } } : undefined;
};

/** More time for the same measures: nothing new was adopted since the deadline before, nor soon after. */
export const extendedWithoutMeasures: ItemRule = (item, { thresholds, today, zone }) => {
  const adopted = item.measures.map((measure) => measure.adopted);
  const closedOn = item.closing && dayOf(item.closing.recordedAt, zone);
  const deadlines = deadlinesOf(item);
  const idle = deadlines.flatMap(({ setBy }, index) => {
    if (setBy.type !== 'DeadlineExtended') return [];
    const before = deadlines[index - 1]?.setBy.seq ?? 0;
    const graceEnds = daysAfter(dayOf(setBy.recordedAt, zone), thresholds.extensionGraceDays);
    const over = daysAfter(graceEnds, 1);
    const since = closedOn !== undefined && closedOn < over ? closedOn : over;
    const moved = adopted.some(({ seq, recordedAt }) => seq > before && dayOf(recordedAt, zone) <= graceEnds);
    return moved || since > today ? [] : [{ setBy, since }];
  });
  const last = idle
    .map(({ since }) => since)
    .sort()
    .at(-1);
  return last === undefined ? undefined : { entries: idle.map(({ setBy }) => setBy), since: last };
};

export const longTermSilent: ItemRule = (item, { thresholds, today, zone, cut }) => {
  const { lastActivity, state } = item;
  if (!lastActivity || !isOpen(item) || state.term !== 'long-term') return undefined;
  const heard = cut.effectiveOn === undefined ? dayOf(lastActivity.recordedAt, zone) : lastActivity.effectOn;
  const days = daysBetween(heard, today);
  if (days <= thresholds.silentDays) return undefined;
  return {
    entries: [lastActivity],
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
  const handed = cut.effectiveOn === undefined ? dayOf(assigned.recordedAt, zone) : assigned.effectOn;
  const days = daysBetween(handed, today);
  if (days <= thresholds.idleDays) return undefined;
  return { entries: [before, assigned], values: { days }, since: daysAfter(handed, thresholds.idleDays + 1) };
};

export const returnedRepeatedly: ItemRule = ({ of }, { thresholds }) => {
  const entries = of('ClosureReturned');
  return entries.length >= thresholds.returns ? { entries, values: { times: entries.length } } : undefined;
};

export const reopened: ItemRule = ({ of }) => {
  const entries = of('ItemReopened');
  return entries.length > 0 ? { entries, values: { times: entries.length } } : undefined;
};
