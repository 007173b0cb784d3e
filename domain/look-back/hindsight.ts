import type { Actor } from '../actor.ts';
import { correctedTogether } from '../corrected-fields.ts';
import type { Cut } from '../cut.ts';
import { type Day, dayOf, type Instant, type PartialDate, type ZoneOffset } from '../dates.ts';
import { amends, type Change } from '../diff.ts';
import type { LedgerEvent } from '../events.ts';
import { type FieldChange, fieldChanges } from '../field-changes.ts';
import { GENESIS } from '../hashing.ts';
import type { CaseId, ItemId } from '../ids.ts';
import { type Counts, countsOn, tally } from '../inspection/tally.ts';
import { type Accountability, type CaseView, presentCase } from '../inspection/view.ts';
import { EMPTY_HEAD, presentItem } from '../item/present.ts';
import type { ItemView } from '../item/view.ts';
import { foldCaseView, foldItemView, foldOrder, recordedBy } from '../replay.ts';
import type { Resolved } from '../resolve.ts';

/** Two looks at one day: as the ledger had it then, and as a later cut has it. */
export interface Moment {
  /** What the ledger had recorded by then was believed, inclusive. */
  readonly believedAsOf: Instant;
  /** The day that both looks are about. */
  readonly effectiveOn: Day;
  /** What is known by then; without it all that is recorded. Not before `believedAsOf`. */
  readonly recordedAsOf?: Instant | undefined;
}

/** An entry recorded after the moment that counts by the day, or changes how one reads that does. */
export interface LaterEntry {
  readonly seq: number;
  readonly type: string;
  /** `corrected` amends an earlier entry; `back-dated` took place by the moment; `new` after it. */
  readonly kind: Change['kind'];
  /** The entry that it amends; null where it stands for itself. */
  readonly target: number | null;
  readonly recordedAt: Instant;
  /** As it is known by the later cut. */
  readonly occurredOn: PartialDate | null;
  readonly actor: Actor;
}

/** Both pictures of one stream, and the later entries that count in them. */
export interface TwoPictures<View> {
  readonly believed: View;
  readonly known: View;
  readonly entries: readonly LaterEntry[];
  /** What the corrections among them changed in their targets, be it in the pictures or not. */
  readonly corrected: readonly FieldChange[];
}

/** One item, or the case itself, whose pictures differ, or an entry of which was amended. */
export interface HindsightDifference {
  /** Null for the case itself. */
  readonly itemId: ItemId | null;
  /** As known, else as believed; null once erased. */
  readonly title: string | null;
  /**
   * What corrections changed, as `entries/<target>/<name>`, then what differs in the pictures. None where an entry
   * that no picture shows was voided or erased, or corrected back to what it said.
   */
  readonly changes: readonly FieldChange[];
  /** Never none. */
  readonly entries: readonly LaterEntry[];
}

/** What a case comes to in one picture; `fundsFen` in fen. */
export interface PictureTotals {
  readonly counts: Counts;
  readonly accountability: readonly Accountability[];
  readonly institutions: number;
  readonly fundsFen: number;
}

const bothCuts = ({ believedAsOf, effectiveOn, recordedAsOf }: Moment): { believed: Cut; known: Cut } => ({
  believed: { recordedAsOf: believedAsOf, effectiveOn },
  known: { recordedAsOf, effectiveOn },
});

/** Both pictures of one stream; `events` in seq order, from the first. */
function twoPictures<View>(
  events: readonly LedgerEvent[],
  moment: Moment,
  zone: ZoneOffset,
  fold: (events: readonly LedgerEvent[], zone: ZoneOffset, cut: Cut) => View,
): TwoPictures<View> {
  const cuts = bothCuts(moment);
  const believed = fold(events, zone, cuts.believed);
  const recorded = recordedBy(events, cuts.known);
  const moved = recorded.some((event) => event.recordedAt > moment.believedAsOf);
  if (!moved) return { believed, known: believed, entries: [], corrected: [] };
  const entries = laterEntriesOf(events, moment, zone);
  const named = new Set(entries.map(({ seq }) => seq));
  const corrected = correctedTogether(
    recorded,
    recorded.filter(({ seq }) => named.has(seq)),
  );
  return { believed, known: fold(events, zone, cuts.known), entries, corrected };
}

export const twoItemPictures = (
  events: readonly LedgerEvent[],
  moment: Moment,
  zone: ZoneOffset,
): TwoPictures<ItemView> => twoPictures(events, moment, zone, foldItemView);

export const twoCasePictures = (
  events: readonly LedgerEvent[],
  moment: Moment,
  zone: ZoneOffset,
): TwoPictures<CaseView> => twoPictures(events, moment, zone, foldCaseView);

/** Entries recorded after the moment that count by the day, or amend one that counts by it in either picture. */
function laterEntriesOf(events: readonly LedgerEvent[], moment: Moment, zone: ZoneOffset): LaterEntry[] {
  const cuts = bothCuts(moment);
  const known = foldOrder(events, cuts.known, zone);
  const counting = new Set<number>();
  for (const event of [...foldOrder(events, cuts.believed, zone), ...known]) {
    counting.add(event.seq);
    // A withdrawal takes back what the evidence counted for, be that in the picture or not.
    if (event.withdraws) counting.add(event.withdraws.seq);
  }
  const inEffect = new Map(known.map((event) => [event.seq, event]));
  const found: LaterEntry[] = [];
  for (const event of recordedBy(events, cuts.known)) {
    if (!event.known || event.recordedAt <= moment.believedAsOf) continue;
    const target = amends(event) ? event.data.target : null;
    const resolved = inEffect.get(event.seq);
    if (target === null ? !resolved : !counting.has(target)) continue;
    const { seq, type, recordedAt, actor } = event;
    found.push({
      seq,
      type,
      kind: target === null ? kindOf(resolved, moment, zone) : 'corrected',
      target,
      recordedAt,
      occurredOn: (resolved ?? event).occurredOn ?? null,
      actor,
    });
  }
  return found;
}

const kindOf = (event: Resolved | undefined, { believedAsOf }: Moment, zone: ZoneOffset): Change['kind'] =>
  event && !event.assumed && event.effectOn <= dayOf(believedAsOf, zone) ? 'back-dated' : 'new';

/** How an item's pictures differ, and what was amended in its entries; undefined where they say the same. */
export function itemDifference(
  id: { readonly caseId: CaseId; readonly itemId: ItemId },
  pictures: TwoPictures<ItemView>,
  effectiveOn: Day,
): HindsightDifference | undefined {
  const present = (view: ItemView) => presentItem(id, view, EMPTY_HEAD, effectiveOn);
  return difference(id.itemId, pictures, present);
}

const NOWHERE = { version: 0, hash: GENESIS, recordedAt: null };

/** The same of the case itself; what its items come to is in the totals. */
export function caseDifference(
  caseId: CaseId,
  pictures: TwoPictures<CaseView>,
  effectiveOn: Day,
): HindsightDifference | undefined {
  const present = (view: CaseView) => presentCase(caseId, view, NOWHERE, tally([]), effectiveOn);
  return difference(null, pictures, present);
}

function difference<View extends { readonly title: string | null }>(
  itemId: ItemId | null,
  { believed, known, entries, corrected }: TwoPictures<View>,
  present: (view: View) => Parameters<typeof fieldChanges>[0],
): HindsightDifference | undefined {
  if (entries.length === 0) return undefined;
  const changes = [...corrected, ...fieldChanges(present(believed), present(known))];
  // Whatever amends an entry that counts is told, though no picture shows what it amends.
  if (changes.length === 0 && !entries.some(({ kind }) => kind === 'corrected')) return undefined;
  return { itemId, title: known.title ?? believed.title, changes, entries };
}

/** Overdue is counted on the day that the picture is about. */
export function pictureTotals(ofCase: CaseView, items: readonly ItemView[], effectiveOn: Day): PictureTotals {
  const { accountability, institutions, fundsFen } = ofCase;
  return { counts: countsOn(tally(items), effectiveOn), accountability, institutions, fundsFen };
}
