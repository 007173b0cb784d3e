import type { Actor } from '../actor.ts';
import type { Instant } from '../dates.ts';
import type { KnownEvent, LedgerEvent } from '../events.ts';

/** An entry that changed how another one reads, or took it back. */
export interface AmendingEntry {
  readonly type: 'EntryCorrected' | 'EntryVoided' | 'TextErased' | 'EvidenceWithdrawn';
  readonly seq: number;
  readonly recordedAt: Instant;
  readonly actor: Actor;
  /** Of an erasure its ground. Null once erased. */
  readonly reason: string | null;
  /** Recorded when the look-back was concluded already. */
  readonly afterConclusion: boolean;
}

/** What was done to the entries of one stream. */
export interface Amendments {
  /** The corrections and erasures of the entry with this seq, in seq order. */
  readonly of: (seq: number) => readonly AmendingEntry[];
  /** The voiding of the entry with this seq. */
  readonly voiding: (seq: number) => AmendingEntry | undefined;
  /** Any of them, as a report names it. */
  readonly named: (event: AmendingEvent) => AmendingEntry;
}

type AmendingEvent = Extract<
  KnownEvent,
  | { readonly type: 'EntryCorrected' }
  | { readonly type: 'EntryVoided' }
  | { readonly type: 'TextErased' }
  | { readonly type: 'EvidenceWithdrawn' }
>;

/** @param recorded entries of one stream by a cut, in seq order @param concludedAt when it was concluded, if it was */
export function amendmentsIn(recorded: readonly LedgerEvent[], concludedAt: Instant | undefined): Amendments {
  // An erasure is announced before the words go.
  const erased = new Set(
    recorded.flatMap((event) => (event.known && event.type === 'TextErased' ? [event.data.target] : [])),
  );
  const named = (event: AmendingEvent): AmendingEntry => {
    const { type, seq, recordedAt, actor } = event;
    const reason = erased.has(seq) ? null : whyOf(event);
    const afterConclusion = concludedAt !== undefined && recordedAt > concludedAt;
    return { type, seq, recordedAt, actor, reason, afterConclusion };
  };
  const changes = new Map<number, AmendingEntry[]>();
  const voidings = new Map<number, AmendingEntry>();
  for (const event of recorded) {
    if (!event.known) continue;
    if (event.type === 'EntryVoided') voidings.set(event.data.target, named(event));
    if (event.type !== 'EntryCorrected' && event.type !== 'TextErased') continue;
    const { target } = event.data;
    changes.set(target, [...(changes.get(target) ?? []), named(event)]);
  }
  return { of: (seq) => changes.get(seq) ?? [], voiding: (seq) => voidings.get(seq), named };
}

const whyOf = (event: AmendingEvent): string | null =>
  event.type === 'TextErased' ? event.data.ground : (event.text?.reason ?? null);

/** Entries without the voidings among them: what was voided reads as if it stood. */
export const withoutVoidings = (recorded: readonly LedgerEvent[]): readonly LedgerEvent[] =>
  recorded.filter((event) => !event.known || event.type !== 'EntryVoided');
