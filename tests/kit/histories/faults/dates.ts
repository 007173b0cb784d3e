import { lastDay } from '../../../../domain/dates.ts';
import { officer, reviewer } from '../people.ts';
import {
  aDay,
  dayOfStep,
  daysEarlier,
  type ItemStory,
  inOrder,
  laterBy,
  MINUTE,
  type Step,
  without,
} from '../story.ts';
import {
  type Fault,
  has,
  isOfficeWork,
  isOpen,
  isStraight,
  newest,
  ofType,
  onItem,
  put,
  standingEvidence,
  standingMeasures,
} from './fault.ts';

const alive = (item: ItemStory): boolean => item.path !== 'withdrawn';

const early: readonly Fault[] = [
  onItem('dated-before-inspection', 'a measure', alive, (item, { inspected }, chance) => {
    chance.pick(standingMeasures(item)).occurredOn = daysEarlier(inspected[0], chance.between(1, 200));
  }),
  onItem(
    'dated-before-inspection',
    'a document',
    (item) => standingEvidence(item).length > 0,
    (item, { inspected }, chance) => {
      const evidence = chance.pick(standingEvidence(item));
      evidence.data = { ...evidence.data, documentDate: daysEarlier(inspected[0], 32).slice(0, 7) };
    },
  ),
  onItem(
    'dated-before-inspection',
    'a completion',
    (item) => isStraight(item),
    (item, { inspected }, chance) => {
      chance.pick(ofType(item, 'MeasureCompleted')).occurredOn = daysEarlier(inspected[0], 1);
    },
  ),
  onItem(
    'dated-before-feedback',
    'a measure',
    (item) => alive(item) && item.term !== 'immediate',
    (item, story, chance) => {
      chance.pick(standingMeasures(item)).occurredOn = daysEarlier(story.feedbackOn, chance.between(1, 39));
    },
  ),
  onItem(
    'dated-before-feedback',
    'a document',
    (item) => item.term !== 'immediate' && standingEvidence(item).length > 0,
    (item, story, chance) => {
      const evidence = chance.pick(standingEvidence(item));
      evidence.data = { ...evidence.data, documentDate: daysEarlier(story.feedbackOn, 1) };
    },
  ),
];

const late: readonly Fault[] = [
  onItem(
    'recorded-late',
    'a report',
    (item) => has(item, 'ProgressReported'),
    (item, _, chance) => {
      const voided = ofType(item, 'EntryVoided').map(({ target }) => target);
      const report = chance.pick(ofType(item, 'ProgressReported').filter((step) => !voided.includes(step)));
      report.occurredOn = daysEarlier(dayOfStep(report), 31);
    },
  ),
  {
    rule: 'recorded-late',
    way: 'money of the case',
    plant(story) {
      const [money] = ofType(story, 'FundsRecovered');
      if (!money) return undefined;
      money.occurredOn = daysEarlier(dayOfStep(money), 31);
      return { on: [null] };
    },
  },
  onItem('recorded-late', 'a closing', isStraight, (item) => {
    const closing = newest(item, 'ItemClosed');
    closing.occurredOn = daysEarlier(dayOfStep(closing), 45);
  }),
];

/** All work of the offices on one item, again in its order, within so many days before midnight of the last. */
function crowd(item: ItemStory, last: number, days: number): void {
  const first = laterBy(last, -days) + MINUTE;
  const until = Math.min(...ofType(item, 'ClosureRequested').map(({ at }) => at));
  const inside = inOrder(item.steps).filter(
    (step) =>
      !['IssueRaised', 'OfficeAssigned'].includes(step.type) && (step.at < until || isOfficeWork(step)),
  );
  const span = last - first - 60 * MINUTE;
  for (const [n, step] of inside.entries()) {
    step.at = first + Math.floor((span * (n + 1)) / (inside.length + 1));
    step.occurredOn = undefined;
  }
  const rest = inOrder(item.steps).filter((step) => step.at >= until && !inside.includes(step));
  for (const [n, step] of rest.entries()) step.at = Math.max(step.at, last + (n + 1) * MINUTE);
}

/** The last minute of a day in the zone. */
const endOf = (day: string): number => Date.parse(`${day}T15:58:00.000Z`);

const workIn = ({ steps }: ItemStory): number =>
  steps.filter((step) => isOfficeWork(step)).length -
  steps.filter(
    ({ type }) => type === 'EntryVoided' || type === 'EvidenceWithdrawn' || type === 'MeasureWithdrawn',
  ).length;
const plain = (item: ItemStory): boolean =>
  workIn(item) >= 5 && !has(item, 'DeadlineExtended') && ofType(item, 'OfficeAssigned').length === 1;

const bursts: readonly Fault[] = [
  onItem(
    'burst-before-deadline',
    'all work in the last days',
    (item) =>
      isStraight(item) && plain(item) && ofType(item, 'OfficeAssigned')[0]?.data.deadline !== undefined,
    (item, _, chance) => {
      const [assigned] = ofType(item, 'OfficeAssigned') as [Step];
      crowd(item, endOf(lastDay(aDay(String(assigned.data.deadline)))), chance.between(1, 3));
    },
  ),
  onItem(
    'burst-before-look-back',
    'all work in the last days',
    (item) => isOpen(item) && plain(item),
    (item, story, chance) => {
      const day = daysEarlier(story.today, chance.between(1, 10));
      put(story.steps, 'LookBackOpened', reviewer, endOf(day), { text: { scope: '未销号问题' } });
      crowd(item, endOf(day), 2);
    },
  ),
];

/** Three entries of work on each item, too few for a burst of the item, and all of them on the eve. */
const register: Fault = {
  rule: 'register-burst-before-look-back',
  way: 'three entries an item, all in the last days',
  plant(story, chance) {
    const day = daysEarlier(story.today, chance.between(1, 10));
    for (const item of story.items) {
      const first = ofType(item, 'MeasureAdopted', 'ProgressReported').filter(isOfficeWork).slice(0, 3);
      item.steps = without(item.steps, (step) => isOfficeWork(step) && !first.includes(step));
      crowd(item, endOf(day), 2);
    }
    put(story.steps, 'LookBackOpened', reviewer, endOf(day), { text: { scope: '全部问题' } });
    return { on: [null] };
  },
};

const idle = onItem('lead-changed-idle', 'the new lead does nothing', isOpen, (item, story) => {
  const on = daysEarlier(story.today, 31);
  const at = endOf(on);
  const work = item.steps.filter((step) => step.at >= at);
  const [assigned] = ofType(item, 'OfficeAssigned').slice(-1) as [Step];
  item.steps = item.steps.filter(
    (step) => !work.includes(step) && !(step.target && work.includes(step.target)),
  );
  put(item.steps, 'OfficeAssigned', assigned.who, at, {
    data: { lead: '审计办', supporting: [String(assigned.data.lead)] },
  });
  // The office that led goes on: that is not the new one's work.
  const by = officer(String(assigned.data.lead));
  put(item.steps, 'ProgressReported', by, laterBy(at, 5), { text: { text: '移交资料14卷' } });
});

export const datesFaults: readonly Fault[] = [...early, ...late, ...bursts, register, idle];
