import { createMiddleware } from 'hono/factory';
import type { FieldError } from '../../domain/fields.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusals.ts';
import type { RecordedEntry, WriteOptions } from '../app/ledger.ts';
import { MOST_TAGS, readTags } from './entity-tags.ts';
import { problem } from './problems.ts';

/** What the headers of a write ask for. */
export interface Conditions {
  readonly idempotencyKey: string | undefined;
  /** Any of these versions may be overwritten; undefined is every one. */
  readonly versions: readonly number[] | undefined;
}

function readConditions(key: string | undefined, ifMatch: string | undefined): Conditions | Refusal {
  const errors: FieldError[] = [];
  if (key !== undefined && !/^[\x21-\x7e]{1,64}$/.test(key)) {
    const message = 'must be 1 to 64 visible ASCII characters';
    errors.push({ pointer: '/Idempotency-Key', code: 'invalid-value', message });
  }
  const versions = ifMatch === undefined ? 'any' : readTags(ifMatch, false);
  if (versions === undefined) {
    const message = `must be * or at most ${MOST_TAGS} quoted versions, such as "12"`;
    errors.push({ pointer: '/If-Match', code: 'invalid-value', message });
  }
  if (errors.length > 0) {
    const named = errors.map((error) => `${error.pointer.slice(1)} ${error.message}`).join('; ');
    return { ...refuse('invalid-request', named), errors };
  }
  return { idempotencyKey: key, versions: versions === 'any' ? undefined : versions };
}

export const conditions = createMiddleware<{ Variables: { conditions: Conditions } }>(async (c, next) => {
  const read = readConditions(c.req.header('idempotency-key'), c.req.header('if-match'));
  if (isRefusal(read)) return problem(c, read);
  c.set('conditions', read);
  return next();
});

/**
 * Writes under the conditions. A list of versions is tried one by one: a refused attempt leaves no trace, and
 * tells the version that the stream has.
 */
export async function writeUnder(
  { idempotencyKey, versions }: Conditions,
  attempt: (options: WriteOptions) => Promise<RecordedEntry | Refusal>,
): Promise<RecordedEntry | Refusal> {
  let [ifMatch, ...others] = versions ?? [];
  for (;;) {
    const result = await attempt({ idempotencyKey, ifMatch });
    if (!isRefusal(result) || result.refused !== 'version-mismatch') return result;
    const current = others.find((version) => version === result.version);
    if (current === undefined) return result;
    ifMatch = current;
    others = others.filter((version) => version !== current);
  }
}
