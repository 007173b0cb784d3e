import type { AuditEntry } from '../../../domain/audit.ts';
import type { CaseId, Stream } from '../../../domain/ids.ts';
import { isRefusal, type Refusal } from '../../../domain/refusals.ts';
import type { AskedCut } from '../../app/ledger.ts';
import type { SignedIn } from '../visit.ts';
import type { NameOf } from './history.tsx';

interface CaseHistory {
  readonly entries: readonly AuditEntry[];
  readonly nameOf: NameOf;
  /** The address of the entries that follow; undefined where there are none. */
  readonly next: string | undefined;
}

/** Entries on one page. */
const LIMIT = 200;

/** One page of the case's audit trail, with the names that its entries bear. */
export async function caseHistory(
  { c, ledger, who }: SignedIn,
  id: CaseId,
  asked: AskedCut,
): Promise<CaseHistory | Refusal> {
  const stream: Stream = { caseId: id, itemId: undefined };
  const page = { limit: LIMIT, cursor: c.req.query('cursor') };
  const trail = await ledger.audit(who, stream, page, asked);
  if (isRefusal(trail)) return trail;
  const pages = await ledger.historyStream(who, stream, asked);
  if (isRefusal(pages)) return pages;
  const names = new Map<number, ReturnType<NameOf>>();
  for await (const entries of pages) {
    for (const { header, names: said } of entries) {
      names.set(header.seq, { actor: said.actorName, office: said.officeName });
    }
  }
  return {
    entries: trail.data,
    nameOf: (seq) => names.get(seq) ?? {},
    next: trail.nextCursor === undefined ? undefined : nextAddress(id, trail.nextCursor, asked),
  };
}

function nextAddress(id: CaseId, cursor: string, { recordedAsOf, effectiveOn }: AskedCut): string {
  const query = new URLSearchParams({ cursor });
  if (recordedAsOf !== undefined) query.set('recordedAsOf', recordedAsOf);
  if (effectiveOn !== undefined) query.set('effectiveOn', effectiveOn);
  return `/cases/${id}/facts?${query}#history`;
}
