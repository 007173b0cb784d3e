import { type Day, effectDay, type PartialDate, type ZoneOffset } from './dates.ts';
import type { KnownEvent, LedgerEvent } from './events.ts';
import { mintedSeq } from './ids.ts';

/** What withdrawn evidence had counted for. */
export interface WithdrawnEvidence {
  readonly seq: number;
  readonly measureIds: readonly string[];
  readonly fromOffice: boolean;
}

/** What folds know of an event besides what it says. */
export interface Effect {
  /** The day from which it counts. */
  readonly effectOn: Day;
  /** The date is unknown, and the day of recording stands in for it. */
  readonly assumed: boolean;
  /** Seqs of the corrections that changed it, in order. */
  readonly corrections: readonly number[];
  readonly withdraws?: WithdrawnEvidence | undefined;
}

/** An event as folds see it: corrected, dated, and with what it refers to at hand. */
export type Resolved<E extends KnownEvent = KnownEvent> = E & Effect;

const NO_CORRECTIONS: readonly number[] = [];

/** A single event that refers to nothing and is corrected by nothing known yet. */
export function resolveOne(event: KnownEvent, zone: ZoneOffset): Resolved {
  const { caseId, itemId, seq, v, actor, recordedAt, occurredOn, commandId, source, type, data, text } =
    event;
  // Written out, so that all events have one hidden class: it makes the folds twice as fast as a spread.
  return {
    caseId,
    itemId,
    seq,
    v,
    actor,
    recordedAt,
    occurredOn,
    commandId,
    source,
    known: true,
    type,
    data,
    text,
    effectOn: effectDay(occurredOn, recordedAt, zone),
    assumed: occurredOn === undefined,
    corrections: NO_CORRECTIONS,
    withdraws: undefined,
  } as Resolved;
}

/**
 * Types after which a state cannot be carried on from the event alone: they change how earlier entries read,
 * so the whole stream is folded again.
 */
export function rereadsHistory(type: string): boolean {
  return type === 'EntryCorrected' || type === 'EntryVoided' || type === 'EvidenceWithdrawn';
}

interface Amendment {
  voided: boolean;
  erased: boolean;
  occurredOn: PartialDate | null | undefined;
  data: { [name: string]: unknown };
  text: { [name: string]: unknown };
  corrections: number[];
}

function amendments(events: readonly KnownEvent[]): Map<number, Amendment> {
  const found = new Map<number, Amendment>();
  const of = (target: number): Amendment => {
    let amendment = found.get(target);
    if (!amendment) {
      amendment = {
        voided: false,
        erased: false,
        occurredOn: undefined,
        data: {},
        text: {},
        corrections: [],
      };
      found.set(target, amendment);
    }
    return amendment;
  };
  for (const event of events) {
    if (event.type === 'EntryCorrected') {
      const amendment = of(event.data.target);
      amendment.corrections.push(event.seq);
      if (event.data.occurredOn !== undefined) amendment.occurredOn = event.data.occurredOn;
      Object.assign(amendment.data, event.data.set);
      Object.assign(amendment.text, event.text?.set);
    } else if (event.type === 'EntryVoided') {
      of(event.data.target).voided = true;
    } else if (event.type === 'TextErased') {
      of(event.data.target).erased = true;
    }
  }
  return found;
}

/** Applies changes where null removes. */
function amended(fields: object, changes: object): { [name: string]: unknown } {
  const result: { [name: string]: unknown } = { ...fields };
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) delete result[name];
    else result[name] = value;
  }
  return result;
}

function amend(event: KnownEvent, amendment: Amendment | undefined): KnownEvent {
  if (!amendment) return event;
  const occurredOn =
    amendment.occurredOn === undefined ? event.occurredOn : (amendment.occurredOn ?? undefined);
  return {
    ...event,
    occurredOn,
    data: amended(event.data, amendment.data),
    text: amendment.erased || event.text === undefined ? undefined : amended(event.text, amendment.text),
  } as KnownEvent;
}

/**
 * Reads a stream, or any part of it, the way it now stands: corrections applied in seq order, voided entries
 * left out, withdrawn evidence found. Unknown entries are left out; the caller knows of them from `known`.
 * Total on any subset: a correction whose target is missing changes nothing.
 */
export function resolve(events: readonly LedgerEvent[], zone: ZoneOffset): Resolved[] {
  const known = events.filter((event): event is KnownEvent => event.known);
  if (!known.some((event) => rereadsHistory(event.type) || event.type === 'TextErased')) {
    return known.map((event) => resolveOne(event, zone));
  }
  const amendmentOf = amendments(known);
  const evidence = new Map<number, WithdrawnEvidence>();
  const resolved: Resolved[] = [];
  for (const original of known) {
    const amendment = amendmentOf.get(original.seq);
    const event = amend(original, amendment);
    if (event.type === 'EvidenceAttached') {
      evidence.set(event.seq, {
        seq: event.seq,
        measureIds: event.data.measureIds ?? [],
        fromOffice: event.actor.role === 'office' && !amendment?.voided,
      });
    }
    if (amendment?.voided) continue;
    const withdraws =
      event.type === 'EvidenceWithdrawn'
        ? evidence.get(mintedSeq('e', event.data.evidenceId) ?? 0)
        : undefined;
    resolved.push({
      ...resolveOne(event, zone),
      corrections: amendment?.corrections ?? NO_CORRECTIONS,
      withdraws,
    } as Resolved);
  }
  return resolved;
}

/** The targets that a later entry voided. */
export function voidedSeqs(events: readonly LedgerEvent[]): Set<number> {
  const voided = new Set<number>();
  for (const event of events) if (event.known && event.type === 'EntryVoided') voided.add(event.data.target);
  return voided;
}
