import type { Day, Instant, ZoneOffset } from '../dates.ts';
import type { EventOf, ItemEvent, LedgerEvent } from '../events.ts';
import { groupedBy } from '../grouping.ts';
import { evolveItem } from '../item/evolve.ts';
import { initialItem } from '../item/state.ts';
import { type Resolved, resolve } from '../resolve.ts';
import type { Standing } from './item-history.ts';

export type Notice = Standing<'NoticePublished'>;
type Amending = EventOf<'EntryCorrected'> | EventOf<'EntryVoided'>;

export const amends = (event: LedgerEvent): event is Amending =>
  event.known && (event.type === 'EntryCorrected' || event.type === 'EntryVoided');

/** What decides whether an item counts, and as closed. */
export const TURNS: ReadonlySet<string> = new Set([
  'IssueRaised',
  'IssueWithdrawn',
  'ClosureRequested',
  'ClosureRequestWithdrawn',
  'ClosureReturned',
  'ItemClosed',
  'ItemReopened',
]);
export const SUMS: ReadonlySet<string> = new Set([
  'AccountabilityRecorded',
  'InstitutionRecorded',
  'FundsRecovered',
]);

/** A notice, and the day that it tells of, as far as the cut sees. */
export interface Told {
  readonly notice: Notice;
  readonly day: Day;
}

/** By so much a total changes from a day on, once the ledger learns it. */
export interface Change {
  readonly total: string;
  readonly amount: number;
  readonly day: Day;
  readonly recordedAt: Instant;
}

/** What an entry adds to the totals of a case. */
function shareOf(event: Resolved): readonly (readonly [total: string, amount: number])[] {
  switch (event.type) {
    case 'AccountabilityRecorded':
      return [[`${event.data.kind} ${event.data.measure ?? ''}`, event.data.persons]];
    case 'InstitutionRecorded':
      return [['institutions', event.data.count]];
    case 'FundsRecovered':
      return [['fundsFen', event.data.amountFen ?? 0]];
    default:
      return [];
  }
}

type Added = Omit<Change, 'recordedAt'>;

const addedByCase = (entries: readonly Resolved[]): readonly Added[] =>
  entries.flatMap((entry) =>
    shareOf(entry).map(([total, amount]) => ({
      total,
      amount,
      day: entry.effectOn,
    })),
  );

/** What an item adds: whether it counts, and as closed, from one day to the next. */
export function addedByItem(entries: readonly Resolved[]): readonly Added[] {
  const inEffect = [...entries].sort((one, other) =>
    one.effectOn < other.effectOn ? -1 : one.effectOn > other.effectOn ? 1 : one.seq - other.seq,
  );
  let state = initialItem;
  let before = { items: 0, closed: 0 };
  return inEffect.flatMap((entry) => {
    state = evolveItem(state, entry as Resolved<ItemEvent>);
    const { status } = state;
    const now = {
      items: status === undefined || status === 'withdrawn' ? 0 : 1,
      closed: status === 'closed' ? 1 : 0,
    };
    const added = (['items', 'closed'] as const).flatMap((total) =>
      now[total] === before[total]
        ? []
        : [{ total, amount: now[total] - before[total], day: entry.effectOn }],
    );
    before = now;
    return added;
  });
}

/** Somebody published something from the one instant on and before the other. */
function isToldBetween(told: readonly Told[], from: Instant, until: Instant): boolean {
  let [low, high] = [0, told.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((told[middle] as Told).notice.recordedAt < from) low = middle + 1;
    else high = middle;
  }
  const first = told[low]?.notice.recordedAt;
  return first !== undefined && first < until;
}

/** An item, or an entry with its amendments, as notices could tell of it and as it reads now: what changed when. */
export function changesIn(
  recorded: readonly LedgerEvent[],
  { told, zone }: { readonly told: readonly Told[]; readonly zone: ZoneOffset },
  addedBy: (entries: readonly Resolved[]) => readonly Added[],
): readonly Change[] {
  let before: readonly Added[] = [];
  return recorded.flatMap(({ recordedAt }, index) => {
    const next = recorded[index + 1];
    if (next && !isToldBetween(told, recordedAt, next.recordedAt)) return [];
    const now = addedBy(resolve(recorded.slice(0, index + 1), zone));
    const changes = [
      ...before.map((one) => ({ ...one, amount: -one.amount, recordedAt })),
      ...now.map((one) => ({ ...one, recordedAt })),
    ];
    before = now;
    return changes;
  });
}

/** Entries of the types, and what amends them. */
function relevantIn(recorded: readonly LedgerEvent[], types: ReadonlySet<string>): readonly LedgerEvent[] {
  const typeOf = new Map(recorded.map(({ seq, type }) => [seq, type]));
  return recorded.filter((event) =>
    types.has(amends(event) ? (typeOf.get(event.data.target) ?? '') : event.type),
  );
}

/** What moves the totals of a stream. */
export interface Moving {
  readonly changes: readonly Change[];
  /** The day from which each entry counts now; amendments always do, and what was voided never. */
  readonly entries: readonly {
    readonly event: LedgerEvent;
    readonly day: Day | undefined;
  }[];
}

export function movingIn(
  recorded: readonly LedgerEvent[],
  types: ReadonlySet<string>,
  zone: ZoneOffset,
  changesOf: (relevant: readonly LedgerEvent[]) => readonly Change[],
): Moving {
  const relevant = relevantIn(recorded, types);
  const dayNow = new Map(resolve(relevant, zone).map(({ seq, effectOn }) => [seq, effectOn]));
  const entries = relevant
    .filter((event) => amends(event) || dayNow.has(event.seq))
    .map((event) => ({
      event,
      day: amends(event) ? undefined : dayNow.get(event.seq),
    }));
  return { changes: changesOf(relevant), entries };
}

/** What an entry of the case adds hangs on no other entry but on those that amend it. */
export function changesOfCase(
  relevant: readonly LedgerEvent[],
  around: { readonly told: readonly Told[]; readonly zone: ZoneOffset },
): readonly Change[] {
  const ofEntry = groupedBy(relevant, (event) => (amends(event) ? event.data.target : event.seq));
  return [...ofEntry.values()].flatMap((events) => changesIn(events, around, addedByCase));
}
