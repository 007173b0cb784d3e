import { type Day, earliestDay, effectDay, lastDay, type PartialDate, type ZoneOffset } from './dates.ts';
import type { EventType, KnownEvent, LedgerEvent } from './events.ts';
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

/** The day from which an entry counts as a correction dates it; null makes its date unknown. */
const redatedTo = (target: KnownEvent, occurredOn: PartialDate | null, zone: ZoneOffset): Day =>
  effectDay(occurredOn ?? undefined, target.recordedAt, zone);

/** A correction must not move a finding, or a reopening, to before the opening of its look-back. */
export function movedBeforeOpening(
  target: KnownEvent | undefined,
  occurredOn: PartialDate | null,
  lookBacks: readonly { readonly seq: number; readonly openedOn: Day }[],
  zone: ZoneOffset,
): Refusal | undefined {
  if (target?.type !== 'LookBackFindingRecorded' && target?.type !== 'ItemReopened') return undefined;
  const lookBack = lookBacks.find(({ seq }) => seq === target.data.lookBackSeq);
  return lookBack && beforeOpening(lookBack, redatedTo(target, occurredOn, zone));
}

/** An entry of an item that stands and names a look-back of the case. */
export type OfLookBack = Extract<
  Resolved,
  { readonly type: 'LookBackFindingRecorded' } | { readonly type: 'ItemReopened' }
>;

/** What the entries of one item that stand hold of a look-back: findings, and reopenings for it. */
export const ofLookBack = (lookBackSeq: number, events: readonly Resolved[]): readonly OfLookBack[] =>
  events
    .filter((event) => event.type === 'LookBackFindingRecorded' || event.type === 'ItemReopened')
    .filter(({ data }) => data.lookBackSeq === lookBackSeq);

/** The opening of a look-back that a correction redates: then what items hold of it must be known. */
export function redatedOpening(
  { type, data }: { readonly type: string; readonly data: { readonly [name: string]: unknown } },
  history: readonly LedgerEvent[],
): KnownEvent | undefined {
  if (type !== 'EntryCorrected' || data.occurredOn === undefined) return undefined;
  const target = history.find(({ seq }) => seq === data.target);
  return target?.known && target.type === 'LookBackOpened' ? target : undefined;
}

/** A correction must not move an opening to after what was found on items, or what they were reopened for. */
export function openedAfter(
  opening: KnownEvent,
  occurredOn: PartialDate | null,
  named: readonly OfLookBack[],
  zone: ZoneOffset,
): Refusal | undefined {
  const openedOn = redatedTo(opening, occurredOn, zone);
  const first = named.find(({ effectOn }) => effectOn < openedOn);
  return first
    ? refuse(
        'decision-before-request',
        `${first.type} ${first.seq} of item ${first.itemId}, of ${first.effectOn}, would be before ${openedOn}, when the look-back was opened`,
      )
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
