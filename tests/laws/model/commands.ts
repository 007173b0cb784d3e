import fc from 'fast-check';
import { type Person, people } from '../../kit/people.ts';
import { type Kept, pictureOf, type Wish } from './item-model.ts';

/** The choices of one step; what they mean depends on where the item stands. */
export interface Choice {
  readonly kind: string;
  readonly who: Person;
  /** Which of several items, measures, entries. */
  readonly a: number;
  readonly b: number;
  /** Days before today on which it happened; undefined says nothing, -1 is tomorrow. */
  readonly ago: number | undefined;
  /** Milliseconds that go by before it. */
  readonly later: number;
}

const KINDS = [
  ...['next', 'next', 'next', 'next', 'next', 'next'],
  ...['assign', 'adopt', 'progress', 'complete', 'withdrawMeasure', 'attach', 'attach', 'detach'],
  ...['request', 'unrequest', 'endorse', 'return', 'close', 'reopen', 'askExtension', 'extend'],
  ...['withdrawIssue', 'dismiss', 'raiseAgain', 'find', 'find', 'reopenFor'],
  ...['correct', 'correct', 'redate', 'void', 'void', 'correctDeadline'],
  ...['newItem', 'retry', 'retry', 'reuseKey', 'staleMatch', 'rightMatch'],
] as const;

export const choice: fc.Arbitrary<Choice> = fc.record({
  kind: fc.constantFrom(...KINDS),
  who: fc.constantFrom(...(Object.keys(people) as Person[])),
  a: fc.nat(99),
  b: fc.nat(99),
  ago: fc.oneof(
    { weight: 4, arbitrary: fc.constant(undefined) },
    { weight: 2, arbitrary: fc.nat(40) },
    { weight: 1, arbitrary: fc.constant(-1) },
  ),
  later: fc.constantFrom(0, 0, 1, 700, 700, 3_600_000, 20 * 3_600_000),
});

const VERDICTS = ['false', 'partial', 'genuine'];
/** Mostly of the look-back that is open, else of the concluded one, or of none. */
const lookBackSeq = (b: number): number => [2, 2, 2, 2, 3, 4][b % 6] ?? 2;

const SHA = 'ab'.repeat(32);
const DAY = 86_400_000;
/** A day so many days from another. */
const shifted = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);

/** What is asked, and by whom: the person of the choice, but for `next` the one whose turn it is. */
export function asked(
  { kind, who, a, b, ago }: Choice,
  entries: readonly Kept[],
  today: string,
): { readonly wish: Wish; readonly who: Person } {
  const now = pictureOf(entries);
  const some = <T>(list: readonly T[]): T | undefined => list[a % Math.max(1, list.length)];
  const measureId = some(now.measures)?.id ?? 'm7';
  const evidenceId = some(now.evidence)?.id ?? 'e9';
  const target = (a % (entries.length + 1)) + 1;
  const occurredOn = ago === undefined ? {} : { occurredOn: shifted(today, -ago) };
  const say = (type: string, data: Wish['data']) => ({ wish: { type, ...occurredOn, data }, who });
  switch (kind) {
    case 'next':
      return next(entries, today, a);
    case 'assign':
      return say('OfficeAssigned', {
        lead: b % 3 === 0 ? '民政办' : '财政办',
        ...(a % 2 === 0 ? {} : { supporting: b % 3 === 0 ? ['财政办'] : ['民政办'] }),
        ...(a % 3 === 0 ? { term: 'time-bound', deadline: shifted(today, (b % 60) - 20) } : {}),
      });
    case 'adopt':
      return say('MeasureAdopted', { text: `措施${b}`, ...(a % 2 === 0 ? { due: today } : {}) });
    case 'progress':
      return say('ProgressReported', { text: `进展${b}`, ...(a % 2 === 0 ? { measureId } : {}) });
    case 'complete':
      return say('MeasureCompleted', {
        measureId,
        summary: `完成${b}`,
        ...(b % 3 === 0 ? { continuing: true } : {}),
      });
    case 'withdrawMeasure':
      return say('MeasureWithdrawn', { measureId, reason: '撤销' });
    case 'attach': {
      const measureIds = b % 4 === 0 ? undefined : [measureId];
      return say('EvidenceAttached', {
        ...{ name: `材料${b}`, mediaType: 'application/pdf', bytes: b, sha256: SHA },
        ...(measureIds ? { measureIds } : {}),
      });
    }
    case 'detach':
      return say('EvidenceWithdrawn', { evidenceId, reason: '有误' });
    case 'request':
      return say('ClosureRequested', { statement: '申请销号' });
    case 'unrequest':
      return say('ClosureRequestWithdrawn', { reason: '撤回' });
    case 'endorse':
      return say('ClosureEndorsed', { body: b % 2 === 0 ? '组织部' : '宣传部', opinion: '同意' });
    case 'return':
      return say('ClosureReturned', { reason: '不符' });
    case 'close':
      return say('ItemClosed', { opinion: '同意', reviewedSeq: Math.max(1, entries.length - (b % 3)) });
    case 'reopen':
      return say('ItemReopened', { reason: '反弹' });
    case 'find':
      return say('LookBackFindingRecorded', {
        ...{ lookBackSeq: lookBackSeq(b), verdict: VERDICTS[a % 3], text: `现场所见${b}` },
        ...(b % 3 === 0 ? { evidenceIds: [evidenceId] } : {}),
      });
    case 'reopenFor':
      return say('ItemReopened', { reason: '整改不实', lookBackSeq: lookBackSeq(b) });
    case 'askExtension':
      return say('ExtensionRequested', { to: shifted(now.deadline ?? today, (b % 20) - 3), reason: '困难' });
    case 'extend':
      return say('DeadlineExtended', { to: shifted(now.deadline ?? today, (b % 20) - 3), reason: '同意' });
    case 'withdrawIssue':
      return say(b % 5 === 0 ? 'IssueWithdrawn' : 'FlagDismissed', withdrawal(b));
    case 'raiseAgain':
      return say('IssueRaised', { title: '又一个' });
    case 'correct':
      return say('EntryCorrected', { target, set: changed(entries, target, b), reason: '更正' });
    case 'redate':
      return say('EntryCorrected', {
        target,
        occurredOn: b % 4 === 0 ? null : shifted(today, 1 - (b % 30)),
        reason: '日期有误',
      });
    case 'correctDeadline': {
      const assigned = entries.find(
        (one) => one.type === 'OfficeAssigned' && one.data.deadline !== undefined,
      );
      return say('EntryCorrected', {
        target: assigned?.seq ?? target,
        ...(assigned ? { set: { deadline: shifted(today, b % 90) } } : { occurredOn: today }),
        reason: '期限有误',
      });
    }
    case 'void':
      return say('EntryVoided', { target, reason: '误录' });
    default:
      return say('FlagDismissed', { rule: 'long-term-silent', reason: '已核' });
  }
}

const withdrawal = (b: number): Wish['data'] =>
  b % 5 === 0 ? { reason: '并入' } : { rule: 'recorded-late', reason: '已核' };

/** A change of the one field of words that the target has. */
function changed(entries: readonly Kept[], target: number, b: number): Wish['data'] {
  const data = entries.find((one) => one.seq === target)?.data ?? {};
  const name = ['text', 'title', 'summary', 'statement', 'reason', 'opinion', 'name'].find(
    (field) => data[field] !== undefined,
  );
  return { [name ?? 'text']: b % 5 === 0 ? (data[name ?? ''] ?? '原文') : `改${b}` };
}

/** What brings the item nearer to its closing, or opens it again, said by whoever may. */
function next(entries: readonly Kept[], today: string, a: number): { wish: Wish; who: Person } {
  const now = pictureOf(entries);
  const office: Person = now.lead === people.support.office ? 'support' : 'lead';
  const say = (who: Person, type: string, data: Wish['data']) => ({ wish: { type, data }, who });
  if (now.status === 'closed') return say('committee', 'ItemReopened', { reason: '反弹回潮' });
  if (now.lead === null)
    return say('committee', 'OfficeAssigned', {
      lead: '财政办',
      supporting: ['民政办'],
      deadline: shifted(today, 5),
    });
  if (now.status === 'closure-requested') {
    if (now.endorsed.length === 0)
      return say('committee', 'ClosureEndorsed', { body: '组织部', opinion: '同意' });
    if (a % 4 === 0) return say('committee', 'ClosureReturned', { reason: '再补' });
    return say('committee', 'ItemClosed', { opinion: '同意销号', reviewedSeq: entries.length });
  }
  const measures = now.measures.filter((measure) => measure.status !== 'withdrawn');
  if (measures.length === 0) return say(office, 'MeasureAdopted', { text: '建章立制' });
  const unfinished = measures.find((one) => one.completed === 0 || one.completed < now.reopened);
  if (unfinished) return say(office, 'MeasureCompleted', { measureId: unfinished.id, summary: '已完成' });
  const bare = measures.find(
    ({ id }) =>
      !now.evidence.some(
        (one) =>
          one.standing && one.by.role === 'office' && one.measures.includes(id) && one.seq > now.reopened,
      ),
  );
  if (bare)
    return say(office, 'EvidenceAttached', {
      name: '制度文件',
      mediaType: 'application/pdf',
      bytes: 10,
      sha256: SHA,
      measureIds: [bare.id],
    });
  return say(office, 'ClosureRequested', { statement: '申请销号' });
}
