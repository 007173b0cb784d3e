import type { Actor } from './actor.ts';
import { type Day, dayOf, endOfDay, type Instant, type PartialDate, type ZoneOffset } from './dates.ts';
import type { KnownEvent, LedgerEvent } from './events.ts';
import type { FieldChange } from './field-changes.ts';
import type { ItemId } from './ids.ts';
import { recordedBy } from './replay.ts';
import { type Resolved, resolve, resolveOne } from './resolve.ts';
import { effectiveSteps, steps } from './steps.ts';

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
 * On the recorded axis: the entries that the ledger learned in between, in seq order, each with what it changed in
 * what the ledger said then. One that amends an earlier entry is `corrected`; one that counts from a day up to the
 * first bound's is `back-dated`; the others are `new`.
 *
 * On the effective axis: the entries that, as now corrected, count from a day in between, in the order of those
 * days, each with what it changed in the picture of its day: the picture of the first bound with all of them
 * applied is that of the second. One with a correction is `corrected`; one recorded after the second bound's day,
 * so that nobody could know of it then, is `back-dated`; the others are `new`.
 */
export function diffStream(all: readonly LedgerEvent[], bounds: DiffBounds, zone: ZoneOffset): Change[] {
  return bounds.axis === 'recorded' ? learned(all, bounds, zone) : cameTrue(all, bounds, zone);
}

type On<Axis extends DiffAxis> = Extract<DiffBounds, { axis: Axis }>;

function learned(all: readonly LedgerEvent[], { from, to }: On<'recorded'>, zone: ZoneOffset): Change[] {
  // What the ledger said between two instants does not change with what it learned afterwards.
  const events = recordedBy(all, { recordedAsOf: to });
  const resolved = new Map(resolve(events, zone).map((event) => [event.seq, event]));
  return steps(events, zone)
    .filter(({ event }) => event.recordedAt > from)
    .map(({ event, changes }) => {
      const now = resolved.get(event.seq);
      // What was voided since still came in between, and happened when it said.
      const said = now ?? (event.known ? resolveOne(event, zone) : undefined);
      const backDated = said && !said.assumed && said.effectOn <= dayOf(from, zone);
      const kind = amends(event) ? 'corrected' : backDated ? 'back-dated' : 'new';
      return changeOf(event, kind, (now ?? event).occurredOn, changes);
    });
}

function cameTrue(events: readonly LedgerEvent[], { from, to }: On<'effective'>, zone: ZoneOffset): Change[] {
  return effectiveSteps(events, to, zone)
    .filter(({ event }) => !amends(event) && event.effectOn > from)
    .map(({ event, changes }) => {
      const kind = kindInEffect(event, to, zone);
      return changeOf(event, kind, event.occurredOn, changes);
    });
}

function kindInEffect(event: Resolved, to: Day, zone: ZoneOffset): Change['kind'] {
  if (event.corrections.length > 0) return 'corrected';
  return event.recordedAt > endOfDay(to, zone) ? 'back-dated' : 'new';
}

function changeOf(
  event: LedgerEvent,
  kind: Change['kind'],
  occurredOn: PartialDate | undefined,
  fields: readonly FieldChange[],
): Change {
  return {
    itemId: event.itemId ?? null,
    seq: event.seq,
    type: event.type,
    kind,
    before: Object.fromEntries(fields.map((change) => [change.field, change.before])),
    after: Object.fromEntries(fields.map((change) => [change.field, change.after])),
    recordedAt: event.recordedAt,
    occurredOn: occurredOn ?? null,
    actor: event.actor,
  };
}
