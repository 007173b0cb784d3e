import type { ZoneOffset } from '../../domain/dates.ts';
import type { Clock, Entropy, EventStore, ViewStore } from '../../domain/ports.ts';
import type { WrittenStreams } from './written-streams.ts';

/** What one deployment is: made once, never changed. */
export interface LedgerIdentity {
  /** 128 random bits as 22 characters of base64url; stands in every header. */
  readonly ledger: string;
  readonly zone: ZoneOffset;
}

/** What the use cases need from outside. */
export interface Dependencies {
  readonly identity: LedgerIdentity;
  readonly events: EventStore;
  readonly views: ViewStore;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly written: WrittenStreams;
}
