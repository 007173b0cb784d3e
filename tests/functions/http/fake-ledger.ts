import type { Principal } from '../../../domain/actor.ts';
import { auditTrail } from '../../../domain/audit.ts';
import type { Json } from '../../../domain/canonical.ts';
import { CHINA, type Day, instantOf, partialDate } from '../../../domain/dates.ts';
import { type DecodedEntry, decodeEntry, entryHash } from '../../../domain/decode.ts';
import { diffStream } from '../../../domain/diff.ts';
import { seal } from '../../../domain/envelope.ts';
import { figuresOf, groupedFigures } from '../../../domain/figures/figures.ts';
import { lineOf } from '../../../domain/figures/item-line.ts';
import { weeksBetween } from '../../../domain/figures/weeks.ts';
import { GENESIS } from '../../../domain/hashing.ts';
import { type CaseId, type ItemId, mintItemId, type Stream } from '../../../domain/ids.ts';
import { deadlinesOn, silentSince, USUAL_SCOPE } from '../../../domain/inspection/deadlines.ts';
import { tally } from '../../../domain/inspection/tally.ts';
import { presentCase } from '../../../domain/inspection/view.ts';
import { presentItem } from '../../../domain/item/present.ts';
import { flagsOf } from '../../../domain/look-back/flags.ts';
import { lookBackReports } from '../../../domain/look-back/report.ts';
import { checkPayload } from '../../../domain/payload.ts';
import { type Refusal, refuse, refuseFields } from '../../../domain/refusals.ts';
import { foldCaseView, foldItemView } from '../../../domain/replay.ts';
import type {
  EntryRequest,
  ImportReport,
  Ledger,
  Page,
  RecordedEntry,
  WriteOptions,
} from '../../../functions/app/ledger.ts';

const TODAY = '2026-03-01' as Day;

/**
 * A ledger in memory that keeps what is recorded and reads it back through the real domain. It decides nothing:
 * what HTTP must show of a refusal or a fault is put into `next`.
 */
export class FakeLedger implements Ledger {
  readonly streams = new Map<string, DecodedEntry[]>();
  readonly keys = new Map<string, RecordedEntry>();
  /** Answered, or thrown, by the next call instead of its own answer. */
  next: Refusal | Error | undefined;
  healthy = true;
  pages = 0;

  #intercepted(): Refusal | undefined {
    const { next } = this;
    this.next = undefined;
    if (next instanceof Error) throw next;
    return next;
  }

  #stream({ caseId, itemId }: Stream): DecodedEntry[] {
    return this.streams.get(`${caseId}/${itemId ?? ''}`) ?? [];
  }

  #items(caseId: CaseId): ItemId[] {
    return [...this.streams.keys()]
      .filter((key) => key.startsWith(`${caseId}/`) && !key.endsWith('/'))
      .map((key) => key.slice(caseId.length + 1) as ItemId);
  }

  #missing(stream: Stream): Refusal | undefined {
    if (this.#stream({ caseId: stream.caseId }).length === 0) return refuse('case-not-found');
    return stream.itemId !== undefined && this.#stream(stream).length === 0
      ? refuse('item-not-found')
      : undefined;
  }

  #record(
    who: Principal,
    stream: Stream,
    request: EntryRequest,
    { idempotencyKey, ifMatch }: WriteOptions,
  ): RecordedEntry | Refusal {
    const refused = this.#intercepted();
    if (refused) return refused;
    const before = idempotencyKey === undefined ? undefined : this.keys.get(idempotencyKey);
    if (before) return { ...before, repeated: true };
    const entries = this.#stream(stream);
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

  openCase: Ledger['openCase'] = async (who, caseId, request, options) =>
    this.#record(who, { caseId }, { ...request, type: 'CaseOpened' }, options);
  recordOnCase: Ledger['recordOnCase'] = async (who, caseId, request, options) =>
    this.#missing({ caseId }) ?? this.#record(who, { caseId }, request, options);
  raiseIssue: Ledger['raiseIssue'] = async (who, caseId, request, options) => {
    const itemId = mintItemId(this.#items(caseId).length + 1) as ItemId;
    const type = 'IssueRaised';
    return this.#missing({ caseId }) ?? this.#record(who, { caseId, itemId }, { ...request, type }, options);
  };
  recordOnItem: Ledger['recordOnItem'] = async (who, caseId, itemId, request, options) =>
    this.#missing({ caseId, itemId }) ?? this.#record(who, { caseId, itemId }, request, options);

  #flags(caseId: CaseId) {
    const eventsOf = (stream: Stream) => this.#stream(stream).map((entry) => entry.event);
    const items = this.#items(caseId).map((itemId) => ({ itemId, events: eventsOf({ caseId, itemId }) }));
    return flagsOf({ caseId, events: eventsOf({ caseId }), items }, { cut: {}, today: TODAY, zone: CHINA });
  }

  drawSample: Ledger['drawSample'] = async (who, caseId, lookBackSeq, { seed = 'seed' }, options) => {
    const data = { lookBackSeq, seed, itemIds: this.#items(caseId), flagged: [] };
    return this.#missing({ caseId }) ?? this.#record(who, { caseId }, { type: 'SampleDrawn', data }, options);
  };

  #lookBacks(caseId: CaseId) {
    const events = (itemId?: ItemId) =>
      this.#stream({ caseId, ...(itemId ? { itemId } : {}) }).map((entry) => entry.event);
    const items = this.#items(caseId).map((itemId) => ({ itemId, events: events(itemId) }));
    return lookBackReports({ caseId, events: events(), items }, {}, CHINA);
  }

  lookBacks: Ledger['lookBacks'] = async (_who, caseId, page, asked) => {
    const rows = this.#lookBacks(caseId).map(({ seq, scope, opened, conclusion, counts }) => ({
      caseId,
      seq,
      scope,
      opened,
      conclusion,
      counts,
    }));
    return this.#intercepted() ?? this.#missing({ caseId }) ?? { ...paged(rows, page), ...cutOf(asked) };
  };
  lookBack: Ledger['lookBack'] = async (_who, caseId, seq, asked) => {
    const report = this.#lookBacks(caseId).find((one) => one.seq === seq);
    const refused = this.#intercepted() ?? this.#missing({ caseId });
    if (refused) return refused;
    return report ? { ...report, ...cutOf(asked) } : refuse('look-back-not-found');
  };

  #case(caseId: CaseId) {
    const entries = this.#stream({ caseId });
    const states = this.#items(caseId).map((itemId) =>
      foldItemView(
        this.#stream({ caseId, itemId }).map((entry) => entry.event),
        CHINA,
      ),
    );
    const view = foldCaseView(
      entries.map((entry) => entry.event),
      CHINA,
    );
    return presentCase(caseId, view, head(entries), tally(states), TODAY);
  }

  #item(caseId: CaseId, itemId: ItemId) {
    const entries = this.#stream({ caseId, itemId });
    const view = foldItemView(
      entries.map((entry) => entry.event),
      CHINA,
    );
    return presentItem({ caseId, itemId }, view, head(entries), TODAY);
  }

  cases: Ledger['cases'] = async (_who, page) => {
    const ids = [...this.streams.keys()].filter((key) => key.endsWith('/'));
    const rows = ids.map((key) => {
      const { caseId, title, inspectedBody, inspectingBody, feedbackOn, concentratedUntil, ...rest } =
        this.#case(key.slice(0, -1) as CaseId);
      const { counts, accountability, institutions, fundsFen, version } = rest;
      const words = { caseId, title, inspectedBody, inspectingBody, feedbackOn, concentratedUntil };
      return { ...words, counts, accountability, institutions, fundsFen, version };
    });
    return this.#intercepted() ?? paged(rows, page);
  };
  inspectionCase: Ledger['inspectionCase'] = async (_who, caseId, asked) =>
    this.#intercepted() ?? this.#missing({ caseId }) ?? { ...this.#case(caseId), ...cutOf(asked) };
  register: Ledger['register'] = async (_who, caseId, filter, page, asked) => {
    const rows = this.#items(caseId)
      .map((itemId) => this.#item(caseId, itemId))
      .filter((item) => filter.status === undefined || item.status === filter.status);
    return this.#intercepted() ?? this.#missing({ caseId }) ?? { ...paged(rows, page), ...cutOf(asked) };
  };
  item: Ledger['item'] = async (_who, caseId, itemId, asked) =>
    this.#intercepted() ??
    this.#missing({ caseId, itemId }) ?? { ...this.#item(caseId, itemId), ...cutOf(asked) };
  // What only the console asks is tested on the real ledger.
  life: Ledger['life'] = async () => refuse('not-found');
  nextOnItem: Ledger['nextOnItem'] = async (_who, caseId, itemId) =>
    this.#intercepted() ??
    this.#missing({ caseId, itemId }) ?? {
      newestVersion: 1,
      recordable: ['ProgressReported'],
      completable: ['m2'],
      unmet: [refuse('measure-not-completed', 'measure m2 is not completed', 'm2')],
    };
  standing: Ledger['standing'] = async () => [];
  deadlines: Ledger['deadlines'] = async (_who, filter, page, asked) => {
    const { withinDays = USUAL_SCOPE.withinDays, silentDays = USUAL_SCOPE.silentDays } = filter;
    const ids = [...this.streams.keys()].filter((key) => key.endsWith('/'));
    const rows = ids.map((key) => {
      const { caseId, title } = this.#case(key.slice(0, -1) as CaseId);
      const items = this.#items(caseId).map((itemId) => this.#item(caseId, itemId));
      const since = silentSince({}, CHINA);
      return { caseId, title, offices: deadlinesOn(items, TODAY, { withinDays, silentDays }, since) };
    });
    const counted = { day: TODAY, withinDays, silentDays };
    return this.#intercepted() ?? { ...counted, ...paged(rows, page), ...cutOf(asked) };
  };
  entry: Ledger['entry'] = async (_who, stream, seq) => {
    const entry = this.#stream(stream)[seq - 1];
    const found = entry && { entry, hash: entryHash(entry.stored), repeated: false };
    return this.#intercepted() ?? this.#missing(stream) ?? found ?? refuse('entry-not-found');
  };
  history: Ledger['history'] = async (_who, stream, page, asked) =>
    this.#intercepted() ?? this.#missing(stream) ?? { ...paged(this.#stream(stream), page), ...cutOf(asked) };
  historyStream: Ledger['historyStream'] = async (_who, stream) =>
    this.#intercepted() ?? this.#missing(stream) ?? this.#onePage(this.#stream(stream));

  async *#onePage(entries: readonly DecodedEntry[]): AsyncGenerator<readonly DecodedEntry[]> {
    for (const entry of entries) {
      this.#intercepted();
      this.pages += 1;
      yield [entry];
    }
  }

  audit: Ledger['audit'] = async (_who, stream, page, asked) => {
    const trail = auditTrail(
      this.#stream(stream).map((entry) => entry.event),
      CHINA,
    );
    return this.#intercepted() ?? this.#missing(stream) ?? { ...paged(trail, page), ...cutOf(asked) };
  };
  #changes(stream: Stream) {
    const bounds = { axis: 'recorded', from: instantOf(0), to: instantOf(4e12) } as const;
    const events = this.#stream(stream).map((entry) => entry.event);
    return diffStream(events, bounds, CHINA);
  }

  diff: Ledger['diff'] = async (_who, caseId, span) =>
    this.#intercepted() ?? this.#missing({ caseId }) ?? { ...span, changes: this.#changes({ caseId }) };
  itemDiff: Ledger['itemDiff'] = async (_who, caseId, itemId, span) =>
    this.#intercepted() ??
    this.#missing({ caseId, itemId }) ?? { ...span, changes: this.#changes({ caseId, itemId }) };
  diffAcross: Ledger['diffAcross'] = async (_who, span, countsOnly, page) => {
    const rows = [...this.streams.keys()]
      .filter((key) => key.endsWith('/'))
      .map((key) => {
        const caseId = key.slice(0, -1) as CaseId;
        const changes = this.#changes({ caseId });
        const summary = { new: changes.length, backDated: 0, corrected: 0 };
        const { title } = this.#case(caseId);
        return { caseId, title, summary, items: 0, ...(countsOnly ? {} : { changes }) };
      });
    return this.#intercepted() ?? { ...span, ...paged(rows, page) };
  };
  hindsight: Ledger['hindsight'] = async (_who, caseId, { notice = null }) => {
    const { title, counts, accountability, institutions, fundsFen } = this.#case(caseId);
    const totals = { counts, accountability, institutions, fundsFen };
    const pictures = { believed: totals, known: totals, differences: [] };
    const cut = { effectiveOn: TODAY, settled: false, laterEntries: 0 };
    return (
      this.#intercepted() ??
      this.#missing({ caseId }) ?? { caseId, title, notice, believedAsOf: instantOf(0), ...pictures, cut }
    );
  };
  flags: Ledger['flags'] = async (_who, caseId, _filter, page, asked) =>
    this.#intercepted() ??
    this.#missing({ caseId }) ?? { ...paged(this.#flags(caseId), page), ...cutOf(asked) };
  flaggedCases: Ledger['flaggedCases'] = async (_who, _filter, page, asked) => {
    const cases = [...this.streams.values()].flatMap(([first]) =>
      first?.event.type === 'CaseOpened' ? [first.event.caseId] : [],
    );
    const counted = cases.map((caseId) => {
      const flags = this.#flags(caseId);
      const bySeverity = { high: 0, medium: 0, low: flags.length };
      return { caseId, title: null, items: flags.length, bySeverity, byRule: {}, dismissed: 0 };
    });
    return this.#intercepted() ?? { ...paged(counted, page), ...cutOf(asked) };
  };
  #figures(caseIds: readonly CaseId[]) {
    const lines = caseIds.map((caseId) =>
      this.#items(caseId).flatMap((itemId) => {
        const events = this.#stream({ caseId, itemId }).map((entry) => entry.event);
        return lineOf(foldItemView(events, CHINA)) ?? [];
      }),
    );
    const weeks = weeksBetween(TODAY, TODAY);
    return { on: TODAY, weeks, ...groupedFigures(lines.flat(), weeks), lines };
  }

  figures: Ledger['figures'] = async (_who, caseId, _weeks, asked) => {
    const { lines, ...figures } = this.#figures([caseId]);
    const { title } = this.#case(caseId);
    return this.#intercepted() ?? this.#missing({ caseId }) ?? { caseId, title, ...figures, ...cutOf(asked) };
  };
  allFigures: Ledger['allFigures'] = async (_who, _weeks, asked) => {
    const ids = [...this.streams.keys()].filter((key) => key.endsWith('/'));
    const caseIds = ids.map((key) => key.slice(0, -1) as CaseId);
    const { lines, ...figures } = this.#figures(caseIds);
    const byCase = caseIds.map((caseId, index) => ({
      caseId,
      title: this.#case(caseId).title,
      ...figuresOf(lines[index] ?? [], figures.weeks),
    }));
    return this.#intercepted() ?? { ...figures, byCase, ...cutOf(asked) };
  };
  supervision: Ledger['supervision'] = async (_who, _filter, page) => {
    const rows = [...this.streams.values()].flat().map(({ event }) => {
      const { caseId, itemId, seq, recordedAt, occurredOn, actor, type } = event;
      return {
        caseId,
        itemId: itemId ?? null,
        seq,
        recordedAt,
        occurredOn: occurredOn ?? null,
        actor,
        type,
        lagDays: 0,
      };
    });
    return this.#intercepted() ?? paged(rows, page);
  };
  notice: Ledger['notice'] = async (who, caseId) =>
    this.#intercepted() ?? this.#missing({ caseId }) ?? (who ? '整改进展\n' : refuse('notice-not-published'));
  importNotice: Ledger['importNotice'] = async (_who, _caseId, text, commit) =>
    this.#intercepted() ?? emptyReport(text, commit);
  health: Ledger['health'] = async () => {
    this.#intercepted();
    return { ok: this.healthy, deadLetters: 2 };
  };
}

const head = (entries: readonly DecodedEntry[]) => {
  const last = entries.at(-1);
  return {
    version: entries.length,
    hash: last ? entryHash(last.stored) : GENESIS,
    recordedAt: last?.header.recordedAt ?? null,
  };
};

function paged<T>(rows: readonly T[], { limit, cursor }: Page) {
  const start = Number(cursor ?? 0);
  const end = start + limit;
  return { data: rows.slice(start, end), ...(end < rows.length ? { nextCursor: String(end) } : {}) };
}

const cutOf = (asked: { recordedAsOf?: string | undefined; effectiveOn?: string | undefined }) =>
  asked.recordedAsOf === undefined && asked.effectiveOn === undefined
    ? {}
    : { cut: { recordedAsOf: instantOf(0), settled: true, laterEntries: 3 } };

const emptyReport = (text: string, committed: boolean): ImportReport => ({
  committed,
  recorded: 0,
  header: { totals: [], totalLines: [], narrative: '', text, lines: [1, 1] },
  groups: [],
  items: [],
  tail: { text: '', lines: null },
  lines: { total: 1, header: 1, items: 0, measures: 0, tail: 0, ignored: 0 },
  warnings: [],
});
