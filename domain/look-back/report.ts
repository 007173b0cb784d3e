import type { Actor } from '../actor.ts';
import type { Cut } from '../cut.ts';
import type { Day, Instant, ZoneOffset } from '../dates.ts';
import type { CaseEvent, EventOf, ItemEvent, LedgerEvent } from '../events.ts';
import { type CaseId, evidenceId, type ItemId } from '../ids.ts';
import { foldItemView, foldOrder, recordedBy } from '../replay.ts';
import { type Resolved, resolve } from '../resolve.ts';
import type { CheckedItem, Verdict } from './checked-item.ts';
import { drawnAgain, flaggedBefore, type ItemEvents, isSameDraw, itemThen } from './draw.ts';
import type { CaseEvents, EarlierProblem } from './history.ts';
import { newestOf } from './item-history.ts';
import { type OfficeNumbers, type ReportNumbers, reportNumbers } from './report-numbers.ts';

/** Which entry, by whom and of when; null words were erased. */
interface Said {
  readonly seq: number;
  readonly on: Day;
  readonly recordedAt: Instant;
  readonly actor: Actor;
}

export interface SampleReport extends Said {
  readonly seed: string;
  readonly itemIds: readonly ItemId[];
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

export interface FindingReport extends Said {
  readonly itemId: ItemId;
  readonly office: string | null;
  readonly verdict: Verdict;
  readonly text: string | null;
  readonly evidence: readonly {
    readonly evidenceId: string;
    readonly name: string | null;
    readonly sha256: string;
  }[];
  /** The one of its item that was recorded last, of whatever day: it counts. */
  readonly counts: boolean;
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
  readonly reopened: readonly (Said & { readonly itemId: ItemId; readonly reason: string | null })[];
  readonly conclusion: (Said & { readonly text: string | null }) | null;
  readonly counts: ReportNumbers;
  /** In the order of the codes; items that nobody led last. */
  readonly byOffice: readonly OfficeNumbers[];
}

const saidOf = ({ seq, effectOn: on, recordedAt, actor }: Resolved): Said => ({ seq, on, recordedAt, actor });

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
  { caseId, items }: CaseEvents,
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
  const about = items.flatMap((item) => aboutItem(item, seq, draws, cut, zone) ?? []);
  const checked = about.map(({ item }) => item);
  return {
    caseId,
    seq,
    scope: opened.text?.scope ?? null,
    opened: saidOf(opened),
    samples: draws.map((draw) => {
      const again = drawnAgain(caseId, items, draw, zone);
      const { seed, itemIds, flagged } = draw.data;
      const reproduced = again === undefined ? null : isSameDraw(itemIds, again);
      return { ...saidOf(draw), seed, itemIds, flagged: flagged ?? null, reproduced };
    }),
    items: checked,
    findings: about.flatMap(({ findings }) => findings),
    reopened: about.flatMap(({ reopened }) => reopened),
    conclusion: conclusion ? { ...saidOf(conclusion), text: conclusion.text?.conclusion ?? null } : null,
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

/** What this look-back says of one item; undefined where it says nothing. */
function aboutItem(
  item: ItemEvents,
  lookBackSeq: number,
  draws: readonly Resolved<EventOf<'SampleDrawn'>>[],
  cut: Cut,
  zone: ZoneOffset,
) {
  const { itemId } = item;
  const events = foldOrder(item.events, cut, zone) as readonly Resolved<ItemEvent>[];
  const named = draws.filter(({ data }) => data.itemIds.includes(itemId));
  const found = events
    .filter((event) => event.type === 'LookBackFindingRecorded')
    .filter(({ data }) => data.lookBackSeq === lookBackSeq);
  const reopenings = events
    .filter((event) => event.type === 'ItemReopened')
    .filter(({ data }) => data.lookBackSeq === lookBackSeq);
  const first = [...named, ...found, ...reopenings]
    .map(({ recordedAt }) => recordedAt)
    .reduce<Instant | undefined>((least, at) => (least === undefined || at < least ? at : least), undefined);
  if (first === undefined) return undefined;
  const office = itemThen(item, first, zone).lead ?? null;
  const newest = newestOf(found);
  // Evidence that was seen is named, whatever the day from which its own entry counts.
  const evidence = evidenceIn(item.events, cut, zone);
  const checked: CheckedItem = {
    itemId,
    title: foldItemView(item.events, zone, cut).title,
    office,
    samples: named.map(({ seq }) => seq),
    finding: newest ? { seq: newest.seq, verdict: newest.data.verdict } : null,
    reopened: reopenings.map(({ seq }) => seq),
  };
  return {
    item: checked,
    findings: found.map((event) => ({
      ...saidOf(event),
      itemId,
      office,
      verdict: event.data.verdict,
      text: event.text?.text ?? null,
      evidence: (event.data.evidenceIds ?? []).flatMap((id) => evidence.get(id) ?? []),
      counts: event === newest,
    })),
    reopened: reopenings.map((event) => ({ ...saidOf(event), itemId, reason: event.text?.reason ?? null })),
  };
}

const evidenceIn = (events: readonly LedgerEvent[], cut: Cut, zone: ZoneOffset) =>
  new Map(
    resolve(recordedBy(events, cut), zone)
      .filter((event) => event.type === 'EvidenceAttached')
      .map(({ seq, data, text }) => {
        const id = evidenceId(seq);
        return [id, { evidenceId: id, name: text?.name ?? null, sha256: data.sha256 }];
      }),
  );
