import { daysAfter } from '../../../domain/dates.ts';
import {
  type Fault,
  has,
  isClosed,
  isOpen,
  isStraight,
  newest,
  ofType,
  onItem,
  put,
  soonAfter,
  standingEvidence,
  standingMeasures,
} from './faults/fault.ts';
import { officer, reviewer, supervisor } from './people.ts';
import {
  dayOfStep,
  daysEarlier,
  type ItemStory,
  laterBy,
  MINUTE,
  officeHours,
  type Step,
  without,
} from './story.ts';

const openWithDeadline = (item: ItemStory): boolean =>
  isOpen(item) &&
  ofType(item, 'OfficeAssigned')[0]?.data.deadline !== undefined &&
  !has(item, 'DeadlineExtended');

function setDeadline(item: ItemStory, deadline: string): void {
  const [assigned] = ofType(item, 'OfficeAssigned') as [Step];
  assigned.data = { ...assigned.data, deadline };
}

/** Closed by one person, so many items two minutes apart. */
const sitting = (way: string, count: number, minutes: number): Fault => ({
  rule: 'closed-in-bulk',
  way,
  plant(story, chance) {
    const items = chance.some(story.items.filter(isStraight), count);
    if (items.length < count) return undefined;
    const closings = items.map((item) => newest(item, 'ItemClosed'));
    const last = Math.max(...closings.map(({ at }) => at));
    for (const [n, closing] of closings.entries()) {
      closing.who = (closings[0] as Step).who;
      closing.at = last + n * minutes * MINUTE;
      closing.occurredOn = undefined;
    }
    return { on: items.map(({ itemId }) => itemId) };
  },
});

/** What is in order, though not by much: nobody is to be flagged for it by the rule that it comes near to. */
export const nearMisses: readonly Fault[] = [
  sitting('four at one sitting', 4, 1),
  sitting('five, an hour in all', 5, 15),
  onItem('recorded-late', 'thirty days, no more', isStraight, (item, _, chance) => {
    const closing = newest(item, 'ItemClosed');
    closing.occurredOn = daysEarlier(dayOfStep(closing), chance.between(29, 30));
  }),
  onItem(
    'evidence-reused',
    'twice for one item',
    (item) => standingEvidence(item).length > 1,
    (item) => {
      const [file, again] = standingEvidence(item) as [Step, Step];
      again.data = { ...again.data, sha256: file.data.sha256 as string };
    },
  ),
  {
    rule: 'measure-repeated',
    way: 'a few words that anybody would use',
    plant(story) {
      const items = story.items.filter((item) => item.path !== 'withdrawn');
      for (const item of items)
        (ofType(item, 'MeasureAdopted')[0] as Step).text = { text: '印发通知，公示三天。' };
      return { on: items.map(({ itemId }) => itemId) };
    },
  },
  onItem('measures-vague', 'one says when', isStraight, (item) => {
    const [first, ...others] = standingMeasures(item) as [Step, ...Step[]];
    for (const step of others) step.text = { text: '进一步加强管理，压实责任' };
    for (const step of ofType(item, 'MeasureCompleted')) step.text = { summary: '已落实到位' };
    first.text = { text: '压实责任，十二月底前见成效' };
  }),
  onItem('evidence-after-closing', 'a reviewer’s own', isStraight, (item, story, chance) => {
    const data = { mediaType: 'image/png', bytes: 77, sha256: chance.hash(), documentDate: story.today };
    put(item.steps, 'EvidenceAttached', reviewer, soonAfter(newest(item, 'ItemClosed')), {
      data,
      text: { name: '现场.png' },
    });
  }),
  onItem('steps-out-of-order', 'both in one month', isStraight, (item) => {
    const completion = ofType(item, 'MeasureCompleted')[0] as Step;
    const adopted = completion.measure as Step;
    adopted.occurredOn = dayOfStep(adopted).slice(0, 7);
    completion.occurredOn = `${adopted.occurredOn}-01`;
  }),
  onItem('dated-before-inspection', 'the month in which it began', isClosed, (item, { inspected }) => {
    const [evidence] = standingEvidence(item) as [Step];
    evidence.data = { ...evidence.data, documentDate: inspected[0].slice(0, 7) };
  }),
  onItem(
    'dated-before-feedback',
    'to be put right at once',
    (item) => item.term === 'immediate',
    (item, story) => {
      (standingMeasures(item)[0] as Step).occurredOn = daysEarlier(story.feedbackOn, 20);
    },
  ),
  onItem('overdue', 'due today', openWithDeadline, (item, story) => setDeadline(item, story.today)),
  onItem('extended-after-expiry', 'on the last day', openWithDeadline, (item, story, chance) => {
    const from = daysEarlier(story.today, 100);
    setDeadline(item, from);
    const data = { from, to: daysAfter(story.today, 9) };
    put(item.steps, 'DeadlineExtended', supervisor, officeHours(from, chance), {
      data,
      text: { reason: '同意' },
    });
  }),
  onItem(
    'extended-without-measures',
    'a measure on the thirtieth day before, and one on the thirtieth after',
    openWithDeadline,
    (item, story, chance) => {
      const days = [150, 120, -9].map((count) => daysEarlier(story.today, count));
      setDeadline(item, String(days[0]));
      for (const [n, ago] of [160, 130].entries()) {
        const data = { from: String(days[n]), to: String(days[n + 1]) };
        const at = officeHours(daysEarlier(story.today, ago), chance);
        put(item.steps, 'DeadlineExtended', supervisor, at, { data, text: { reason: '同意' } });
      }
      const [first, last] = ofType(item, 'DeadlineExtended') as [Step, Step];
      const { who } = newest(item, 'ProgressReported');
      const adopt = (at: number, text: string) =>
        put(item.steps, 'MeasureAdopted', who, at, { text: { text } });
      adopt(laterBy(first.at, -30), '委托1家机构清点');
      adopt(laterBy(last.at, 30), '增聘2人专门清理');
    },
  ),
  onItem(
    'long-term-silent',
    'ninety days',
    (item) => isOpen(item) && item.term === 'long-term',
    (item, story) => {
      const last = daysEarlier(story.today, 90);
      item.steps = without(item.steps, (step) => dayOfStep(step) > last);
      const { lead } = newest(item, 'OfficeAssigned').data;
      const at = Date.parse(`${last}T08:00:00.000Z`);
      put(item.steps, 'ProgressReported', officer(String(lead)), at, { text: { text: '机制运行正常' } });
    },
  ),
  onItem('lead-changed-idle', 'thirty days', isOpen, (item, story) => {
    const at = Date.parse(`${daysEarlier(story.today, 30)}T08:00:00.000Z`);
    item.steps = without(item.steps, (step) => step.at >= at);
    const { lead } = newest(item, 'OfficeAssigned').data;
    put(item.steps, 'OfficeAssigned', supervisor, at, {
      data: { lead: '审计办', supporting: [String(lead)] },
    });
  }),
  {
    rule: 'numbering-gap',
    way: 'two lists, each from one',
    plant(story, chance) {
      const half = chance.between(2, story.items.length - 1);
      for (const [n, item] of story.items.entries()) {
        newest(item, 'IssueRaised').data.printedNumber = `（${n < half ? n + 1 : n - half + 1}）`;
      }
      return { on: [null] };
    },
  },
];
