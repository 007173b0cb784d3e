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
import type { CaseEvent, ItemEvent, LedgerEvent } from './events.ts';
import { type FieldChange, fieldChanges } from './field-changes.ts';
import { GENESIS } from './hashing.ts';
import type { CaseId, ItemId } from './ids.ts';
import { tally } from './inspection/tally.ts';
import { evolveCaseView, initialCaseView, presentCase } from './inspection/view.ts';
import { EMPTY_HEAD, presentItem } from './item/present.ts';
import { evolveItemView, initialItemView } from './item/view.ts';
import { joinPayload } from './payload.ts';
import { foldCaseView, foldItemView } from './replay.ts';
import { type Resolved, rereadsHistory, resolveOne } from './resolve.ts';

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

/** The pictures before and after one entry. */
export interface Step {
  readonly event: LedgerEvent;
  readonly changes: readonly FieldChange[];
}

/** What each entry of one stream changed, as the ledger read at the time; `events` in seq order, from the first. */
export function steps(events: readonly LedgerEvent[], zone: ZoneOffset): Step[] {
  const first = events[0];
  if (!first) return [];
  return first.itemId === undefined
    ? caseSteps(events, first.caseId, zone)
    : itemSteps(events, first.caseId, first.itemId, zone);
}

const UNDATED = '0000-00-00' as Day;

function itemSteps(events: readonly LedgerEvent[], caseId: CaseId, itemId: ItemId, zone: ZoneOffset): Step[] {
  const present = (view: typeof initialItemView) =>
    presentItem({ caseId, itemId }, view, EMPTY_HEAD, UNDATED);
  let view = initialItemView;
  let before = present(view);
  return events.map((event, index) => {
    if (!event.known) return { event, changes: [] };
    view =
      rereadsHistory(event.type) || event.type === 'TextErased'
        ? foldItemView(events.slice(0, index + 1), zone)
        : evolveItemView(view, resolveOne(event, zone) as Resolved<ItemEvent>);
    const after = present(view);
    const changes = withCorrection(events, event, fieldChanges(before, after));
    before = after;
    return { event, changes };
  });
}

function caseSteps(events: readonly LedgerEvent[], caseId: CaseId, zone: ZoneOffset): Step[] {
  const head = { version: 0, hash: GENESIS, recordedAt: null };
  const none = tally([]);
  const present = (view: typeof initialCaseView) => presentCase(caseId, view, head, none, UNDATED);
  let view = initialCaseView;
  let before = present(view);
  return events.map((event, index) => {
    if (!event.known) return { event, changes: [] };
    view =
      rereadsHistory(event.type) || event.type === 'TextErased'
        ? foldCaseView(events.slice(0, index + 1), zone)
        : evolveCaseView(view, resolveOne(event, zone) as Resolved<CaseEvent>);
    const after = present(view);
    const changes = withCorrection(events, event, fieldChanges(before, after));
    before = after;
    return { event, changes };
  });
}

/** A correction may change words that no picture shows, such as a report's: name what it changed in its target. */
function withCorrection(
  events: readonly LedgerEvent[],
  event: LedgerEvent,
  changes: readonly FieldChange[],
): readonly FieldChange[] {
  if (!event.known || event.type !== 'EntryCorrected') return changes;
  const { target } = event.data;
  const fields: { [name: string]: unknown } = {};
  for (const earlier of events) {
    if (earlier.seq >= event.seq || !earlier.known) continue;
    if (earlier.seq === target) {
      Object.assign(
        fields,
        joinPayload(earlier.data, earlier.text as { [name: string]: unknown } | undefined),
        {
          occurredOn: earlier.occurredOn ?? null,
        },
      );
    } else if (earlier.type === 'EntryCorrected' && earlier.data.target === target) {
      Object.assign(fields, setOf(earlier));
    }
  }
  const direct = Object.entries(setOf(event)).map(([name, after]) => ({
    field: `entries/${target}/${name}`,
    before: (fields[name] ?? null) as FieldChange['before'],
    after: after as FieldChange['after'],
  }));
  return [...direct, ...changes];
}

function setOf(event: LedgerEvent): { readonly [name: string]: unknown } {
  const data = event.data as { readonly set?: object; readonly occurredOn?: unknown };
  const words = event.text as { readonly set?: object } | undefined;
  return {
    ...data.set,
    ...words?.set,
    ...(data.occurredOn === undefined ? {} : { occurredOn: data.occurredOn }),
  };
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
