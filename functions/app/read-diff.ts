import type { Principal } from '../../domain/actor.ts';
import { type Cut, isCut, readCut } from '../../domain/cut.ts';
import type { Instant, ZoneOffset } from '../../domain/dates.ts';
import { type Change, type DiffBounds, diffStream } from '../../domain/diff.ts';
import type { LedgerEvent } from '../../domain/events.ts';
import type { CaseId } from '../../domain/ids.ts';
import { isResponsible } from '../../domain/item/state.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusals.ts';
import { foldItem, foldOrder, laterEntries, recordedBy } from '../../domain/replay.ts';
import { mayReadItem, reachesCase } from './access.ts';
import type { Diff, Span } from './comparison.ts';
import type { Dependencies } from './dependencies.ts';
import { readBounds } from './diff-bounds.ts';
import type { AskedCut } from './ledger.ts';
import { echo, type ItemStream } from './read-item.ts';
import { readItems } from './read-partition.ts';
import { readAll } from './streams.ts';

/** A comparison as it was asked for, resolved. */
export interface Comparison {
  readonly bounds: DiffBounds;
  readonly cut: Cut;
  readonly now: Instant;
}

export function readComparison(deps: Dependencies, span: Span, asked: AskedCut): Comparison | Refusal {
  const { zone } = deps.identity;
  const now = deps.clock.now();
  const bounds = readBounds(span, now, zone);
  if (isRefusal(bounds)) return bounds;
  const cut = readCut(asked, now, zone);
  return isRefusal(cut) ? cut : { bounds, cut, now };
}

/** The changes of one stream that the cut keeps. */
function changesOf(events: readonly LedgerEvent[], { bounds, cut }: Comparison, zone: ZoneOffset): Change[] {
  const kept = recordedBy(events, cut);
  const changes = diffStream(kept, bounds, zone);
  const { effectiveOn } = cut;
  if (effectiveOn === undefined) return changes;
  const inEffect = new Set(foldOrder(kept, { effectiveOn }, zone).map((event) => event.seq));
  return changes.filter((change) => inEffect.has(change.seq));
}

/** What changed in one case, with what was read for it. */
export interface ChangedCase {
  /** The case's own stream, whoever asks. */
  readonly ofCase: readonly LedgerEvent[];
  readonly changes: readonly Change[];
  /** Entries after the cut, of the streams that this person reads. */
  readonly later: number;
  /** Entries read. */
  readonly read: number;
}

/** An office sees the changes of its own items, and none of the case's own stream. */
export async function changedCase(
  deps: Dependencies,
  who: Principal,
  caseId: CaseId,
  comparison: Comparison,
): Promise<ChangedCase> {
  const { zone } = deps.identity;
  const ofCase = (await readAll(deps.events, { caseId })).map((entry) => entry.event);
  const changes: Change[] = [];
  let later = 0;
  let read = ofCase.length;
  const add = (events: readonly LedgerEvent[]): void => {
    later += laterEntries(events, comparison.cut);
    for (const change of changesOf(events, comparison, zone)) changes.push(change);
  };
  if (who.role !== 'office') add(ofCase);
  if (ofCase.length === 0) return { ofCase, changes, later, read };
  for await (const { entries } of readItems(deps.events, caseId)) {
    const events = entries.map((entry) => entry.event);
    read += events.length;
    if (who.role === 'office' && !isResponsible(foldItem(events, zone), who.office)) continue;
    add(events);
  }
  return { ofCase, changes, later, read };
}

function answered({ bounds, cut, now }: Comparison, changes: readonly Change[], later: number): Diff {
  const answer = { axis: bounds.axis, from: bounds.from, to: bounds.to, changes };
  return isCut(cut) ? { ...answer, cut: echo(cut, now, later) } : answer;
}

/** What changed in a case between two dates; an office sees its own items only. */
export async function readDiff(
  deps: Dependencies,
  who: Principal,
  caseId: CaseId,
  span: Span,
  asked: AskedCut,
): Promise<Diff | Refusal> {
  const refused = reachesCase(who, caseId);
  if (refused) return refused;
  const comparison = readComparison(deps, span, asked);
  if (isRefusal(comparison)) return comparison;
  const { ofCase, changes, later } = await changedCase(deps, who, caseId, comparison);
  if (ofCase.length === 0) return refuse('case-not-found', `there is no case ${caseId}`);
  return answered(comparison, changes, later);
}

/** The same of one item, from its stream alone. */
export async function readItemDiff(
  deps: Dependencies,
  who: Principal,
  stream: ItemStream,
  span: Span,
  asked: AskedCut,
): Promise<Diff | Refusal> {
  const refused = reachesCase(who, stream.caseId);
  if (refused) return refused;
  const comparison = readComparison(deps, span, asked);
  if (isRefusal(comparison)) return comparison;
  const { zone } = deps.identity;
  const { cut } = comparison;
  const events = (await readAll(deps.events, stream)).map((entry) => entry.event);
  if (recordedBy(events, cut).length === 0)
    return refuse('item-not-found', `case ${stream.caseId} has no item ${stream.itemId}`);
  const hidden = mayReadItem(who, foldItem(events, zone));
  if (hidden) return hidden;
  return answered(comparison, changesOf(events, comparison, zone), laterEntries(events, cut));
}
