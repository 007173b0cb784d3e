import type { Cut } from '../cut.ts';
import type { Day, ZoneOffset } from '../dates.ts';
import type {
  CaseEvent,
  CaseEventType,
  EventOf,
  EventType,
  ItemEvent,
  ItemEventType,
  LedgerEvent,
} from '../events.ts';
import { type CaseId, type ItemId, mintedSeq } from '../ids.ts';
import { type CaseView, evolveCaseView, initialCaseView } from '../inspection/view.ts';
import { stands } from '../item/state.ts';
import { evolveItemView, type ItemView, initialItemView } from '../item/view.ts';
import { foldOrder, recordedBy } from '../replay.ts';
import type { Effect, Resolved } from '../resolve.ts';
import { type Thresholds, thresholdsOf } from './catalogue.ts';
import { groupedBy } from './grouping.ts';

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
}

/** From which picture flags are asked. */
export interface Asked {
  readonly cut: Cut;
  /** The day of the cut. */
  readonly today: Day;
  readonly zone: ZoneOffset;
  readonly earlier?: readonly EarlierProblem[] | undefined;
}

/** An entry of one type, as it stands. */
export type Standing<T extends EventType> = EventOf<T> & Effect;
/** A measure that stands, with its newest completion. */
export interface StandingMeasure {
  readonly adopted: Standing<'MeasureAdopted'>;
  readonly completed: Standing<'MeasureCompleted'> | undefined;
}

/** An item as the rules read it: cut, corrected, voided entries left out. */
export interface ItemHistory {
  readonly itemId: ItemId;
  /** What was recorded by the cut, amendments and all, in seq order. */
  readonly recorded: readonly LedgerEvent[];
  readonly view: ItemView;
  readonly of: <T extends ItemEventType>(type: T) => readonly Standing<T>[];
  /** What offices themselves recorded of their work, in seq order; imports are no work. */
  readonly work: readonly Resolved<ItemEvent>[];
  readonly measures: readonly StandingMeasure[];
  /** Of offices, and not withdrawn. */
  readonly evidence: readonly Standing<'EvidenceAttached'>[];
  /** The newest raise or reopening: what a closing has to answer. */
  readonly turn: Standing<'IssueRaised'> | Standing<'ItemReopened'> | undefined;
  /** The closing that stands. */
  readonly closing: Standing<'ItemClosed'> | undefined;
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
  /** In the order of their ids, however they were handed over. */
  readonly items: readonly ItemHistory[];
  readonly earlier: readonly EarlierProblem[];
}

const WORK: ReadonlySet<string> = new Set<ItemEventType>([
  'MeasureAdopted',
  'ProgressReported',
  'MeasureCompleted',
  'EvidenceAttached',
]);

const isOfficeWork = ({ type, actor, source }: Resolved<ItemEvent>): boolean =>
  WORK.has(type) && actor.role === 'office' && source === undefined;

export function readHistory({ caseId, events, items }: CaseEvents, asked: Asked): CaseHistory {
  const { cut, today, zone, earlier = [] } = asked;
  const entries = foldOrder(events, cut, zone) as readonly Resolved<CaseEvent>[];
  const view = entries.reduce(evolveCaseView, initialCaseView);
  return {
    caseId,
    today,
    zone,
    cut,
    thresholds: thresholdsOf(view.state.settings),
    recorded: recordedBy(events, cut),
    view,
    of: grouped(entries),
    items: [...items]
      .sort((one, other) => (one.itemId < other.itemId ? -1 : 1))
      .map((item) => readItemHistory(item.itemId, item.events, cut, zone)),
    earlier,
  };
}

function readItemHistory(
  itemId: ItemId,
  events: readonly LedgerEvent[],
  cut: Cut,
  zone: ZoneOffset,
): ItemHistory {
  const entries = foldOrder(events, cut, zone) as readonly Resolved<ItemEvent>[];
  const view = entries.reduce(evolveItemView, initialItemView);
  const of: ItemHistory['of'] = grouped(entries);
  const standing = new Set(view.evidence.filter((one) => one.standing).map((one) => one.evidenceId));
  const closing = view.state.status === 'closed' ? of('ItemClosed').at(-1) : undefined;
  return {
    itemId,
    recorded: recordedBy(events, cut),
    view,
    of,
    work: bySeq(entries.filter(isOfficeWork)),
    measures: standingMeasures(view, of),
    evidence: of('EvidenceAttached').filter(
      ({ seq, actor }) => actor.role === 'office' && standing.has(`e${seq}`),
    ),
    turn: of('ItemReopened').at(-1) ?? of('IssueRaised').at(-1),
    closing,
  };
}

const bySeq = <E extends { readonly seq: number }>(entries: readonly E[]): readonly E[] =>
  entries.some((entry, index) => index > 0 && entry.seq < (entries[index - 1] as E).seq)
    ? [...entries].sort((one, other) => one.seq - other.seq)
    : entries;

/** Entries by their type, in the order given; grouped once, since every rule asks. */
function grouped(entries: readonly Resolved[]): <T extends EventType>(type: T) => readonly Standing<T>[] {
  const groups = groupedBy(entries, ({ type }) => type);
  const none: readonly never[] = [];
  return <T extends EventType>(type: T) =>
    (groups.get(type) as readonly Resolved[] as readonly Standing<T>[] | undefined) ?? none;
}

function standingMeasures({ state }: ItemView, of: ItemHistory['of']): readonly StandingMeasure[] {
  const adopted = new Map(of('MeasureAdopted').map((entry) => [entry.seq, entry]));
  const completed = new Map(
    of('MeasureCompleted').map((entry) => [mintedSeq('m', entry.data.measureId), entry]),
  );
  return state.measures.filter(stands).flatMap(({ seq }) => {
    const entry = adopted.get(seq);
    return entry ? [{ adopted: entry, completed: completed.get(seq) }] : [];
  });
}
