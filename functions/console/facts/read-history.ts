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
  const told = new Map<number, ReturnType<NameOf>>();
  for await (const entries of pages) {
    for (const { header, names, event } of entries) {
      const words = Object.entries({ ...(event.text as object | undefined), ...documentOf(event.data) });
      told.set(header.seq, {
        actor: names.actorName,
        office: names.officeName,
        words: words.filter((word): word is [string, string] => typeof word[1] === 'string'),
      });
    }
  }
  return {
    entries: trail.data,
    nameOf: (seq) => told.get(seq) ?? {},
    next: trail.nextCursor === undefined ? undefined : nextAddress(id, trail.nextCursor, asked),
  };
}

/** A document's number belongs to what people read of it, though it is structure. */
const documentOf = (data: unknown): object => {
  const { documentNo } = (data ?? {}) as { documentNo?: unknown };
  return documentNo === undefined ? {} : { documentNo };
};

function nextAddress(id: CaseId, cursor: string, { recordedAsOf, effectiveOn }: AskedCut): string {
  const query = new URLSearchParams({ cursor });
  if (recordedAsOf !== undefined) query.set('recordedAsOf', recordedAsOf);
  if (effectiveOn !== undefined) query.set('effectiveOn', effectiveOn);
  return `/cases/${id}/facts?${query}#history`;
}
