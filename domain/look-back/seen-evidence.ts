import type { Cut } from '../cut.ts';
import type { ZoneOffset } from '../dates.ts';
import type { ItemEvent, LedgerEvent } from '../events.ts';
import { evidenceId } from '../ids.ts';
import { recordedBy } from '../replay.ts';
import { type Resolved, resolve } from '../resolve.ts';
import { type AmendingEntry, type Amendments, withoutVoidings } from './amendments.ts';

/** Evidence that a finding names, whatever became of it since. */
export interface SeenEvidence {
  readonly evidenceId: string;
  /** As now corrected; null once erased. */
  readonly name: string | null;
  readonly sha256: string;
  readonly standing: 'standing' | 'withdrawn' | 'voided';
  /** The entry that withdrew or voided it; null while it stands. */
  readonly endedBy: AmendingEntry | null;
  readonly amendments: readonly AmendingEntry[];
}

/**
 * All evidence of an item by its id. What was seen is named, whatever the day from which its own entry counts;
 * `standing` are the entries of the item as the cut folds them: a withdrawal to come is none yet.
 */
export function evidenceIn(
  events: readonly LedgerEvent[],
  standing: readonly Resolved<ItemEvent>[],
  cut: Cut,
  zone: ZoneOffset,
  amendments: Amendments,
): ReadonlyMap<string, SeenEvidence> {
  const withdrawals = new Map(
    standing
      .filter((event) => event.type === 'EvidenceWithdrawn')
      .map((event) => [event.data.evidenceId, amendments.named(event)]),
  );
  return new Map(
    resolve(withoutVoidings(recordedBy(events, cut)), zone)
      .filter((event) => event.type === 'EvidenceAttached')
      .map(({ seq, data, text }) => {
        const id = evidenceId(seq);
        const voided = amendments.voiding(seq);
        const withdrawn = withdrawals.get(id);
        const seen: SeenEvidence = {
          evidenceId: id,
          name: text?.name ?? null,
          sha256: data.sha256,
          standing: voided ? 'voided' : withdrawn ? 'withdrawn' : 'standing',
          endedBy: voided ?? withdrawn ?? null,
          amendments: amendments.of(seq),
        };
        return [id, seen];
      }),
  );
}
