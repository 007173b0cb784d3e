import type { CutEcho } from '../../../domain/cut.ts';
import { type Day, dayOf } from '../../../domain/dates.ts';
import type { CaseId } from '../../../domain/ids.ts';
import type { InspectionCase } from '../../../domain/inspection/view.ts';
import type { Item } from '../../../domain/item/present.ts';
import { isRefusal, type Refusal } from '../../../domain/refusals.ts';
import type { AskedCut } from '../../app/ledger.ts';
import type { SignedIn } from '../visit.ts';

/** What the ledger gives at once. */
const CHUNK = 1_000;

export interface RegisterPicture {
  readonly inspection: InspectionCase;
  readonly items: readonly Item[];
  readonly cut: CutEcho | undefined;
}

/** The whole register as one picture, with its case. */
export async function readPicture(
  { ledger, who }: SignedIn,
  caseId: CaseId,
  asked: AskedCut,
): Promise<RegisterPicture | Refusal> {
  const inspection = await ledger.inspectionCase(who, caseId, asked);
  if (isRefusal(inspection)) return inspection;
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await ledger.register(who, caseId, {}, { limit: CHUNK, cursor }, asked);
    if (isRefusal(page)) return page;
    items.push(...page.data);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return { inspection, items, cut: inspection.cut };
}

/** The day of the picture: the cut's, or today. */
export function dayOfPicture(cut: CutEcho | undefined, visit: Pick<SignedIn, 'today' | 'console'>): Day {
  if (cut?.effectiveOn !== undefined) return cut.effectiveOn;
  return cut?.recordedAsOf === undefined ? visit.today : dayOf(cut.recordedAsOf, visit.console.zone);
}
