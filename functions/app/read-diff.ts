import type { Principal } from '../../domain/actor.ts';
import { isCut, readCut } from '../../domain/cut.ts';
import { day, dayOf, endOfDay, type Instant, parseRfc3339, type ZoneOffset } from '../../domain/dates.ts';
import { type Change, type DiffAxis, type DiffBounds, diffStream } from '../../domain/diff.ts';
import type { LedgerEvent } from '../../domain/events.ts';
import type { FieldError } from '../../domain/fields.ts';
import type { CaseId } from '../../domain/ids.ts';
import { isResponsible } from '../../domain/item/state.ts';
import { isRefusal, type Refusal, refuse, refuseFields } from '../../domain/refusals.ts';
import { foldItem, foldOrder, laterEntries, recordedBy } from '../../domain/replay.ts';
import { reachesCase } from './access.ts';
import type { Dependencies } from './dependencies.ts';
import type { AskedCut, WithCut } from './ledger.ts';
import { echo } from './read-item.ts';
import { readItems } from './read-partition.ts';
import { readAll } from './streams.ts';

export interface Diff extends WithCut {
  readonly axis: DiffAxis;
  readonly from: string;
  readonly to: string;
  readonly changes: readonly Change[];
}

/** What changed in a case between two dates; an office sees its own items only. */
export async function readDiff(
  deps: Dependencies,
  who: Principal,
  caseId: CaseId,
  axis: DiffAxis,
  asked: { readonly from: string; readonly to: string } & AskedCut,
): Promise<Diff | Refusal> {
  const refused = reachesCase(who, caseId);
  if (refused) return refused;
  const { zone } = deps.identity;
  const now = deps.clock.now();
  const bounds = readBounds(axis, asked.from, asked.to, now, zone);
  if (isRefusal(bounds)) return bounds;
  const cut = readCut(asked, now, zone);
  if (isRefusal(cut)) return cut;
  let later = 0;
  const changed = (events: readonly LedgerEvent[]): Change[] => {
    later += laterEntries(events, cut);
    const kept = recordedBy(events, cut);
    const changes = diffStream(kept, bounds, zone);
    if (cut.effectiveOn === undefined) return changes;
    const inEffect = new Set(
      foldOrder(kept, { effectiveOn: cut.effectiveOn }, zone).map((event) => event.seq),
    );
    return changes.filter((change) => inEffect.has(change.seq));
  };
  const ofCase = (await readAll(deps.events, { caseId })).map((entry) => entry.event);
  if (ofCase.length === 0) return refuse('case-not-found', `there is no case ${caseId}`);
  const changes = who.role === 'office' ? [] : changed(ofCase);
  for await (const { entries } of readItems(deps.events, caseId)) {
    const events = entries.map((entry) => entry.event);
    if (who.role === 'office' && !isResponsible(foldItem(events, zone), who.office)) continue;
    changes.push(...changed(events));
  }
  const answer = { axis, from: bounds.from, to: bounds.to, changes };
  return isCut(cut) ? { ...answer, cut: echo(cut, now, later) } : answer;
}

function readBounds(
  axis: DiffAxis,
  from: string,
  to: string,
  now: Instant,
  zone: ZoneOffset,
): DiffBounds | Refusal {
  const errors: FieldError[] = [];
  const read = (text: string, pointer: string): string => {
    const date = day(text);
    const bound = axis === 'effective' ? date : date ? endOfDay(date, zone) : parseRfc3339(text);
    if (bound !== undefined) return axis === 'recorded' && date === dayOf(now, zone) ? now : bound;
    const message =
      axis === 'effective'
        ? 'must be a date YYYY-MM-DD'
        : 'must be a date YYYY-MM-DD or an RFC 3339 instant with its offset';
    errors.push({ pointer, code: 'invalid-date', message });
    return '';
  };
  const bounds = { axis, from: read(from, '/from'), to: read(to, '/to') } as DiffBounds;
  if (errors.length > 0) return refuseFields(errors);
  if (bounds.from > bounds.to) {
    return refuseFields([{ pointer: '/to', code: 'out-of-range', message: 'must not be before from' }]);
  }
  const latest = axis === 'effective' ? dayOf(now, zone) : now;
  return bounds.to > latest ? refuse('cut-in-future', `${bounds.to} is after ${latest}`) : bounds;
}
