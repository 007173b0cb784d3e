import { canonical } from '../../domain/canonical.ts';
import type { Stream } from '../../domain/ids.ts';
import type { ViewRow } from '../../domain/ports.ts';
import type { Dependencies } from './dependencies.ts';
import { DEAD_LETTERS } from './view-rows.ts';

/** A record that could not be projected: where it stands and why, without its words. */
export interface DeadLetter {
  readonly stream: Stream | undefined;
  readonly where: string;
  readonly why: string;
}

export function deadLetterRow({ stream, where, why }: DeadLetter): ViewRow {
  const body = canonical({ caseId: stream?.caseId ?? null, itemId: stream?.itemId ?? null, why });
  return { partition: DEAD_LETTERS, sort: where, version: 1, body };
}

/** How many records are set aside; counted up to 1,000. */
export async function countDeadLetters(deps: Pick<Dependencies, 'views'>): Promise<number> {
  return (await deps.views.range(DEAD_LETTERS, {}, { limit: 1_000, consistent: true })).rows.length;
}
