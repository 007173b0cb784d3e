import type { Cut } from '../cut.ts';
import type { ZoneOffset } from '../dates.ts';
import type { EventOf, EventType, ItemEvent, ItemEventType, LedgerEvent } from '../events.ts';
import { groupedBy } from '../grouping.ts';
import { evidenceId, type ItemId, measureId, mintedSeq } from '../ids.ts';
import { evolveItem } from '../item/evolve.ts';
import { type ItemState, initialItem, stands } from '../item/state.ts';
import { isActivity } from '../item/view.ts';
import { foldOrder, recordedBy } from '../replay.ts';
import type { Effect, Resolved } from '../resolve.ts';
import { type Voided, voidedIn } from './voided.ts';

/** An entry of one type, as it stands. */
export type Standing<T extends EventType> = EventOf<T> & Effect;
/** A measure that stands, with every completion of it, and the newest. */
export interface StandingMeasure {
  readonly adopted: Standing<'MeasureAdopted'>;
  readonly completions: readonly Standing<'MeasureCompleted'>[];
  readonly completed: Standing<'MeasureCompleted'> | undefined;
}

/** An item as the rules read it: cut, corrected, voided entries left out. */
export interface ItemHistory {
  readonly itemId: ItemId;
  /** What was recorded by the cut, amendments and all, in seq order. */
  readonly recorded: readonly LedgerEvent[];
  readonly state: ItemState;
  /** Null before the raise, and once erased. */
  readonly title: string | null;
  readonly heading: string | null;
  /** The newest sign that work goes on, or begins anew. */
  readonly lastActivity: Resolved<ItemEvent> | undefined;
  readonly of: <T extends ItemEventType>(type: T) => readonly Standing<T>[];
  readonly voided: <T extends ItemEventType>(type: T) => readonly Voided<T>[];
  /** What offices themselves recorded of their work, and did not withdraw, in seq order; imports are no work. */
  readonly work: readonly Resolved<ItemEvent>[];
  readonly measures: readonly StandingMeasure[];
  /** Of offices, and not withdrawn. */
  readonly evidence: readonly Standing<'EvidenceAttached'>[];
  /** The newest raise or reopening before the closing: what it has to answer. */
  readonly turn: Standing<'IssueRaised'> | Standing<'ItemReopened'> | undefined;
  /** The closing that stands. */
  readonly closing: Standing<'ItemClosed'> | undefined;
}

export const WORK_TYPES = [
  'MeasureAdopted',
  'ProgressReported',
  'MeasureCompleted',
  'EvidenceAttached',
] as const satisfies readonly ItemEventType[];
const WORK: ReadonlySet<string> = new Set(WORK_TYPES);

export const isOfficeWork = ({
  type,
  actor,
  source,
}: Pick<LedgerEvent, 'type' | 'actor' | 'source'>): boolean =>
  WORK.has(type) && actor.role === 'office' && source === undefined;

/** What was recorded last; on the effective clock entries come in another order. */
export const newestOf = <E extends { readonly seq: number }>(entries: readonly E[]): E | undefined =>
  entries.reduce<E | undefined>(
    (newest, entry) => (newest && newest.seq > entry.seq ? newest : entry),
    undefined,
  );

export function readItemHistory(
  itemId: ItemId,
  events: readonly LedgerEvent[],
  cut: Cut,
  zone: ZoneOffset,
): ItemHistory {
  const entries = foldOrder(events, cut, zone) as readonly Resolved<ItemEvent>[];
  // The state alone: the words that people read of an item would cost the rules more than all else together.
  const state = entries.reduce(evolveItem, initialItem);
  const of: ItemHistory['of'] = grouped(entries);
  const raised = of('IssueRaised').at(-1);
  const closing = state.status === 'closed' ? of('ItemClosed').at(-1) : undefined;
  const turns = [...of('IssueRaised'), ...of('ItemReopened')];
  const withdrawn = withdrawnIds(state, of);
  const recorded = recordedBy(events, cut);
  return {
    itemId,
    recorded,
    state,
    title: raised?.text?.title ?? null,
    heading: raised?.text?.heading ?? null,
    lastActivity: entries.findLast(({ type }) => isActivity(type)),
    of,
    voided: voidedIn(recorded, cut, zone),
    work: inOrderOfSeq(entries.filter((entry) => isOfficeWork(entry) && !isWithdrawn(entry, withdrawn))),
    measures: standingMeasures(state, of),
    evidence: of('EvidenceAttached').filter(
      (entry) => entry.actor.role === 'office' && !isWithdrawn(entry, withdrawn),
    ),
    turn: newestOf(closing ? turns.filter(({ seq }) => seq < closing.seq) : turns),
    closing,
  };
}

/** Ids of measures and evidence that were withdrawn. */
function withdrawnIds({ measures }: ItemState, of: ItemHistory['of']): ReadonlySet<string> {
  const ofMeasures = measures
    .filter(({ progress }) => progress === 'withdrawn')
    .map(({ seq }) => measureId(seq));
  return new Set([...ofMeasures, ...of('EvidenceWithdrawn').map(({ data }) => data.evidenceId)]);
}

/** Evidence that was withdrawn, and a measure that was, with its completions. */
function isWithdrawn(entry: Resolved<ItemEvent>, withdrawn: ReadonlySet<string>): boolean {
  switch (entry.type) {
    case 'EvidenceAttached':
      return withdrawn.has(evidenceId(entry.seq));
    case 'MeasureAdopted':
      return withdrawn.has(measureId(entry.seq));
    case 'MeasureCompleted':
      return withdrawn.has(entry.data.measureId);
    default:
      return false;
  }
}

/** As recorded; on the effective clock entries come in another order. */
export const inOrderOfSeq = <E extends { readonly seq: number }>(entries: readonly E[]): readonly E[] =>
  entries.some((entry, index) => index > 0 && entry.seq < (entries[index - 1] as E).seq)
    ? [...entries].sort((one, other) => one.seq - other.seq)
    : entries;

/** Entries by their type, in the order given; grouped once, since every rule asks. */
export function grouped(
  entries: readonly Resolved[],
): <T extends EventType>(type: T) => readonly Standing<T>[] {
  const groups = groupedBy(entries, ({ type }) => type);
  const none: readonly never[] = [];
  return <T extends EventType>(type: T) =>
    (groups.get(type) as readonly Resolved[] as readonly Standing<T>[] | undefined) ?? none;
}

function standingMeasures({ measures }: ItemState, of: ItemHistory['of']): readonly StandingMeasure[] {
  const adopted = new Map(of('MeasureAdopted').map((entry) => [entry.seq, entry]));
  const completed = groupedBy(of('MeasureCompleted'), ({ data }) => mintedSeq('m', data.measureId));
  return measures.filter(stands).flatMap(({ seq }) => {
    const entry = adopted.get(seq);
    const completions = completed.get(seq) ?? [];
    return entry ? [{ adopted: entry, completions, completed: newestOf(completions) }] : [];
  });
}
