import type { Actor } from './actor.ts';
import { steps } from './audit.ts';
import { type Day, dayOf, endOfDay, type Instant, type PartialDate, type ZoneOffset } from './dates.ts';
import type { KnownEvent, LedgerEvent } from './events.ts';
import type { ItemId } from './ids.ts';
import { recordedBy } from './replay.ts';
import { type Resolved, resolve, resolveOne } from './resolve.ts';

export type DiffAxis = 'recorded' | 'effective';

/** One entry that lies between two dates, and what it changed. */
export interface Change {
  /** Null for an entry of the case itself. */
  readonly itemId: ItemId | null;
  readonly seq: number;
  readonly type: string;
  readonly kind: 'new' | 'back-dated' | 'corrected';
  /** The fields that it changed, as they were. */
  readonly before: { readonly [field: string]: unknown };
  readonly after: { readonly [field: string]: unknown };
  readonly recordedAt: Instant;
  readonly occurredOn: PartialDate | null;
  readonly actor: Actor;
}

/** Bounds of a comparison, `from` exclusive and `to` inclusive, both resolved. */
export type DiffBounds =
  | { readonly axis: 'recorded'; readonly from: Instant; readonly to: Instant }
  | { readonly axis: 'effective'; readonly from: Day; readonly to: Day };

const AMENDING: ReadonlySet<string> = new Set(['EntryCorrected', 'EntryVoided', 'TextErased']);

type Amending = Extract<KnownEvent, { type: 'EntryCorrected' | 'EntryVoided' | 'TextErased' }>;

/** Does the entry change how an earlier one reads, rather than stand for itself? */
export const amends = (event: LedgerEvent): event is Amending => event.known && AMENDING.has(event.type);

/**
 * What changed between two dates in one stream (`all` in seq order, from the first).
 *
 * On the recorded axis: the entries that the ledger learned in between. One that amends an earlier entry is
 * `corrected`; one that counts from a day up to the first bound's is `back-dated`; the others are `new`.
 *
 * On the effective axis: the entries that, as now corrected, count from a day in between. One with a correction
 * is `corrected`; one recorded after the second bound's day, so that nobody could know of it then, is
 * `back-dated`; the others are `new`.
 */
export function diffStream(all: readonly LedgerEvent[], bounds: DiffBounds, zone: ZoneOffset): Change[] {
  // What the ledger said between two instants does not change with what it learned afterwards.
  const events = bounds.axis === 'recorded' ? recordedBy(all, { recordedAsOf: bounds.to }) : all;
  const resolved = new Map(resolve(events, zone).map((event) => [event.seq, event]));
  const changes: Change[] = [];
  for (const { event, changes: fields } of steps(events, zone)) {
    const kind = kindOf(event, resolved.get(event.seq), bounds, zone);
    if (!kind) continue;
    changes.push({
      itemId: event.itemId ?? null,
      seq: event.seq,
      type: event.type,
      kind,
      before: Object.fromEntries(fields.map((change) => [change.field, change.before])),
      after: Object.fromEntries(fields.map((change) => [change.field, change.after])),
      recordedAt: event.recordedAt,
      occurredOn: (resolved.get(event.seq) ?? event).occurredOn ?? null,
      actor: event.actor,
    });
  }
  return changes;
}

function kindOf(
  event: LedgerEvent,
  now: Resolved | undefined,
  bounds: DiffBounds,
  zone: ZoneOffset,
): Change['kind'] | undefined {
  if (bounds.axis === 'recorded') {
    if (event.recordedAt <= bounds.from || event.recordedAt > bounds.to) return undefined;
    if (amends(event)) return 'corrected';
    // What was voided since still came in between, and happened when it said.
    const said = now ?? (event.known ? resolveOne(event, zone) : undefined);
    return said && !said.assumed && said.effectOn <= dayOf(bounds.from, zone) ? 'back-dated' : 'new';
  }
  if (!now || amends(event) || now.effectOn <= bounds.from || now.effectOn > bounds.to) return undefined;
  if (now.corrections.length > 0) return 'corrected';
  return event.recordedAt > endOfDay(bounds.to, zone) ? 'back-dated' : 'new';
}
