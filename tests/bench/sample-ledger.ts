import { randomBytes, randomUUID } from 'node:crypto';
import type { Principal } from '../../domain/actor.ts';
import { CHINA, type Instant, instantOf } from '../../domain/dates.ts';
import { type CaseId, caseId, type ItemId, mintItemId, type Stream } from '../../domain/ids.ts';
import type { EventRow, EventStore } from '../../domain/ports.ts';
import { appendDecided, type Decided } from '../../functions/app/append.ts';
import type { Dependencies, LedgerIdentity } from '../../functions/app/dependencies.ts';
import { caseStream, emptyStream, itemStream, type StreamKind } from '../../functions/app/streams.ts';
import { forgetful } from '../../functions/app/written-streams.ts';

export const CASE = caseId('bench-2025') as CaseId;
export const item = (n: number): ItemId => mintItemId(n) as ItemId;
export const OFFICE = '财政办';

const person = (role: Principal['role'], office: string, sub: string): Principal => ({
  iss: 'urn:taizhang:local',
  sub,
  office,
  role,
  actorName: sub,
  officeName: office,
  cases: undefined,
});
export const committee = person('committee', '纪委监委', 'wang');
export const officer = person('office', OFFICE, 'zhang');

/** A report as offices write it: some hundred characters. */
export const REPORT =
  '已对照问题清单逐项核查近三年公务接待台账，补录缺失审批单据三十七份，退缴超标准费用，并将核查结果报纪检监察组备案；下一步完善内控制度。';

type Step = Pick<Decided, 'type' | 'data' | 'text'> & { readonly who: Principal };

/** What an item's entries say: raised, assigned, two measures, then report after report with evidence now and then. */
function itemStep(seq: number): Step {
  if (seq === 1)
    return {
      who: committee,
      type: 'IssueRaised',
      data: { printedNumber: '1' },
      text: { title: '公务接待审批不严格，存在超标准接待现象' },
    };
  if (seq === 2)
    return {
      who: committee,
      type: 'OfficeAssigned',
      data: { lead: OFFICE, term: 'time-bound', deadline: '2026-06-30' },
      text: {},
    };
  if (seq <= 4)
    return {
      who: officer,
      type: 'MeasureAdopted',
      data: { printedNumber: String(seq - 2) },
      text: { text: '修订公务接待管理办法，明确审批权限、接待标准和责任追究，按季度开展专项检查。' },
    };
  if (seq % 50 === 0)
    return {
      who: officer,
      type: 'EvidenceAttached',
      data: { mediaType: 'application/pdf', bytes: 120_331, sha256: 'ab'.repeat(32), measureIds: ['m3'] },
      text: { name: `公务接待专项检查报告（${seq}）.pdf` },
    };
  return { who: officer, type: 'ProgressReported', data: { measureId: 'm3' }, text: { text: REPORT } };
}

const opening: Step = {
  who: committee,
  type: 'CaseOpened',
  data: { feedbackOn: '2025-03-14' },
  text: { title: '市财政局党组巡察整改', inspectedBody: '市财政局党组', inspectingBody: '市委第三巡察组' },
};

const caseStep = (seq: number): Step =>
  seq === 1
    ? opening
    : {
        who: committee,
        type: 'FundsRecovered',
        data: { amountFen: 120_000 },
        text: { note: '退缴超标准接待费用。' },
      };

/** Makes rows without a store: each is sealed, and carries its state, exactly as the ledger appends it. */
export async function sampleRows(
  identity: LedgerIdentity,
  stream: Stream,
  entries: number,
  recordedAt: (seq: number) => Instant,
): Promise<EventRow[]> {
  return stream.itemId === undefined
    ? rowsOf(identity, caseStream, stream, entries, caseStep, recordedAt)
    : rowsOf(identity, itemStream, stream, entries, itemStep, recordedAt);
}

async function rowsOf<State>(
  identity: LedgerIdentity,
  kind: StreamKind<State>,
  stream: Stream,
  entries: number,
  step: (seq: number) => Step,
  recordedAt: (seq: number) => Instant,
): Promise<EventRow[]> {
  const rows: EventRow[] = [];
  const deps = collecting(identity, (row) => rows.push(row));
  let state = emptyStream(kind);
  for (let seq = 1; seq <= entries; seq += 1) {
    const { who, ...said } = step(seq);
    const decided = { ...said, occurredOn: undefined, commandId: randomUUID(), recordedAt: recordedAt(seq) };
    const result = await appendDecided(deps, kind, stream, state, decided, who);
    if (result === 'clash' || !('after' in result)) throw new Error(`entry ${seq} was not appended`);
    state = result.after;
  }
  return rows;
}

/** Dependencies whose store does nothing but hand rows over. */
export function collecting(identity: LedgerIdentity, keep: (row: EventRow) => unknown): Dependencies {
  const events = {
    append: async (row: EventRow) => {
      keep(row);
      return 'appended' as const;
    },
  } as unknown as EventStore;
  return {
    identity,
    events,
    views: {} as Dependencies['views'],
    clock: { now: () => instantOf(Date.now()), aheadBy: () => 0 },
    entropy: { salt: () => randomBytes(16), uuid: () => randomUUID() },
    written: forgetful,
  };
}

export const anIdentity = (): LedgerIdentity => ({
  ledger: randomBytes(16).toString('base64url'),
  zone: CHINA,
});

/** Entries a day apart that end today, so that none lies in the future. */
export const daily =
  (entries: number) =>
  (seq: number): Instant =>
    instantOf(Date.now() - (entries - seq + 2) * 86_400_000);
