import type { Actor } from '../actor.ts';
import type { Day, Instant } from '../dates.ts';
import type { CaseId, ItemId } from '../ids.ts';
import type { FlagRule, Severity } from './catalogue.ts';
import type { CaseHistory } from './history.ts';
import type { ItemHistory } from './item-history.ts';

/** Names one entry of the ledger; without an item, of the case's own stream. */
export interface EntryRef {
  readonly caseId: CaseId;
  readonly itemId: ItemId | null;
  readonly seq: number;
  readonly type: string;
  readonly recordedAt: Instant;
}

/** Someone who may know looked at a flag and said why it is none. */
export interface Dismissal {
  readonly seq: number;
  readonly recordedAt: Instant;
  readonly actor: Actor;
  /** Null once erased. */
  readonly reason: string | null;
}

/** A prompt for a person to look, never a finding. At most one for each rule and item, or rule and case. */
export interface Flag {
  readonly caseId: CaseId;
  /** Null for a flag of the case itself. */
  readonly itemId: ItemId | null;
  /** Of the item; null for a flag of the case, and once erased. */
  readonly title: string | null;
  /** The office that leads the item; null for a flag of the case, and where none does. */
  readonly lead: string | null;
  readonly rule: FlagRule;
  readonly severity: Severity;
  /** The day from which it could be seen: when its newest entry was recorded, or its time was over. */
  readonly since: Day;
  /** Every entry that it rests on, with their corrections: the case's first, then item by item, each in seq order. */
  readonly entries: readonly EntryRef[];
  /** What the rule counted, such as `days`; which ones there are, the rule says. */
  readonly values: { readonly [name: string]: number };
  /** Null while nobody dismissed it, and again once it rests on an entry that came after. */
  readonly dismissed: Dismissal | null;
}

/** An entry that a rule points to; events are such. */
export interface Pointed {
  readonly caseId: CaseId;
  readonly itemId: ItemId | undefined;
  readonly seq: number;
  readonly type: string;
  readonly recordedAt: Instant;
  /** Seqs of the corrections through which a rule read it. */
  readonly corrections?: readonly number[];
}

/** What a rule saw. */
export interface Sighting {
  readonly entries: readonly Pointed[];
  readonly values?: { readonly [name: string]: number };
  /** Given where time alone raises the flag. */
  readonly since?: Day;
}

export type ItemRule = (item: ItemHistory, inspection: CaseHistory) => Sighting | undefined;

/** Sightings on items, or with an `itemId` of null on the case. */
export type CaseRule = (inspection: CaseHistory) => Iterable<Sighting & { readonly itemId: ItemId | null }>;
