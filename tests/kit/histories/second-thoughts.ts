import type { Json } from '../../../domain/canonical.ts';
import { daysAfter } from '../../../domain/dates.ts';
import type { EventType } from '../../../domain/events.ts';
import type { Chance } from './chance.ts';
import { ofType, put } from './faults/fault.ts';
import { supervisor } from './people.ts';
import { type CaseStory, dayOfStep, daysEarlier, MINUTE, type Step } from './story.ts';

/** Titles to which issues are corrected, and which an earlier inspection may have found as well. */
export const SECOND_TITLES = [
  '对下属单位内部管理制度执行情况监督检查不到位，日常管理中以包代管现象较为突出',
  '违规发放津补贴12.6万元，应收未收租金',
] as const;

/** Thresholds under which nearly everything is flagged; the usual ones flag little of an honest life. */
const STRICT = {
  lateDays: 1,
  burstEntries: 2,
  burstPercent: 1,
  bulkItems: 2,
  bulkMinutes: 1_440,
  longTermDays: 3_650,
  silentDays: 1,
  idleDays: 1,
  similarPercent: 50,
  similarLength: 3,
  planDays: 1,
};

interface Change {
  readonly data?: { readonly [name: string]: Json };
  readonly text?: { readonly [name: string]: Json };
  readonly occurredOn?: string;
}
type Rewording = (target: Step, chance: Chance) => Change;

const redated: Rewording = (target, chance) => ({
  occurredOn: daysEarlier(dayOfStep(target), chance.between(1, 200)),
});

/** What a correction says instead, by the type of what it corrects. */
const REWORDINGS: { readonly [T in EventType]?: readonly Rewording[] } = {
  CaseOpened: [
    (target) => ({ data: { feedbackOn: daysEarlier(dayOfStep(target), 90) } }),
    () => ({ data: { settings: { flagThresholds: STRICT } } }),
  ],
  PlanIssued: [(target) => ({ data: { issuedOn: daysAfter(dayOfStep(target), 60) } }), redated],
  AccountabilityRecorded: [() => ({ data: { persons: 40 } }), () => ({ data: { itemId: null } })],
  InstitutionRecorded: [() => ({ data: { documentNo: null } }), () => ({ data: { itemId: null } })],
  FundsRecovered: [() => ({ data: { amountFen: 1 } }), () => ({ data: { itemId: null } }), redated],
  IssueRaised: [
    (_, chance) => ({ text: { title: chance.pick(SECOND_TITLES) } }),
    () => ({ data: { printedNumber: '九十九' } }),
  ],
  OfficeAssigned: [
    (target) => ({ data: { deadline: daysAfter(dayOfStep(target), 30) } }),
    () => ({ data: { supporting: ['纪工委', '巡察办'] } }),
    () => ({ data: { term: 'long-term' } }),
  ],
  MeasureAdopted: [() => ({ text: { text: '组织学习培训，进一步提高思想认识' } }), redated],
  MeasureCompleted: [redated],
  ProgressReported: [redated],
  EvidenceAttached: [
    (target) => ({ data: { documentDate: daysEarlier(dayOfStep(target), 400) } }),
    (target) => ({ data: { documentDate: daysAfter(dayOfStep(target), 300) } }),
  ],
  ClosureRequested: [redated],
  ItemClosed: [redated],
  ItemReopened: [redated],
  DeadlineExtended: [(target) => ({ data: { to: daysAfter(dayOfStep(target), 5) } })],
};

const MAY_BE_VOIDED: readonly EventType[] = [
  'MeasureAdopted',
  'ProgressReported',
  'MeasureCompleted',
  'EvidenceAttached',
  'AccountabilityRecorded',
  'InstitutionRecorded',
  'FundsRecovered',
];

/** Corrects or voids something that the stream held at that moment. */
function amend(stream: { readonly steps: Step[] }, at: number, chance: Chance): void {
  const before = stream.steps.filter((step) => step.at < at && REWORDINGS[step.type]);
  if (before.length === 0) return;
  const type = chance.pick([...new Set(before.map((step) => step.type))]);
  const target = chance.pick(before.filter((step) => step.type === type));
  if (MAY_BE_VOIDED.includes(type) && chance.percent(40)) {
    put(stream.steps, 'EntryVoided', supervisor, at, { target, text: { reason: '误录' } });
    return;
  }
  const { data, text, occurredOn } = chance.pick(REWORDINGS[type] ?? [])(target, chance);
  put(stream.steps, 'EntryCorrected', supervisor, at, {
    target,
    data: { ...(data && { set: data }), ...(occurredOn && { occurredOn }) },
    text: { reason: '核对后更正', ...(text && { set: text }) },
  });
}

const RELIED_ON: readonly EventType[] = [
  'ItemClosed',
  'ItemReopened',
  'ClosureReturned',
  'DeadlineExtended',
  'LookBackFindingRecorded',
];

/**
 * Amends what somebody had relied on already: entries of items after they were closed, returned, extended or looked
 * at, entries of any stream after a notice and during a look-back; and sets thresholds otherwise. Whether the
 * deciders of today would let each of them in does not matter to readers.
 */
export function thinkAgain(story: CaseStory, chance: Chance): void {
  const ofCase = ofType(story, 'NoticePublished', 'LookBackOpened');
  const minutesAfter = ({ at }: Step): number => at + chance.between(2, 90) * MINUTE;
  for (const item of story.items) {
    for (const anchor of [...ofType(item, ...RELIED_ON), chance.pick(ofCase)]) {
      amend(item, minutesAfter(anchor), chance);
    }
  }
  for (const anchor of ofCase) {
    amend(story, minutesAfter(anchor), chance);
    amend(story, minutesAfter(anchor), chance);
  }
  const settings = { flagThresholds: STRICT };
  put(story.steps, 'CaseSettingsChanged', supervisor, minutesAfter(chance.pick(ofCase)), {
    data: { settings },
  });
}
