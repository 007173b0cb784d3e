import { auditTrail } from '../../../domain/audit.ts';
import { CHINA, instantOf } from '../../../domain/dates.ts';
import { type DecodedEntry, entryHash } from '../../../domain/decode.ts';
import { figuresOf } from '../../../domain/figures/figures.ts';
import { type CaseId, type ItemId, mintItemId } from '../../../domain/ids.ts';
import { deadlinesOn, silentSince, USUAL_SCOPE } from '../../../domain/inspection/deadlines.ts';
import { refuse } from '../../../domain/refusals.ts';
import type { ImportReport, Ledger, Page } from '../../../functions/app/ledger.ts';
import { FakeStreams, TODAY } from './fake-streams.ts';

/** A ledger in memory that keeps what is recorded and reads it back through the real domain. */
export class FakeLedger extends FakeStreams implements Ledger {
  healthy = true;
  pages = 0;

  openCase: Ledger['openCase'] = async (who, caseId, request, options) =>
    this.keep(who, { caseId }, { ...request, type: 'CaseOpened' }, options);
  recordOnCase: Ledger['recordOnCase'] = async (who, caseId, request, options) =>
    this.missing({ caseId }) ?? this.keep(who, { caseId }, request, options);
  raiseIssue: Ledger['raiseIssue'] = async (who, caseId, request, options) => {
    const itemId = mintItemId(this.itemsOf(caseId).length + 1) as ItemId;
    const type = 'IssueRaised';
    return this.missing({ caseId }) ?? this.keep(who, { caseId, itemId }, { ...request, type }, options);
  };
  recordOnItem: Ledger['recordOnItem'] = async (who, caseId, itemId, request, options) =>
    this.missing({ caseId, itemId }) ?? this.keep(who, { caseId, itemId }, request, options);

  drawSample: Ledger['drawSample'] = async (who, caseId, lookBackSeq, { seed = 'seed' }, options) => {
    const data = { lookBackSeq, seed, itemIds: this.itemsOf(caseId), flagged: [] };
    return this.missing({ caseId }) ?? this.keep(who, { caseId }, { type: 'SampleDrawn', data }, options);
  };

  lookBacks: Ledger['lookBacks'] = async (_who, caseId, page, asked) => {
    const rows = this.lookBacksOf(caseId).map(({ seq, scope, opened, conclusion, counts }) => ({
      caseId,
      seq,
      scope,
      opened,
      conclusion,
      counts,
    }));
    return this.intercepted() ?? this.missing({ caseId }) ?? { ...paged(rows, page), ...cutOf(asked) };
  };
  lookBack: Ledger['lookBack'] = async (_who, caseId, seq, asked) => {
    const report = this.lookBacksOf(caseId).find((one) => one.seq === seq);
    const refused = this.intercepted() ?? this.missing({ caseId });
    if (refused) return refused;
    return report ? { ...report, ...cutOf(asked) } : refuse('look-back-not-found');
  };

  cases: Ledger['cases'] = async (_who, page) => {
    const ids = [...this.streams.keys()].filter((key) => key.endsWith('/'));
    const rows = ids.map((key) => {
      const { caseId, title, inspectedBody, inspectingBody, feedbackOn, concentratedUntil, ...rest } =
        this.caseOf(key.slice(0, -1) as CaseId);
      const { counts, accountability, institutions, fundsFen, version } = rest;
      const words = { caseId, title, inspectedBody, inspectingBody, feedbackOn, concentratedUntil };
      return { ...words, counts, accountability, institutions, fundsFen, version };
    });
    return this.intercepted() ?? paged(rows, page);
  };
  inspectionCase: Ledger['inspectionCase'] = async (_who, caseId, asked) =>
    this.intercepted() ?? this.missing({ caseId }) ?? { ...this.caseOf(caseId), ...cutOf(asked) };
  register: Ledger['register'] = async (_who, caseId, filter, page, asked) => {
    const rows = this.itemsOf(caseId)
      .map((itemId) => this.itemOf(caseId, itemId))
      .filter((item) => filter.status === undefined || item.status === filter.status);
    return this.intercepted() ?? this.missing({ caseId }) ?? { ...paged(rows, page), ...cutOf(asked) };
  };
  item: Ledger['item'] = async (_who, caseId, itemId, asked) =>
    this.intercepted() ??
    this.missing({ caseId, itemId }) ?? { ...this.itemOf(caseId, itemId), ...cutOf(asked) };
  // What only the console asks is tested on the real ledger.
  life: Ledger['life'] = async () => refuse('not-found');
  nextOnItem: Ledger['nextOnItem'] = async (_who, caseId, itemId) =>
    this.intercepted() ??
    this.missing({ caseId, itemId }) ?? {
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
      const { caseId, title } = this.caseOf(key.slice(0, -1) as CaseId);
      const items = this.itemsOf(caseId).map((itemId) => this.itemOf(caseId, itemId));
      const since = silentSince({}, CHINA);
      return { caseId, title, offices: deadlinesOn(items, TODAY, { withinDays, silentDays }, since) };
    });
    const counted = { day: TODAY, zone: CHINA, withinDays, silentDays };
    return this.intercepted() ?? { ...counted, ...paged(rows, page), ...cutOf(asked) };
  };
  entry: Ledger['entry'] = async (_who, stream, seq) => {
    const entry = this.stream(stream)[seq - 1];
    const found = entry && { entry, hash: entryHash(entry.stored), repeated: false };
    return this.intercepted() ?? this.missing(stream) ?? found ?? refuse('entry-not-found');
  };
  history: Ledger['history'] = async (_who, stream, page, asked) =>
    this.intercepted() ?? this.missing(stream) ?? { ...paged(this.stream(stream), page), ...cutOf(asked) };
  historyStream: Ledger['historyStream'] = async (_who, stream) =>
    this.intercepted() ?? this.missing(stream) ?? this.#onePage(this.stream(stream));

  async *#onePage(entries: readonly DecodedEntry[]): AsyncGenerator<readonly DecodedEntry[]> {
    for (const entry of entries) {
      this.intercepted();
      this.pages += 1;
      yield [entry];
    }
  }

  audit: Ledger['audit'] = async (_who, stream, page, asked) => {
    const trail = auditTrail(
      this.stream(stream).map((entry) => entry.event),
      CHINA,
    );
    return this.intercepted() ?? this.missing(stream) ?? { ...paged(trail, page), ...cutOf(asked) };
  };
  diff: Ledger['diff'] = async (_who, caseId, span) =>
    this.intercepted() ?? this.missing({ caseId }) ?? { ...span, changes: this.changesOf({ caseId }) };
  itemDiff: Ledger['itemDiff'] = async (_who, caseId, itemId, span) =>
    this.intercepted() ??
    this.missing({ caseId, itemId }) ?? { ...span, changes: this.changesOf({ caseId, itemId }) };
  diffAcross: Ledger['diffAcross'] = async (_who, span, countsOnly, page) => {
    const rows = [...this.streams.keys()]
      .filter((key) => key.endsWith('/'))
      .map((key) => {
        const caseId = key.slice(0, -1) as CaseId;
        const changes = this.changesOf({ caseId });
        const summary = { new: changes.length, backDated: 0, corrected: 0 };
        const { title } = this.caseOf(caseId);
        return { caseId, title, summary, items: 0, ...(countsOnly ? {} : { changes }) };
      });
    return this.intercepted() ?? { ...span, ...paged(rows, page) };
  };
  hindsight: Ledger['hindsight'] = async (_who, caseId, { notice = null }) => {
    const { title, counts, accountability, institutions, fundsFen } = this.caseOf(caseId);
    const totals = { counts, accountability, institutions, fundsFen };
    const pictures = { believed: totals, known: totals, differences: [] };
    const cut = { effectiveOn: TODAY, settled: false, laterEntries: 0 };
    return (
      this.intercepted() ??
      this.missing({ caseId }) ?? { caseId, title, notice, believedAsOf: instantOf(0), ...pictures, cut }
    );
  };
  flags: Ledger['flags'] = async (_who, caseId, _filter, page, asked) =>
    this.intercepted() ??
    this.missing({ caseId }) ?? { ...paged(this.flagsOf(caseId), page), ...cutOf(asked) };
  flaggedCases: Ledger['flaggedCases'] = async (_who, _filter, page, asked) => {
    const cases = [...this.streams.values()].flatMap(([first]) =>
      first?.event.type === 'CaseOpened' ? [first.event.caseId] : [],
    );
    const counted = cases.map((caseId) => {
      const flags = this.flagsOf(caseId);
      const bySeverity = { high: 0, medium: 0, low: flags.length };
      return { caseId, title: null, items: flags.length, bySeverity, byRule: {}, dismissed: 0 };
    });
    return this.intercepted() ?? { ...paged(counted, page), ...cutOf(asked) };
  };
  figures: Ledger['figures'] = async (_who, caseId, _weeks, asked) => {
    const { lines, ...figures } = this.figuresOf([caseId]);
    const { title } = this.caseOf(caseId);
    return this.intercepted() ?? this.missing({ caseId }) ?? { caseId, title, ...figures, ...cutOf(asked) };
  };
  allFigures: Ledger['allFigures'] = async (_who, _weeks, asked) => {
    const ids = [...this.streams.keys()].filter((key) => key.endsWith('/'));
    const caseIds = ids.map((key) => key.slice(0, -1) as CaseId);
    const { lines, ...figures } = this.figuresOf(caseIds);
    const byCase = caseIds.map((caseId, index) => ({
      caseId,
      title: this.caseOf(caseId).title,
      ...figuresOf(lines[index] ?? [], figures.weeks),
    }));
    return this.intercepted() ?? { ...figures, byCase, ...cutOf(asked) };
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
    return this.intercepted() ?? paged(rows, page);
  };
  notice: Ledger['notice'] = async (who, caseId) =>
    this.intercepted() ?? this.missing({ caseId }) ?? (who ? '整改进展\n' : refuse('notice-not-published'));
  importNotice: Ledger['importNotice'] = async (_who, _caseId, text, commit) =>
    this.intercepted() ?? emptyReport(text, commit);
  health: Ledger['health'] = async () => {
    this.intercepted();
    return { ok: this.healthy, deadLetters: 2 };
  };
}

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
