import type { Actor } from './actor.ts';
import {
  type Day,
  dayOf,
  daysBetween,
  effectDay,
  type Instant,
  type PartialDate,
  type ZoneOffset,
} from './dates.ts';
import type { LedgerEvent } from './events.ts';
import type { FieldChange } from './field-changes.ts';
import { steps } from './steps.ts';

/** One entry as the audit trail shows it: who, when, office, what, and what it changed. */
export interface AuditEntry {
  readonly seq: number;
  readonly recordedAt: Instant;
  readonly occurredOn: PartialDate | null;
  readonly actor: Actor;
  readonly type: string;
  /** The main words of the entry, at most 120 characters; null once erased, or where it has none. */
  readonly summary: string | null;
  readonly changes: readonly FieldChange[];
  /** Days from the day on which it counts to the day of recording; 0 when the date is unknown. */
  readonly lagDays: number;
}

/** The words that say what an entry is about, in the order of preference. */
const MAIN_WORDS = [
  'title',
  'text',
  'summary',
  'statement',
  'opinion',
  'reason',
  'name',
  'scope',
  'conclusion',
  'note',
];

export function summaryOf(event: LedgerEvent): string | null {
  const text = event.text as { readonly [name: string]: unknown } | undefined;
  for (const name of MAIN_WORDS) {
    const words = text?.[name];
    if (typeof words !== 'string') continue;
    if (words.length <= 120) return words;
    // A surrogate pair stays whole.
    return `${words.slice(0, 119).replace(/[\ud800-\udbff]$/, '')}…`;
  }
  return null;
}

export function lagDays(event: LedgerEvent, zone: ZoneOffset): number {
  const recorded: Day = dayOf(event.recordedAt, zone);
  return Math.max(0, daysBetween(effectDay(event.occurredOn, event.recordedAt, zone), recorded));
}

/** The audit trail of one stream; `events` in seq order, from the first. */
export function auditTrail(events: readonly LedgerEvent[], zone: ZoneOffset): AuditEntry[] {
  return steps(events, zone).map(({ event, changes }) => ({
    seq: event.seq,
    recordedAt: event.recordedAt,
    occurredOn: event.occurredOn ?? null,
    actor: event.actor,
    type: event.type,
    summary: summaryOf(event),
    changes,
    lagDays: lagDays(event, zone),
  }));
}
