import type { Context } from 'hono';
import { presentEntry } from '../../domain/interchange.ts';
import { isRefusal, type Refusal } from '../../domain/refusals.ts';
import type { RecordedEntry } from '../app/ledger.ts';
import { versionTag } from './entity-tags.ts';
import { problem } from './problems.ts';

/** The answer to a write. A repeated one differs in one header only. */
export function recorded(c: Context, result: RecordedEntry | Refusal): Response {
  if (isRefusal(result)) return problem(c, result);
  const envelope = presentEntry(result.entry);
  const item = envelope.itemId === null ? '' : `/items/${envelope.itemId}`;
  return c.json(envelope, 201, {
    Location: `/v1/cases/${envelope.caseId}${item}/events/${envelope.seq}`,
    ETag: versionTag(envelope.seq),
    ...(result.repeated ? { 'Idempotency-Replayed': 'true' } : {}),
  });
}
