import { type Day, earliestDay, lastDay } from './dates.ts';
import type { EventType, KnownEvent } from './events.ts';
import { type Refusal, refuse } from './refusals.ts';
import type { Resolved } from './resolve.ts';

/** What each committee decision answers. */
const ANSWERS: { readonly [T in EventType]?: EventType } = {
  ClosureEndorsed: 'ClosureRequested',
  ClosureReturned: 'ClosureRequested',
  ItemClosed: 'ClosureRequested',
  ItemReopened: 'ItemClosed',
  DeadlineExtended: 'ExtensionRequested',
  PlanAccepted: 'PlanIssued',
};

/** The day that counts for the order: a plan is issued and accepted on the days that it names. */
function decidedOn(event: Resolved): Day {
  if (event.type === 'PlanIssued') return earliestDay(event.data.issuedOn);
  if (event.type === 'PlanAccepted') return lastDay(event.data.acceptedOn);
  return event.effectOn;
}

/** A look-back is named by its entry: several may be open side by side. */
const isOfLookBack = (event: Resolved) => event.type === 'SampleDrawn' || event.type === 'LookBackConcluded';

/** Nothing is drawn, found, reopened for or concluded in a look-back before it was opened. */
export function beforeOpening({ openedOn }: { readonly openedOn: Day }, effectOn: Day): Refusal | undefined {
  return effectOn < openedOn
    ? refuse('decision-before-request', `${effectOn} is before ${openedOn}, when the look-back was opened`)
    : undefined;
}

/** The finding of a look-back that a reopening rests on: the newest of the earlier entries that stand. */
export const findingOf = (lookBackSeq: unknown, earlier: readonly Resolved[]): Finding | undefined =>
  earlier
    .filter((event) => event.type === 'LookBackFindingRecorded')
    .findLast(({ data }) => data.lookBackSeq === lookBackSeq);

type Finding = Extract<Resolved, { readonly type: 'LookBackFindingRecorded' }>;

/** The first decision of a stream, in seq order, that occurs before what it answers, in a sentence. */
export function misdatedDecision(events: readonly Resolved[]): string | undefined {
  const newest = new Map<EventType, Resolved>();
  const lookBacks = new Map<number, Resolved>();
  for (const [index, event] of events.entries()) {
    const answered = ANSWERS[event.type];
    const before = isOfLookBack(event)
      ? [lookBacks.get(event.data.lookBackSeq)]
      : [answered && newest.get(answered), foundFor(events, index)];
    const later = before.find((one) => one && decidedOn(event) < decidedOn(one));
    if (later) {
      const [day, other] = [decidedOn(event), decidedOn(later)];
      return `${event.type} of ${day} would be before the ${later.type} of ${other} that it answers`;
    }
    newest.set(event.type, event);
    if (event.type === 'LookBackOpened') lookBacks.set(event.seq, event);
    if (event.type === 'DeadlineExtended') newest.delete('ExtensionRequested');
  }
  return undefined;
}

/** What the reopening at this place, if it is one, rests on. */
function foundFor(events: readonly Resolved[], index: number): Finding | undefined {
  const event = events[index];
  return event?.type === 'ItemReopened'
    ? findingOf(event.data.lookBackSeq, events.slice(0, index))
    : undefined;
}

/** The first standing decision that answers this entry; what was answered can no longer be taken back. */
export function answerTo(target: KnownEvent, events: readonly Resolved[]): Resolved | undefined {
  if (target.type === 'LookBackFindingRecorded') {
    return events.find((_, index) => foundFor(events, index)?.seq === target.seq);
  }
  const next =
    events.find((event) => event.seq > target.seq && event.type === target.type)?.seq ??
    Number.POSITIVE_INFINITY;
  return events.find(
    (event) => event.seq > target.seq && event.seq < next && ANSWERS[event.type] === target.type,
  );
}
