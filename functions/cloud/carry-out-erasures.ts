import * as z from 'zod/mini';
import { type CaseId, caseId } from '../../domain/ids.ts';
import type { Dependencies } from '../app/dependencies.ts';
import { completeErasures } from '../app/erase.ts';
import { wholeStreams } from '../app/rebuild.ts';
import type { Log } from '../log.ts';
import { ENOUGH_MS } from './time-left.ts';

const anId = z.string().check(z.refine((text) => caseId(text) !== undefined, { error: 'must be a case id' }));
const erasing = z.strictObject({ caseId: z.optional(anId), after: z.optional(anId) });

export interface Erased {
  /** Entries whose words this run removed. */
  readonly erased: number;
  /** Cases looked at. */
  readonly cases: number;
  /** Where to go on when the time was over: hand it in as `after`. */
  readonly after?: CaseId;
}

/** Carries out the erasures that are recorded, of one case or of all. What is done is not done again. */
export async function carryOutErasures(
  deps: Dependencies,
  request: unknown,
  log: Log,
  millisLeft: () => number,
): Promise<Erased> {
  const { caseId: only, after } = erasing.parse(request ?? {}) as { caseId?: CaseId; after?: CaseId };
  let erased = 0;
  let cases = 0;
  let last: CaseId | undefined;
  for await (const id of only === undefined ? deps.events.caseIds(after) : [only]) {
    if (last !== undefined && millisLeft() < ENOUGH_MS) return { erased, cases, after: last };
    for await (const { stream, entries } of wholeStreams(deps.events.partition(id, 'all'))) {
      const completed = await completeErasures(deps, stream, entries);
      if (completed > 0) log('warn', 'words were erased', { ...stream, entries: completed });
      erased += completed;
    }
    cases += 1;
    last = id;
  }
  return { erased, cases };
}
