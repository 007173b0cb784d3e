import { dayOf } from '../../domain/dates.ts';
import type { CaseId } from '../../domain/ids.ts';
import { type Counts, countsOn } from '../../domain/inspection/tally.ts';
import type { Dependencies } from './dependencies.ts';
import { CASES, PUBLISHED, readSummary } from './view-rows.ts';

/** Who looks at the page at `/`, which asks for no token. */
export interface Visitor {
  /** Sits at this very machine: the connection is a loopback one, and no proxy says that it forwards. */
  readonly local: boolean;
}

/** One line of the page at `/`. */
export interface LandingCase {
  readonly caseId: CaseId;
  /** Null once erased. */
  readonly title: string | null;
  /** A notice of it was published, which anybody may read. */
  readonly published?: boolean | undefined;
  readonly counts: Counts;
}

/**
 * The page at `/` knows nobody. It lists every case for whoever sits at this machine, and for anybody else the
 * cases of which the committee has published a notice.
 */
export async function landingCases(
  { views, clock, identity }: Pick<Dependencies, 'views' | 'clock' | 'identity'>,
  { local }: Visitor,
): Promise<readonly LandingCase[]> {
  const { rows } = await views.range(local ? CASES : PUBLISHED, {}, { limit: 200 });
  const today = dayOf(clock.now(), identity.zone);
  return rows.map(readSummary).map(({ summary: { caseId, title }, tally, published }) => ({
    caseId,
    title,
    published,
    counts: countsOn(tally, today),
  }));
}
