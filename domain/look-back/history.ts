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
  readonly view: ItemView;
  readonly of: <T extends ItemEventType>(type: T) => readonly Standing<T>[];
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

/** What was recorded last; on the effective clock entries come in another order. */
export const newestOf = <E extends { readonly seq: number }>(entries: readonly E[]): E | undefined =>
  entries.reduce<E | undefined>(
    (newest, entry) => (newest && newest.seq > entry.seq ? newest : entry),
    undefined,
  );

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
  const turns = [...of('IssueRaised'), ...of('ItemReopened')];
  return {
    itemId,
    recorded: recordedBy(events, cut),
    view,
    of,
    work: bySeq(entries.filter((entry) => isOfficeWork(entry) && !isWithdrawn(entry, view, standing))),
    measures: standingMeasures(view, of),
    evidence: of('EvidenceAttached').filter(
      ({ seq, actor }) => actor.role === 'office' && standing.has(`e${seq}`),
    ),
    turn: newestOf(closing ? turns.filter(({ seq }) => seq < closing.seq) : turns),
    closing,
  };
}

/** Evidence that was withdrawn, and a measure that was, with its completions. */
function isWithdrawn(
  entry: Resolved<ItemEvent>,
  { state }: ItemView,
  standing: ReadonlySet<string>,
): boolean {
  if (entry.type === 'EvidenceAttached') return !standing.has(`e${entry.seq}`);
  if (entry.type !== 'MeasureAdopted' && entry.type !== 'MeasureCompleted') return false;
  const measure = entry.type === 'MeasureAdopted' ? entry.seq : mintedSeq('m', entry.data.measureId);
  return state.measures.some(({ seq, progress }) => seq === measure && progress === 'withdrawn');
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
  const completed = groupedBy(of('MeasureCompleted'), ({ data }) => mintedSeq('m', data.measureId));
  return state.measures.filter(stands).flatMap(({ seq }) => {
    const entry = adopted.get(seq);
    const completions = completed.get(seq) ?? [];
    return entry ? [{ adopted: entry, completions, completed: newestOf(completions) }] : [];
  });
}
