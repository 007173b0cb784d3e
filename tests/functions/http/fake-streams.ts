import type { Principal } from '../../../domain/actor.ts';
import type { Json } from '../../../domain/canonical.ts';
import { CHINA, type Day, instantOf, partialDate } from '../../../domain/dates.ts';
import { type DecodedEntry, decodeEntry, entryHash } from '../../../domain/decode.ts';
import { diffStream } from '../../../domain/diff.ts';
import { seal } from '../../../domain/envelope.ts';
import { groupedFigures } from '../../../domain/figures/figures.ts';
import { lineOf } from '../../../domain/figures/item-line.ts';
import { weeksBetween } from '../../../domain/figures/weeks.ts';
import { GENESIS } from '../../../domain/hashing.ts';
import type { CaseId, ItemId, Stream } from '../../../domain/ids.ts';
import { tally } from '../../../domain/inspection/tally.ts';
import { presentCase } from '../../../domain/inspection/view.ts';
import { presentItem } from '../../../domain/item/present.ts';
import { flagsOf } from '../../../domain/look-back/flags.ts';
import { lookBackReports, withFlagsAgain } from '../../../domain/look-back/report.ts';
import { checkPayload } from '../../../domain/payload.ts';
import { type Refusal, refuse, refuseFields } from '../../../domain/refusals.ts';
import { foldCaseView, foldItemView } from '../../../domain/replay.ts';
import type { EntryRequest, RecordedEntry, WriteOptions } from '../../../functions/app/ledger.ts';

/** On which everything is read. */
export const TODAY = '2026-03-01' as Day;

/**
 * Streams in memory, and what the real domain reads in them. They decide nothing: what HTTP must show of a refusal
 * or a fault is put into `next`.
 */
export class FakeStreams {
  readonly streams = new Map<string, DecodedEntry[]>();
  readonly keys = new Map<string, RecordedEntry>();
  /** Answered, or thrown, by the next call instead of its own answer. */
  next: Refusal | Error | undefined;

  intercepted(): Refusal | undefined {
    const { next } = this;
    this.next = undefined;
    if (next instanceof Error) throw next;
    return next;
  }

  stream({ caseId, itemId }: Stream): DecodedEntry[] {
    return this.streams.get(`${caseId}/${itemId ?? ''}`) ?? [];
  }

  itemsOf(caseId: CaseId): ItemId[] {
    return [...this.streams.keys()]
      .filter((key) => key.startsWith(`${caseId}/`) && !key.endsWith('/'))
      .map((key) => key.slice(caseId.length + 1) as ItemId);
  }

  missing(stream: Stream): Refusal | undefined {
    if (this.stream({ caseId: stream.caseId }).length === 0) return refuse('case-not-found');
    return stream.itemId !== undefined && this.stream(stream).length === 0
      ? refuse('item-not-found')
      : undefined;
  }

  keep(
    who: Principal,
    stream: Stream,
    request: EntryRequest,
    { idempotencyKey, ifMatch }: WriteOptions,
  ): RecordedEntry | Refusal {
    const refused = this.intercepted();
    if (refused) return refused;
    const before = idempotencyKey === undefined ? undefined : this.keys.get(idempotencyKey);
    if (before) return { ...before, repeated: true };
    const entries = this.stream(stream);
    const version = entries.length;
    if (ifMatch !== undefined && ifMatch !== version) return { ...refuse('version-mismatch'), version };
    const kind = stream.itemId === undefined ? 'case' : 'item';
    const payload = checkPayload(kind, request.type as Parameters<typeof checkPayload>[1], request.data);
    if ('errors' in payload) {
      return refuseFields(payload.errors.map((error) => ({ ...error, pointer: `/data${error.pointer}` })));
    }
    const last = entries.at(-1);
    const { stored, hash } = seal({
      actor: who,
      caseId: stream.caseId,
      itemId: stream.itemId,
      commandId: idempotencyKey ?? `command-${version}`,
      ledger: 'A'.repeat(22),
      occurredOn: partialDate(String(request.occurredOn ?? '')),
      prev: last ? entryHash(last.stored) : GENESIS,
      recordedAt: instantOf(Date.parse('2026-03-01T00:00:00Z') + version),
      seq: version + 1,
      type: request.type,
      v: 1,
      data: payload.data as Json,
      text: payload.text as { [name: string]: Json },
      names: { actorName: who.actorName },
      dataSalt: new Uint8Array(16),
      textSalt: new Uint8Array(16),
    });
    const recorded = { entry: decodeEntry(stored), hash, repeated: false };
    this.streams.set(`${stream.caseId}/${stream.itemId ?? ''}`, [...entries, recorded.entry]);
    if (idempotencyKey !== undefined) this.keys.set(idempotencyKey, recorded);
    return recorded;
  }

  flagsOf(caseId: CaseId) {
    const eventsOf = (stream: Stream) => this.stream(stream).map((entry) => entry.event);
    const items = this.itemsOf(caseId).map((itemId) => ({ itemId, events: eventsOf({ caseId, itemId }) }));
    return flagsOf({ caseId, events: eventsOf({ caseId }), items }, { cut: {}, today: TODAY, zone: CHINA });
  }

  lookBacksOf(caseId: CaseId) {
    const events = (itemId?: ItemId) =>
      this.stream({ caseId, ...(itemId ? { itemId } : {}) }).map((entry) => entry.event);
    const items = this.itemsOf(caseId).map((itemId) => ({ itemId, events: events(itemId) }));
    const recorded = { caseId, events: events(), items };
    return lookBackReports(recorded, {}, CHINA).map((report) =>
      withFlagsAgain(report, recorded, CHINA, new Map()),
    );
  }

  caseOf(caseId: CaseId) {
    const entries = this.stream({ caseId });
    const states = this.itemsOf(caseId).map((itemId) =>
      foldItemView(
        this.stream({ caseId, itemId }).map((entry) => entry.event),
        CHINA,
      ),
    );
    const view = foldCaseView(
      entries.map((entry) => entry.event),
      CHINA,
    );
    return presentCase(caseId, view, head(entries), tally(states), TODAY);
  }

  itemOf(caseId: CaseId, itemId: ItemId) {
    const entries = this.stream({ caseId, itemId });
    const view = foldItemView(
      entries.map((entry) => entry.event),
      CHINA,
    );
    return presentItem({ caseId, itemId }, view, head(entries), TODAY);
  }

  changesOf(stream: Stream) {
    const bounds = { axis: 'recorded', from: instantOf(0), to: instantOf(4e12) } as const;
    const events = this.stream(stream).map((entry) => entry.event);
    return diffStream(events, bounds, CHINA);
  }

  figuresOf(caseIds: readonly CaseId[]) {
    const lines = caseIds.map((caseId) =>
      this.itemsOf(caseId).flatMap((itemId) => {
        const events = this.stream({ caseId, itemId }).map((entry) => entry.event);
        return lineOf(foldItemView(events, CHINA)) ?? [];
      }),
    );
    const weeks = weeksBetween(TODAY, TODAY);
    return { on: TODAY, weeks, ...groupedFigures(lines.flat(), weeks), lines };
  }
}

const head = (entries: readonly DecodedEntry[]) => {
  const last = entries.at(-1);
  return {
    version: entries.length,
    hash: last ? entryHash(last.stored) : GENESIS,
    recordedAt: last?.header.recordedAt ?? null,
  };
};
