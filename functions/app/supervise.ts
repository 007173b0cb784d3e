import type { Principal } from '../../domain/actor.ts';
import { type Day, day, dayOf, endOfDay, epochMs, instant, instantOf } from '../../domain/dates.ts';
import type { FieldError } from '../../domain/fields.ts';
import type { CaseId, ItemId } from '../../domain/ids.ts';
import { isResponsible } from '../../domain/item/state.ts';
import type { ViewRow } from '../../domain/ports.ts';
import { isRefusal, type Refusal, refuseFields } from '../../domain/refusals.ts';
import { reachesCase } from './access.ts';
import { cursorAfter, isPlace, placeOf } from './cursor.ts';
import type { Dependencies } from './dependencies.ts';
import type { Page, Paged, SupervisedEntry, SupervisionFilter } from './ledger.ts';
import { itemStream, readStreamState } from './streams.ts';
import { auditPartition } from './view-rows.ts';

const DAY_MS = 86_400_000;
/** Without a first day the trail by day goes back so far, in days. */
const DEFAULT_DAYS = 30;
/** The longest span that is walked day by day, in days. */
const MOST_DAYS = 3_660;
const CHUNK = 500;

/** Who recorded what, across cases, oldest first. Without an office or an actor it goes day by day. */
export async function supervise(
  deps: Dependencies,
  who: Principal,
  filter: SupervisionFilter,
  page: Page,
): Promise<Paged<SupervisedEntry> | Refusal> {
  const span = readSpan(deps, filter);
  if (isRefusal(span)) return span;
  const list = `supervision ${JSON.stringify(filter)}`;
  const place = placeOf(list, page.cursor, isTrailPlace);
  if (!isPlace(place)) return place;
  const mine = ownItems(deps, who);
  const data: SupervisedEntry[] = [];
  let last: string | undefined;
  for await (const row of rowsOf(deps, filter, span, place)) {
    const entry = JSON.parse(row.body) as SupervisedEntry;
    if (filter.office !== undefined && entry.actor.office !== filter.office) continue;
    if (filter.actor !== undefined && entry.actor.sub !== filter.actor) continue;
    if (reachesCase(who, entry.caseId) || !(await mine(entry.caseId, entry.itemId))) continue;
    if (data.length === page.limit) return { data, nextCursor: cursorAfter(list, last ?? '') };
    data.push(entry);
    last = row.sort;
  }
  return { data };
}

/** Sort keys of audit rows begin with the instant of recording. */
const isTrailPlace = (place: string): boolean => instant(place.slice(0, 24)) !== undefined;

interface Span {
  readonly from: Day;
  readonly to: Day;
}

function readSpan(deps: Dependencies, filter: SupervisionFilter): Span | Refusal {
  const errors: FieldError[] = [];
  const read = (text: string | undefined, pointer: string, otherwise: Day): Day => {
    if (text === undefined) return otherwise;
    const date = day(text);
    if (date === undefined)
      errors.push({ pointer, code: 'invalid-date', message: 'must be a date YYYY-MM-DD' });
    return date ?? otherwise;
  };
  const { zone } = deps.identity;
  const now = epochMs(deps.clock.now());
  const to = read(filter.to, '/to', dayOf(instantOf(now), zone));
  const indexed = filter.office !== undefined || filter.actor !== undefined;
  const start = indexed
    ? ('0001-01-01' as Day)
    : dayOf(instantOf(epochMs(endOfDay(to, zone)) - DEFAULT_DAYS * DAY_MS), zone);
  const from = read(filter.from, '/from', start);
  if (from > to) errors.push({ pointer: '/to', code: 'out-of-range', message: 'must not be before from' });
  const days = (epochMs(endOfDay(to, zone)) - epochMs(endOfDay(from, zone))) / DAY_MS;
  if (!indexed && days > MOST_DAYS) {
    errors.push({
      pointer: '/from',
      code: 'out-of-range',
      message: `must be at most ${MOST_DAYS} days before to`,
    });
  }
  return errors.length > 0 ? refuseFields(errors) : { from, to };
}

async function* rowsOf(
  deps: Dependencies,
  filter: SupervisionFilter,
  span: Span,
  place: string | undefined,
): AsyncGenerator<ViewRow> {
  const { zone } = deps.identity;
  const from = instantOf(epochMs(endOfDay(span.from, zone)) - DAY_MS + 1);
  const to = `${endOfDay(span.to, zone)}~`;
  const start = place ?? from;
  if (filter.office !== undefined)
    yield* partition(deps, auditPartition.office(filter.office), start, to, place);
  else if (filter.actor !== undefined)
    yield* partition(deps, auditPartition.actor(filter.actor), start, to, place);
  else {
    const first = epochMs(endOfDay(dayOf(start.slice(0, 24) as typeof from, zone), zone));
    for (let at = first; at <= epochMs(endOfDay(span.to, zone)); at += DAY_MS) {
      yield* partition(deps, auditPartition.day(dayOf(instantOf(at), zone)), start, to, place);
    }
  }
}

async function* partition(
  deps: Dependencies,
  name: string,
  from: string,
  to: string,
  place: string | undefined,
): AsyncGenerator<ViewRow> {
  let after = place;
  for (;;) {
    const { rows, more } = await deps.views.range(name, { from: after ?? from, to, after }, { limit: CHUNK });
    yield* rows;
    after = rows.at(-1)?.sort;
    if (!more || after === undefined) return;
  }
}

/** An office's trail holds its own items only; each item's responsibility is read once. */
function ownItems(
  deps: Dependencies,
  who: Principal,
): (caseId: CaseId, itemId: ItemId | null) => Promise<boolean> {
  if (who.role !== 'office') return async () => true;
  const known = new Map<string, boolean>();
  return async (caseId, itemId) => {
    if (itemId === null) return false;
    const key = `${caseId}/${itemId}`;
    const remembered = known.get(key);
    if (remembered !== undefined) return remembered;
    const { state } = await readStreamState(itemStream, deps.events, { caseId, itemId }, deps.identity.zone);
    const own = isResponsible(state, who.office);
    known.set(key, own);
    return own;
  };
}
