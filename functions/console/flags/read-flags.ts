import type { CutEcho } from '../../../domain/cut.ts';
import type { CaseId } from '../../../domain/ids.ts';
import type { Flag } from '../../../domain/look-back/flag.ts';
import { isRefusal, type Refusal } from '../../../domain/refusals.ts';
import type { FlagFilter } from '../../app/flagged-case.ts';
import type { AskedCut } from '../../app/ledger.ts';
import type { SignedIn } from '../visit.ts';

/** More than a case has rules and items for, but for the largest. */
const CHUNK = 1_000;

export interface FlagPicture {
  readonly flags: readonly Flag[];
  readonly cut: CutEcho | undefined;
}

/** All flags of a case that the filter wants, as one picture. */
export async function readFlagPicture(
  { ledger, who }: SignedIn,
  caseId: CaseId,
  filter: FlagFilter,
  asked: AskedCut,
): Promise<FlagPicture | Refusal> {
  const flags: Flag[] = [];
  let cursor: string | undefined;
  for (;;) {
    const page = await ledger.flags(who, caseId, filter, { limit: CHUNK, cursor }, asked);
    if (isRefusal(page)) return page;
    flags.push(...page.data);
    cursor = page.nextCursor;
    if (cursor === undefined) return { flags, cut: page.cut };
  }
}
