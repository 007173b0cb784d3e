import { expect, test } from 'vitest';
import type { Actor, Principal, Role } from '../../domain/actor.ts';
import type { Json } from '../../domain/canonical.ts';
import type { Command } from '../../domain/command.ts';
import {
  CHINA,
  type Day,
  dayOf,
  effectDay,
  epochMs,
  type Instant,
  instantOf,
  type PartialDate,
  partialDate,
} from '../../domain/dates.ts';
import type { OfLookBack } from '../../domain/decision-order.ts';
import { type DecodedEntry, decodeEntry } from '../../domain/decode.ts';
import { seal } from '../../domain/envelope.ts';
import type { EventType, LedgerEvent, Source } from '../../domain/events.ts';
import { GENESIS, leafHash, uuidV5 } from '../../domain/hashing.ts';
import type { Stream } from '../../domain/ids.ts';
import { type CaseCommand, decideCase } from '../../domain/inspection/decide.ts';
import { type CaseState, initialCase, type LookBackState } from '../../domain/inspection/state.ts';
import { decideItem, type ItemCommand } from '../../domain/item/decide.ts';
import type { ItemState } from '../../domain/item/state.ts';
import { checkPayload } from '../../domain/payload.ts';
import { isRefusal, type Refusal, type RefusalCode, refuseFields } from '../../domain/refusals.ts';
import { foldCase, foldItem } from '../../domain/replay.ts';
import { aCaseId, anItemId } from '../kit/event-rows.ts';

export const CASE = aCaseId('qingshan-2023');
export const ITEM: Stream = { caseId: CASE, itemId: anItemId('0001') };
export const CASE_STREAM: Stream = { caseId: CASE };
export const LEDGER = 'bGVkZ2VyLW9mLXRlc3RzLg';
export const SHA256 = 'ab'.repeat(32);

/** An invented date, checked. */
export function on(text: string): PartialDate {
  const date = partialDate(text);
  if (date === undefined) throw new Error(`no date: ${text}`);
  return date;
}

/** The first entry of a test's stream is recorded now, each later one an hour after the one before. */
export const START = '2024-03-04T01:00:00.000Z' as Instant;
export const HOUR = 3_600_000;
export const later = (at: Instant, ms: number): Instant => instantOf(epochMs(at) + ms);

type Fields = { readonly [name: string]: unknown };

/** Who wants to record what. `data` stands for structure and words together, as a request has them. */
export interface Wish {
  readonly who: Principal;
  readonly type: string;
  readonly data?: Fields;
  readonly occurredOn?: string;
  readonly source?: Source;
  /** When it is recorded; an hour after the entry before, unless it says. */
  readonly at?: string;
  readonly commandId?: string;
}

type More = Omit<Wish, 'who' | 'type' | 'data'>;
type Person = (type: EventType, data?: Fields, more?: More) => Wish;

export function principal(role: Role, office: string, sub: string): Principal {
  return { iss: 'https://id.example', sub, office, role };
}

export function person(role: Role, office: string, sub: string): Person {
  const who = principal(role, office, sub);
  return (type, data, more = {}) => ({ who, type, ...(data ? { data } : {}), ...more });
}

/** The people of the tests: the lead office, a supporting one, one that has nothing to do with the item. */
export const lead = person('office', '财政办', 'zhang');
export const colleague = person('office', '财政办', 'zhao');
export const support = person('office', '组织办', 'li');
export const stranger = person('office', '信访办', 'wang');
export const committee = person('committee', '纪委监委', 'chen');
export const inspector = person('committee', '巡察办', 'sun');
export const reviewer = person('reviewer', '回头看一组', 'zhou');
export const auditor = person('auditor', '审计局', 'wu');

/** What each entry says where a test does not care; m3 and e5 are what the usual history has. */
export const USUAL: { readonly [type: string]: Fields } = {
  CaseOpened: {
    title: '青山镇党委巡察整改',
    inspectedBody: '青山镇党委',
    inspectingBody: '县委第一巡察组',
    feedbackOn: '2023-11-20',
  },
  CaseSettingsChanged: { settings: { concentratedMonths: 3 } },
  SourceImported: { sha256: SHA256, parserVersion: '1', counts: { total: 3 } },
  PlanIssued: { title: '整改方案', issuedOn: '2024-01-10' },
  PlanAccepted: { acceptedOn: '2024-01-20' },
  AccountabilityRecorded: { kind: 'admonition', persons: 1 },
  InstitutionRecorded: { title: '公务接待管理办法' },
  FundsRecovered: { amountFen: 12_345 },
  NoticePublished: { asOf: '2024-02-01', sha256: SHA256 },
  LookBackOpened: { scope: '全部问题' },
  SampleDrawn: { lookBackSeq: 2, seed: 'seed', itemIds: ['0001'] },
  LookBackConcluded: { lookBackSeq: 2, conclusion: '整改属实' },
  IssueRaised: { title: '公务接待超标准' },
  IssueWithdrawn: { reason: '与另一问题重复' },
  OfficeAssigned: { lead: '财政办', supporting: ['组织办'] },
  MeasureAdopted: { text: '修订公务接待办法' },
  ProgressReported: { text: '已完成初稿' },
  MeasureCompleted: { measureId: 'm3', summary: '办法已印发' },
  MeasureWithdrawn: { measureId: 'm3', reason: '重复' },
  EvidenceAttached: {
    name: '办法.pdf',
    mediaType: 'application/pdf',
    bytes: 1_024,
    sha256: SHA256,
    measureIds: ['m3'],
  },
  EvidenceWithdrawn: { evidenceId: 'e5', reason: '传错文件' },
  ClosureRequested: { statement: '整改完成，申请销号' },
  ClosureRequestWithdrawn: { reason: '尚需补充' },
  ClosureEndorsed: { body: '组织部', opinion: '同意' },
  ClosureReturned: { reason: '佐证不足' },
  ItemClosed: { opinion: '同意销号' },
  ItemReopened: { reason: '问题反弹' },
  ExtensionRequested: { to: '2024-12-31', reason: '跨年度项目' },
  DeadlineExtended: { to: '2024-12-31', reason: '同意延期' },
  LookBackFindingRecorded: { lookBackSeq: 2, verdict: 'genuine', text: '现场查看属实' },
  FlagDismissed: { rule: 'recorded-late', reason: '情况属实' },
  EntryCorrected: { target: 3, set: { text: '修订并印发公务接待办法' }, reason: '笔误' },
  EntryVoided: { target: 3, reason: '重复录入' },
  TextErased: { target: 3, ground: '个人信息', approvedBy: 'sun' },
};

/** What surrounds a decision besides the stream itself. */
export interface Surroundings {
  readonly inspection?: Partial<CaseState>;
  readonly itemCount?: number;
  readonly items?: readonly ItemState[];
  readonly ofLookBack?: readonly OfLookBack[];
}

export const eventsOf = (entries: readonly DecodedEntry[]): LedgerEvent[] =>
  entries.map((entry) => entry.event);

/** Sixteen bytes that differ from entry to entry and are the same in every run. */
const saltOf = (seq: number, part: 'data' | 'text'): Uint8Array =>
  new Uint8Array(
    Buffer.from(uuidV5('b9a3a5f8-3e0c-4f0f-9a51-6a0a8b1f7d42', `${part} ${seq}`).replaceAll('-', ''), 'hex'),
  );

const commandIdOf = (seq: number): string => uuidV5('b9a3a5f8-3e0c-4f0f-9a51-6a0a8b1f7d42', `command ${seq}`);

/** Seals an entry behind those before it, whatever it says. */
export function append(
  stream: Stream,
  before: readonly DecodedEntry[],
  entry: {
    readonly type: string;
    readonly actor: Actor;
    readonly data: object;
    readonly text: object;
    readonly recordedAt: Instant;
    readonly occurredOn?: PartialDate | undefined;
    readonly source?: Source | undefined;
    readonly commandId?: string | undefined;
    readonly v?: number;
  },
): DecodedEntry {
  const seq = before.length + 1;
  const last = before.at(-1);
  const { stored } = seal({
    actor: entry.actor,
    caseId: CASE,
    itemId: stream.itemId,
    commandId: entry.commandId ?? commandIdOf(seq),
    ledger: LEDGER,
    occurredOn: entry.occurredOn,
    prev: last ? leafHash(last.stored.header) : GENESIS,
    recordedAt: entry.recordedAt,
    seq,
    source: entry.source,
    type: entry.type,
    v: entry.v ?? 1,
    data: entry.data as Json,
    text: entry.text as { readonly [name: string]: Json },
    names: {},
    dataSalt: saltOf(seq, 'data'),
    textSalt: saltOf(seq, 'text'),
  });
  return decodeEntry(stored);
}

/** Lets the real decider decide, and seals what it accepts: the entry, or the refusal. */
export function attempt(
  stream: Stream,
  history: readonly DecodedEntry[],
  wish: Wish,
  around: Surroundings = {},
): DecodedEntry | Refusal {
  const events = eventsOf(history);
  const seq = history.length + 1;
  const last = history.at(-1)?.header.recordedAt;
  const recordedAt = (wish.at as Instant | undefined) ?? (last === undefined ? START : later(last, HOUR));
  const occurredOn = wish.occurredOn === undefined ? undefined : on(wish.occurredOn);
  const usual =
    wish.type === 'ItemClosed' ? { ...USUAL.ItemClosed, reviewedSeq: history.length } : USUAL[wish.type];
  const type = wish.type as EventType;
  const payload = checkPayload(stream.itemId ? 'item' : 'case', type, wish.data ?? usual);
  if ('errors' in payload) return refuseFields(payload.errors);
  const command: Command<EventType> = { type, occurredOn, ...payload };
  const at = {
    principal: wish.who,
    seq,
    today: dayOf(recordedAt, CHINA),
    effectOn: effectDay(occurredOn, recordedAt, CHINA),
    zone: CHINA,
    imported: wish.source !== undefined,
    history: events,
    itemCount: around.itemCount ?? 1,
  };
  const decided = stream.itemId
    ? decideItem(command as ItemCommand, foldItem(events, CHINA), {
        ...at,
        inspection: { ...initialCase, opened: true, ...around.inspection },
        itemNumber: Number(stream.itemId),
      })
    : decideCase(command as CaseCommand, foldCase(events, CHINA), {
        ...at,
        items: around.items ?? [],
        ofLookBack: around.ofLookBack ?? [],
      });
  if (isRefusal(decided)) return decided;
  const { source, commandId } = wish;
  return append(stream, history, {
    type,
    actor: wish.who,
    ...decided,
    recordedAt,
    occurredOn,
    source,
    commandId,
  });
}

/** Records wish after wish; a test's given must be legal. */
export function record(stream: Stream, wishes: readonly Wish[], around: Surroundings = {}): DecodedEntry[] {
  const history: DecodedEntry[] = [];
  for (const wish of wishes) {
    const outcome = attempt(stream, history, wish, around);
    if (isRefusal(outcome)) {
      throw new Error(
        `given ${wish.type} was refused: ${outcome.refused}, ${outcome.detail} ${JSON.stringify(outcome.errors)}`,
      );
    }
    history.push(outcome);
  }
  return history;
}

/** Open since the day before the first entry of a test's stream, by the entry of that seq. */
export const aLookBack = (seq: number): LookBackState => ({
  seq,
  openedOn: '2024-03-03' as Day,
  concluded: false,
});

export const raised = [committee('IssueRaised')];
export const assigned = [...raised, committee('OfficeAssigned')];
/** m3 is adopted. */
export const rectifying = [...assigned, lead('MeasureAdopted')];
/** m3 is completed and e5 names it. */
export const completed = [...rectifying, lead('MeasureCompleted'), lead('EvidenceAttached')];
/** Entry 6 requests closure. */
export const requested = [...completed, lead('ClosureRequested')];
/** Entry 7 closes. */
export const closed = [...requested, committee('ItemClosed')];
/** Entry 8 reopens. */
export const reopened = [...closed, committee('ItemReopened')];
export const withdrawn = [...raised, committee('IssueWithdrawn')];

/** An item in each status. */
export const inStatus = {
  raised: assigned,
  rectifying,
  'closure-requested': requested,
  closed,
  reopened,
  withdrawn: [...assigned, committee('IssueWithdrawn')],
} as const;

/** One rule in words: what was recorded before, what somebody wants, what comes of it. */
export interface Rule {
  readonly rule: string;
  readonly given: readonly Wish[];
  readonly when: Wish;
  /** `recorded`, the code of the refusal, or what holds of the state afterwards. */
  readonly gives: 'recorded' | RefusalCode | { readonly [name: string]: unknown };
  readonly around?: Surroundings;
  /** Where something else surrounded what was recorded before. */
  readonly givenAround?: Surroundings;
}

/** What comes of a rule's wish, in the form of its `gives`. */
function outcomeOf(stream: Stream, { given, when, around, givenAround = around, gives }: Rule): unknown {
  const history = record(stream, given, givenAround);
  const outcome = attempt(stream, history, when, around);
  if (isRefusal(outcome)) return outcome.refused;
  if (gives === 'recorded') return 'recorded';
  const events = eventsOf([...history, outcome]);
  return stream.itemId ? foldItem(events, CHINA) : foldCase(events, CHINA);
}

/** A test a rule, named by it. */
export function specify(stream: Stream, rules: readonly Rule[]): void {
  test.each(rules)('$rule', (rule) => {
    const outcome = outcomeOf(stream, rule);
    if (typeof rule.gives === 'string') expect(outcome).toBe(rule.gives);
    else expect(outcome).toMatchObject(rule.gives);
  });
}
