import type { Actor } from '../actor.ts';
import type { Cut } from '../cut.ts';
import type { Day, Instant, ZoneOffset } from '../dates.ts';
import type { CaseEvent, EventOf, ItemEvent } from '../events.ts';
import type { CaseId, ItemId } from '../ids.ts';
import { foldItemView, foldOrder, recordedBy } from '../replay.ts';
import type { Resolved } from '../resolve.ts';
import { type AmendingEntry, type Amendments, amendmentsIn, withoutVoidings } from './amendments.ts';
import type { CheckedItem, Verdict } from './checked-item.ts';
import { candidatesAt, drawnAgain, flaggedBefore, type ItemEvents, isSameDraw, itemThen } from './draw.ts';
import type { CaseEvents, EarlierProblem } from './history.ts';
import { newestOf } from './item-history.ts';
import { type OfficeNumbers, type ReportNumbers, reportNumbers } from './report-numbers.ts';
import { evidenceIn, type SeenEvidence } from './seen-evidence.ts';

/** Which entry, by whom and of when, and what changed it since; it is shown as it reads now, and null words were erased. */
interface Said {
  readonly seq: number;
  readonly on: Day;
  readonly recordedAt: Instant;
  readonly actor: Actor;
  /** Corrections and erasures, in seq order. */
  readonly amendments: readonly AmendingEntry[];
}

export interface SampleReport extends Said {
  readonly seed: string;
  readonly itemIds: readonly ItemId[];
  /** Those of them that were not closed when the draw was recorded, as one made by hand may name. */
  readonly notClosed: readonly ItemId[];
  /** What counted as flagged; null where the entry does not say. */
  readonly flagged: readonly ItemId[] | null;
  /** Drawing again from the ledger as it stood then gives the same items; null of a draw by another method. */
  readonly reproduced: boolean | null;
  /**
   * The rules of this release flag just these closed items, asked as of just before the entry; null where it says
   * not what counted as flagged. `false` may come from the rules of another release, or from a list made up.
   */
  readonly flaggedAsRecomputed: boolean | null;
}

interface FoundOnItem extends Said {
  readonly itemId: ItemId;
  readonly office: string | null;
  readonly verdict: Verdict;
  readonly text: string | null;
  readonly evidence: readonly SeenEvidence[];
}

export interface FindingReport extends FoundOnItem {
  /** The one of its item that was recorded last, of whatever day: it counts. */
  readonly counts: boolean;
}

/** A finding that was taken back: it counts for nothing, and stays to be seen. */
export interface VoidedFinding extends FoundOnItem {
  readonly voidedBy: AmendingEntry;
}

/** Flags take the longest to compute, and other cases to read: a list of look-backs does without. */
type DrawnReport = Omit<SampleReport, 'flaggedAsRecomputed'>;

export interface BareReport extends Omit<LookBackReport, 'samples'> {
  readonly samples: readonly DrawnReport[];
}

/** What one look-back checked and found, as far as a cut knows. */
export interface LookBackReport {
  readonly caseId: CaseId;
  /** Of the entry that opened it, by which others name it. */
  readonly seq: number;
  readonly scope: string | null;
  readonly opened: Said;
  readonly samples: readonly SampleReport[];
  /** In the order of the ids; each sampled, checked or reopened. */
  readonly items: readonly CheckedItem[];
  /** By item, then in the order of the fold. */
  readonly findings: readonly FindingReport[];
  /** By item, then in the order of the fold. */
  readonly voidedFindings: readonly VoidedFinding[];
  readonly reopened: readonly (Said & { readonly itemId: ItemId; readonly reason: string | null })[];
  readonly conclusion: (Said & { readonly text: string | null }) | null;
  readonly counts: ReportNumbers;
  /** In the order of the codes; items that nobody led last. */
  readonly byOffice: readonly OfficeNumbers[];
}

const saidOf = ({ seq, effectOn: on, recordedAt, actor }: Resolved, amendments: Amendments): Said => ({
  seq,
  on,
  recordedAt,
  actor,
  amendments: amendments.of(seq),
});

/** The look-backs of a case that a cut knows, in the order in which it folds them. */
export function lookBackReports(recorded: CaseEvents, cut: Cut, zone: ZoneOffset): readonly BareReport[] {
  const onCase = foldOrder(recorded.events, cut, zone) as readonly Resolved<CaseEvent>[];
  return onCase
    .filter((event) => event.type === 'LookBackOpened')
    .map((opened) => reportOf(opened, onCase, recorded, cut, zone));
}

function reportOf(
  opened: Resolved<EventOf<'LookBackOpened'>>,
  onCase: readonly Resolved<CaseEvent>[],
  { caseId, events, items }: CaseEvents,
  cut: Cut,
  zone: ZoneOffset,
): BareReport {
  const { seq } = opened;
  const draws = onCase
    .filter((event) => event.type === 'SampleDrawn')
    .filter(({ data }) => data.lookBackSeq === seq);
  const conclusion = onCase
    .filter((event) => event.type === 'LookBackConcluded')
    .findLast(({ data }) => data.lookBackSeq === seq);
  const amendments = amendmentsIn(recordedBy(events, cut), conclusion?.recordedAt);
  const asked = { lookBackSeq: seq, draws, concludedAt: conclusion?.recordedAt, cut, zone };
  const about = items.flatMap((item) => aboutItem(item, asked) ?? []);
  const checked = about.flatMap(({ item }) => item ?? []);
  return {
    caseId,
    seq,
    scope: opened.text?.scope ?? null,
    opened: saidOf(opened, amendments),
    samples: draws.map((draw) => {
      const again = drawnAgain(caseId, items, draw, zone);
      const { seed, itemIds, flagged } = draw.data;
      const reproduced = again === undefined ? null : isSameDraw(itemIds, again);
      const closed = new Set(candidatesAt(items, draw.recordedAt, [], zone).map(({ itemId }) => itemId));
      const notClosed = itemIds.filter((itemId) => !closed.has(itemId));
      return { ...saidOf(draw, amendments), seed, itemIds, notClosed, flagged: flagged ?? null, reproduced };
    }),
    items: checked,
    findings: about.flatMap(({ findings }) => findings),
    voidedFindings: about.flatMap(({ voidedFindings }) => voidedFindings),
    reopened: about.flatMap(({ reopened }) => reopened),
    conclusion: conclusion
      ? { ...saidOf(conclusion, amendments), text: conclusion.text?.conclusion ?? null }
      : null,
    ...reportNumbers(checked),
  };
}

/** The report with what the rules flag just before each draw; `earlier` by the seq of the draw. */
export const withFlagsAgain = (
  report: BareReport,
  recorded: CaseEvents,
  zone: ZoneOffset,
  earlier: ReadonlyMap<number, readonly EarlierProblem[]>,
): LookBackReport => ({
  ...report,
  samples: report.samples.map((sample) => {
    const { seq, recordedAt, flagged } = sample;
    if (flagged === null) return { ...sample, flaggedAsRecomputed: null };
    const again = flaggedBefore(recorded, recordedAt, zone, earlier.get(seq) ?? []);
    return { ...sample, flaggedAsRecomputed: isSameDraw(flagged, again) };
  }),
});

interface AskedOfItem {
  readonly lookBackSeq: number;
  readonly draws: readonly Resolved<EventOf<'SampleDrawn'>>[];
  readonly concludedAt: Instant | undefined;
  readonly cut: Cut;
  readonly zone: ZoneOffset;
}

/** What this look-back says of one item; undefined where it says nothing. What was voided alone makes it no item of it. */
function aboutItem(item: ItemEvents, { lookBackSeq, draws, concludedAt, cut, zone }: AskedOfItem) {
  const { itemId } = item;
  const events = foldOrder(item.events, cut, zone) as readonly Resolved<ItemEvent>[];
  const named = draws.filter(({ data }) => data.itemIds.includes(itemId));
  const found = foundIn(events, lookBackSeq);
  const reopenings = events
    .filter((event) => event.type === 'ItemReopened')
    .filter(({ data }) => data.lookBackSeq === lookBackSeq);
  const recorded = recordedBy(item.events, cut);
  const amendments = amendmentsIn(recorded, concludedAt);
  const voided = voidedIn(item, amendments, { lookBackSeq, cut, zone });
  const first = earliest([...named, ...found, ...reopenings]);
  const since = first ?? earliest(voided.map(({ event }) => event));
  if (since === undefined) return undefined;
  const office = itemThen(item, since, zone).lead ?? null;
  const newest = newestOf(found);
  const evidence = evidenceIn(item.events, events, cut, zone, amendments);
  const foundOnItem = (event: Resolved<EventOf<'LookBackFindingRecorded'>>): FoundOnItem => ({
    ...saidOf(event, amendments),
    itemId,
    office,
    verdict: event.data.verdict,
    text: event.text?.text ?? null,
    evidence: (event.data.evidenceIds ?? []).flatMap((id) => evidence.get(id) ?? []),
  });
  const checked: CheckedItem = {
    itemId,
    title: foldItemView(item.events, zone, cut).title,
    office,
    samples: named.map(({ seq }) => seq),
    finding: newest ? { seq: newest.seq, verdict: newest.data.verdict } : null,
    reopened: reopenings.map(({ seq }) => seq),
  };
  return {
    item: first === undefined ? undefined : checked,
    findings: found.map((event) => ({ ...foundOnItem(event), counts: event === newest })),
    voidedFindings: voided.map(({ event, voidedBy }) => ({ ...foundOnItem(event), voidedBy })),
    reopened: reopenings.map((event) => ({
      ...saidOf(event, amendments),
      itemId,
      reason: event.text?.reason ?? null,
    })),
  };
}

/** The findings of this look-back that were voided, as they read before. */
function voidedIn(
  { events }: ItemEvents,
  amendments: Amendments,
  { lookBackSeq, cut, zone }: Pick<AskedOfItem, 'lookBackSeq' | 'cut' | 'zone'>,
) {
  if (!events.some(({ seq, type }) => type === 'LookBackFindingRecorded' && amendments.voiding(seq)))
    return [];
  return foundIn(foldOrder(withoutVoidings(events), cut, zone), lookBackSeq).flatMap((event) => {
    const voidedBy = amendments.voiding(event.seq);
    return voidedBy ? [{ event, voidedBy }] : [];
  });
}

const foundIn = (events: readonly Resolved[], lookBackSeq: number) =>
  events
    .filter((event) => event.type === 'LookBackFindingRecorded')
    .filter(({ data }) => data.lookBackSeq === lookBackSeq);

/** When the first of these was recorded. */
const earliest = (events: readonly Resolved[]): Instant | undefined =>
  events
    .map(({ recordedAt }) => recordedAt)
    .reduce<Instant | undefined>((least, at) => (least === undefined || at < least ? at : least), undefined);
