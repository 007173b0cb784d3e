import type { Principal } from '../../domain/actor.ts';
import { isVoidable } from '../../domain/amending.ts';
import { auditTrail } from '../../domain/audit.ts';
import { type Cut, dayOfCut, isCut, readCut } from '../../domain/cut.ts';
import { dayOf, daysBetween } from '../../domain/dates.ts';
import { answerTo } from '../../domain/decision-order.ts';
import { type DecodedEntry, entryHash } from '../../domain/decode.ts';
import type { LedgerEvent } from '../../domain/events.ts';
import { presentItem } from '../../domain/item/present.ts';
import { joinPayload } from '../../domain/payload.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusals.ts';
import { foldItem, foldItemView, foldOrder, laterEntries, recordedBy } from '../../domain/replay.ts';
import { type Resolved, resolve, voidedSeqs } from '../../domain/resolve.ts';
import { createVerifier } from '../../domain/verify.ts';
import { mayReadItem, reachesCase } from './access.ts';
import type { Dependencies } from './dependencies.ts';
import type { ChainCheck, ItemLife, LifeEntry } from './item-life.ts';
import type { AskedCut } from './ledger.ts';
import { echo, type ItemStream } from './read-item.ts';
import { nextOn } from './read-next.ts';
import { caseStream, headOf, readAll, readStreamState } from './streams.ts';

/** The whole life of one item, now or on either clock. */
export async function readLife(
  deps: Dependencies,
  who: Principal,
  stream: ItemStream,
  asked: AskedCut,
): Promise<ItemLife | Refusal> {
  const refused = reachesCase(who, stream.caseId);
  if (refused) return refused;
  const { zone } = deps.identity;
  const now = deps.clock.now();
  const cut = readCut(asked, now, zone);
  if (isRefusal(cut)) return cut;
  const [all, inspection] = await Promise.all([
    readAll(deps.events, stream),
    readStreamState(caseStream, deps.events, { caseId: stream.caseId }, zone),
  ]);
  const events = all.map((entry) => entry.event);
  const kept = recordedBy(events, cut).length;
  if (kept === 0) return refuse('item-not-found', `case ${stream.caseId} has no item ${stream.itemId}`);
  const state = foldItem(events, zone);
  const hidden = mayReadItem(who, state);
  if (hidden) return hidden;
  const today = dayOfCut(cut, now, zone);
  const item = presentItem(stream, foldItemView(events, zone, cut), headOf(all[kept - 1]), today);
  const next = nextOn(state, inspection.state, who, all.length);
  return {
    item,
    entries: lifeEntries(all.slice(0, kept), cut, zone),
    chain: checked(all.slice(0, kept)),
    ...next,
    ...(isCut(cut) ? { recordable: [], cut: echo(cut, now, laterEntries(events, cut)) } : {}),
  };
}

function lifeEntries(kept: readonly DecodedEntry[], cut: Cut, zone: number): readonly LifeEntry[] {
  const events = kept.map((entry) => entry.event);
  const known = resolve(events, zone);
  const resolved = new Map(known.map((event) => [event.seq, event]));
  const voided = voidedSeqs(events);
  const entries = auditTrail(events, zone).map((audited, index): LifeEntry => {
    const { event, names, stored } = kept[index] as DecodedEntry;
    const now = resolved.get(event.seq);
    const data = said(event);
    return {
      ...audited,
      data,
      asCorrected: now
        ? { data: said(now), occurredOn: now.occurredOn ?? null }
        : { data, occurredOn: audited.occurredOn },
      erased: stored.text === undefined,
      actorName: names.actorName ?? null,
      officeName: names.officeName ?? null,
      source: event.source ?? null,
      hash: entryHash(stored),
      lagDays: now ? Math.max(0, daysBetween(now.effectOn, dayOf(event.recordedAt, zone))) : audited.lagDays,
      effectOn: now?.effectOn ?? null,
      assumed: now?.assumed ?? event.occurredOn === undefined,
      correctedBy: now?.corrections ?? [],
      voidable: isVoidable(event.type) && !voided.has(event.seq) && !isAnswered(event, known),
      voided: voided.has(event.seq),
    };
  });
  if (cut.effectiveOn === undefined) return entries;
  const bySeq = new Map(entries.map((entry) => [entry.seq, entry]));
  return foldOrder(events, { effectiveOn: cut.effectiveOn }, zone)
    .map(({ seq }) => bySeq.get(seq))
    .filter((entry) => entry !== undefined);
}

const ANSWERABLE: ReadonlySet<string> = new Set([
  'ClosureRequested',
  'ExtensionRequested',
  'LookBackFindingRecorded',
]);

/** What a decision answered stands. */
const isAnswered = (event: LedgerEvent, known: readonly Resolved[]): boolean =>
  event.known && ANSWERABLE.has(event.type) && answerTo(event, known) !== undefined;

/** Structure and words together. */
function said({ data, text }: { readonly data: unknown; readonly text?: unknown }) {
  return joinPayload(
    data as { readonly [name: string]: unknown },
    text as { readonly [name: string]: unknown } | undefined,
  );
}

function checked(entries: readonly DecodedEntry[]): ChainCheck {
  const verifier = createVerifier();
  for (const { stored } of entries) verifier.add(stored);
  const { entries: verified, erased, fault } = verifier.result();
  return { entries: verified, erased, fault: fault ? { seq: fault.seq, why: fault.why } : null };
}
