import fc from 'fast-check';
import { CHINA, type Instant } from '../../domain/dates.ts';
import type { DecodedEntry } from '../../domain/decode.ts';
import type { EventType } from '../../domain/events.ts';
import type { ItemState } from '../../domain/item/state.ts';
import { caseEventTypes, itemEventTypes } from '../../domain/payload.ts';
import { isRefusal } from '../../domain/refusals.ts';
import { foldItem } from '../../domain/replay.ts';
import {
  aLookBack,
  attempt,
  CASE_STREAM,
  committee,
  eventsOf,
  ITEM,
  inspector,
  later,
  lead,
  reviewer,
  SHA256,
  START,
  type Surroundings,
  support,
  type Wish,
} from './kit.ts';

const PEOPLE = [lead, lead, support, committee, committee, inspector, reviewer];
const OCCURRED = [
  undefined,
  undefined,
  '2023',
  '2023-12',
  '2024-01-31',
  '2024-02-29',
  '2024-03',
  '2024-03-04',
];

/** One throw of the dice: either the step that brings an item further, or anything by anybody. */
export interface Throw {
  readonly onward: boolean;
  readonly type: number;
  readonly who: number;
  readonly ref: number;
  readonly occurred: number;
  readonly gapMs: number;
}

const aThrow: fc.Arbitrary<Throw> = fc.record({
  onward: fc.boolean(),
  type: fc.nat(100),
  who: fc.nat(100),
  ref: fc.nat(100),
  occurred: fc.nat(100),
  gapMs: fc.oneof(fc.integer({ min: 1, max: 2_000 }), fc.integer({ min: 1, max: 9 * 86_400_000 })),
});

const pick = <T>(from: readonly T[], at: number): T => from[at % from.length] as T;

/** What somebody would do next to get the item closed, and reopened. */
function onward(state: ItemState, version: number, { ref }: Throw): Wish {
  const id = (seq: number) => `m${seq}`;
  const open = state.measures.filter((measure) => measure.adopted && measure.progress !== 'withdrawn');
  const undone = open.find((measure) => measure.completedSeq <= state.reopenedSeq);
  const bare = open.find(
    (measure) => measure.evidence <= 0 || (state.reopenedSeq > 0 && measure.freshEvidence <= 0),
  );
  if (state.lead === undefined) {
    const deadline = ref % 2 === 0 ? { term: 'time-bound', deadline: '2024-06-30' } : {};
    return committee('OfficeAssigned', { lead: '财政办', supporting: ['组织办'], ...deadline });
  }
  if (state.status === 'closed') return committee('ItemReopened', { reason: '反弹' });
  if (state.status === 'closure-requested') {
    return ref % 4 === 0
      ? committee('ClosureReturned', { reason: '佐证不足' })
      : inspector('ItemClosed', { opinion: '同意', reviewedSeq: version });
  }
  if (open.length === 0) return lead('MeasureAdopted', { text: `措施${ref}` });
  if (undone) return lead('MeasureCompleted', { measureId: id(undone.seq), summary: '完成' });
  if (bare) return lead('EvidenceAttached', evidence([id(bare.seq)]));
  return lead('ClosureRequested', { statement: '申请销号' });
}

const evidence = (measureIds: readonly string[]) => ({
  name: '佐证.pdf',
  mediaType: 'application/pdf',
  bytes: 1,
  sha256: SHA256,
  measureIds,
});

/** Changes that suit some target; the decider refuses them for the others. */
const SETS = [
  { text: '改过的话' },
  { text: '又改过的话', due: '2024-05' },
  { due: null },
  { lead: '信访办', supporting: ['财政办'] },
  { supporting: null },
  { deadline: '2024-07' },
  { title: '改过的题目', printedNumber: null },
  { summary: '改' },
  { reason: '改' },
  { continuing: true },
  { name: '改.pdf', documentDate: '2024' },
  { to: '2025-01-31' },
  { settings: { concentratedMonths: 6 } },
  { amountFen: 5 },
  { persons: 3, inexact: true },
  { issuedOn: '2024-01' },
];

/** `opened` is the newest look-back, which half of what is said of look-backs names. */
function anything(
  dice: Throw,
  types: readonly EventType[],
  version: number,
  opened: number | undefined,
): Wish {
  const person = pick(PEOPLE, dice.who);
  const type = pick(types, dice.type);
  const seq = 1 + (dice.ref % Math.max(1, version));
  const lookBackSeq = dice.ref % 2 ? seq : (opened ?? seq);
  const dated = pick(OCCURRED, dice.occurred + dice.ref);
  const said: { readonly [type: string]: object } = {
    ProgressReported: dice.ref % 2 ? { text: '进展', measureId: `m${seq}` } : { text: '进展' },
    MeasureCompleted: {
      measureId: `m${seq}`,
      summary: '完成',
      ...(dice.ref % 2 ? { continuing: true } : {}),
    },
    MeasureWithdrawn: { measureId: `m${seq}`, reason: '多余' },
    EvidenceAttached: evidence(dice.ref % 3 ? [`m${seq}`] : []),
    EvidenceWithdrawn: { evidenceId: `e${seq}`, reason: '传错' },
    ItemClosed: { opinion: '同意', reviewedSeq: version },
    ClosureEndorsed: { body: pick(['组织部', '财政局'], dice.ref), opinion: '同意' },
    OfficeAssigned: { lead: pick(['财政办', '组织办'], dice.ref) },
    EntryCorrected: {
      target: seq,
      reason: '更正',
      ...(dice.occurred % 4 === 0 ? {} : { set: pick(SETS, dice.type + dice.who) }),
      ...(dice.occurred % 2 === 0 ? { occurredOn: dated ?? null } : {}),
    },
    EntryVoided: { target: seq, reason: '误录' },
    TextErased: { target: seq, ground: '个人信息', approvedBy: 'a second person' },
    SampleDrawn: { lookBackSeq, seed: 's', itemIds: ['0001'] },
    LookBackConcluded: { lookBackSeq, conclusion: '属实' },
    PlanAccepted: { acceptedOn: pick(['2024-01', '2024-02-01', '2023'], dice.ref) },
    IssueWithdrawn: { reason: '重复' },
  };
  return person(type, said[type] as never);
}

const AROUND: Surroundings = { inspection: { lookBacks: [aLookBack(2)] }, itemCount: 2 };
/** A withdrawal ends everything, so it comes rarely; corrections change how everything reads, so they come often. */
const OFTEN = [
  'EntryCorrected',
  'EntryCorrected',
  'EntryCorrected',
  'EntryVoided',
  'EvidenceAttached',
] as const;
const ITEM_TYPES = [
  ...itemEventTypes.filter((type) => type !== 'IssueWithdrawn' && type !== 'IssueRaised'),
  ...OFTEN,
];

function throwAll(stream: typeof ITEM, first: Wish, throws: readonly Throw[]): DecodedEntry[] {
  const opened = attempt(stream, [], { ...first, at: START }, AROUND);
  if (isRefusal(opened)) throw new Error(opened.detail);
  const history = [opened];
  for (const dice of throws) {
    const events = eventsOf(history);
    const version = history.length;
    const types = stream.itemId ? (dice.type > 97 ? itemEventTypes : ITEM_TYPES) : caseEventTypes;
    const wish =
      dice.onward && stream.itemId
        ? onward(foldItem(events, CHINA), version, dice)
        : anything(dice, types, version, events.findLast(({ type }) => type === 'LookBackOpened')?.seq);
    const occurredOn = pick(OCCURRED, dice.occurred);
    const at = later(history.at(-1)?.header.recordedAt as Instant, dice.gapMs);
    const outcome = attempt(stream, history, { ...wish, at, ...(occurredOn ? { occurredOn } : {}) }, AROUND);
    if (!isRefusal(outcome)) history.push(outcome);
  }
  return history;
}

/** Legal histories of an item: everything that the real decider let in of what was thrown at it. */
export const itemHistories: fc.Arbitrary<DecodedEntry[]> = fc
  .array(aThrow, { maxLength: 45, size: 'max' })
  .map((throws) => throwAll(ITEM, committee('IssueRaised', undefined, { occurredOn: '2023-11-20' }), throws));

export const caseHistories: fc.Arbitrary<DecodedEntry[]> = fc
  .array(aThrow, { maxLength: 30, size: 'max' })
  .map((throws) => throwAll(CASE_STREAM, committee('CaseOpened'), throws));
