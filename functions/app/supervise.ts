import type { Principal } from '../../domain/actor.ts';
import {
  type Day,
  day,
  dayOf,
  endOfDay,
  epochMs,
  type Instant,
  instant,
  instantOf,
  type ZoneOffset,
} from '../../domain/dates.ts';
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

/** Who recorded what, across cases, in the order of recording. Without an office or an actor it goes day by day. */
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
    if (filter.type !== undefined && entry.type !== filter.type) continue;
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
  const bounds: Bounds = { from, to: `${endOfDay(span.to, zone)}~`, descending: filter.order === 'newest' };
  if (filter.office !== undefined)
    yield* partition(deps, auditPartition.office(filter.office), bounds, place);
  else if (filter.actor !== undefined)
    yield* partition(deps, auditPartition.actor(filter.actor), bounds, place);
  else yield* dayByDay(deps, [...daysOf(span, bounds, place, zone)], bounds, place);
}

/** Days that are asked for at once: most days of a long span hold nothing. */
const AHEAD = 20;

async function* dayByDay(
  deps: Dependencies,
  dates: readonly Day[],
  bounds: Bounds,
  place: string | undefined,
): AsyncGenerator<ViewRow> {
  for (let at = 0; at < dates.length; at += AHEAD) {
    const names = dates.slice(at, at + AHEAD).map(auditPartition.day);
    const pages = await Promise.all(names.map((name) => pageOf(deps, name, bounds, place)));
    for (const [index, { rows, more }] of pages.entries()) {
      yield* rows;
      const last = rows.at(-1)?.sort;
      if (more && last !== undefined) yield* partition(deps, names[index] ?? '', bounds, last);
    }
  }
}

const pageOf = (
  { views }: Dependencies,
  name: string,
  { from, to, descending }: Bounds,
  after: string | undefined,
) => views.range(name, { from, to, after }, { limit: CHUNK, descending });

/** Of sort keys, both inclusive. */
interface Bounds {
  readonly from: string;
  readonly to: string;
  readonly descending: boolean;
}

/** The days of the span in the order asked for, from that of the place. */
function* daysOf(span: Span, { descending }: Bounds, place: string | undefined, zone: ZoneOffset) {
  const reached = place === undefined ? undefined : dayOf(place.slice(0, 24) as Instant, zone);
  const dayEnd = (date: Day): number => epochMs(endOfDay(date, zone));
  const first = dayEnd(!descending && reached !== undefined && reached > span.from ? reached : span.from);
  const last = dayEnd(descending && reached !== undefined && reached < span.to ? reached : span.to);
  for (let passed = 0; passed <= last - first; passed += DAY_MS) {
    yield dayOf(instantOf(descending ? last - passed : first + passed), zone);
  }
}

async function* partition(
  deps: Dependencies,
  name: string,
  bounds: Bounds,
  place: string | undefined,
): AsyncGenerator<ViewRow> {
  let after = place;
  for (;;) {
    const { rows, more } = await pageOf(deps, name, bounds, after);
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
