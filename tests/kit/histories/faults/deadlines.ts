import { daysAfter } from '../../../../domain/dates.ts';
import type { Chance } from '../chance.ts';
import { supervisor } from '../people.ts';
import {
  type CaseStory,
  dayOfStep,
  daysEarlier,
  type ItemStory,
  MINUTE,
  officeHours,
  type Step,
  without,
} from '../story.ts';
import { type Fault, has, isOpen, newest, ofType, onItem, put } from './fault.ts';

const firstDeadline = (item: ItemStory): string | undefined =>
  ofType(item, 'OfficeAssigned')[0]?.data.deadline as string | undefined;
const openWithDeadline = (item: ItemStory): boolean =>
  isOpen(item) && firstDeadline(item) !== undefined && !has(item, 'DeadlineExtended');

function setDeadline(item: ItemStory, deadline: string): void {
  const [assigned] = ofType(item, 'OfficeAssigned') as [Step];
  assigned.data = { ...assigned.data, deadline };
}
const extend = (item: ItemStory, at: number, from: string, to: string): Step =>
  put(item.steps, 'DeadlineExtended', supervisor, at, { data: { from, to }, text: { reason: '同意延期' } });

/** Extended twice, in time. */
function extendTwice(item: ItemStory, { today }: CaseStory, chance: Chance): void {
  const on = (days: number): string => daysEarlier(today, days);
  setDeadline(item, on(200));
  extend(item, officeHours(daysEarlier(today, 210), chance), on(200), on(100));
  extend(item, officeHours(daysEarlier(today, 110), chance), on(100), daysAfter(today, 30));
}

function withoutNewMeasures(item: ItemStory): void {
  const [first] = ofType(item, 'DeadlineExtended') as [Step];
  item.steps = without(item.steps, ({ type, at }) => type === 'MeasureAdopted' && at > first.at);
}

export const deadlineFaults: readonly Fault[] = [
  onItem('overdue', 'since yesterday, or long ago', openWithDeadline, (item, story, chance) => {
    setDeadline(item, daysEarlier(story.today, chance.pick([1, 2, 40, 200])));
  }),
  onItem('overdue', 'a month that is over', openWithDeadline, (item, story) => {
    setDeadline(item, daysEarlier(story.today, 40).slice(0, 7));
  }),
  onItem('extended-repeatedly', 'twice', openWithDeadline, (item, story, chance) => {
    extendTwice(item, story, chance);
  }),
  onItem('extended-after-expiry', 'a day too late, or more', openWithDeadline, (item, story, chance) => {
    const [first, second] = [daysEarlier(story.today, 100), daysAfter(story.today, 30)];
    setDeadline(item, first);
    extend(item, officeHours(daysEarlier(story.today, chance.between(60, 99)), chance), first, second);
  }),
  onItem(
    'extended-without-measures',
    'the first time, on the measures of the beginning',
    openWithDeadline,
    (item, story, chance) => {
      const [first, second] = [daysEarlier(story.today, 60), daysAfter(story.today, 30)];
      setDeadline(item, first);
      const extension = extend(item, officeHours(daysEarlier(story.today, 70), chance), first, second);
      item.steps = without(
        item.steps,
        ({ type, at }) => type === 'MeasureAdopted' && at > extension.at - 31 * 24 * 60 * MINUTE,
      );
    },
  ),
  onItem('extended-without-measures', 'no new measure', openWithDeadline, (item, story, chance) => {
    extendTwice(item, story, chance);
    withoutNewMeasures(item);
  }),
  onItem(
    'extended-without-measures',
    'the measure came too late',
    openWithDeadline,
    (item, story, chance) => {
      extendTwice(item, story, chance);
      withoutNewMeasures(item);
      const { who } = newest(item, 'ProgressReported');
      const at = officeHours(daysEarlier(story.today, 110 - 31), chance);
      put(item.steps, 'MeasureAdopted', who, at, { text: { text: '补充整改措施3条' } });
    },
  ),
  onItem(
    'long-term-silent',
    'nothing for more than ninety days',
    (item) => isOpen(item) && item.term === 'long-term',
    (item, story) => {
      const last = daysEarlier(story.today, 91);
      item.steps = without(item.steps, (step) => dayOfStep(step) > last);
    },
  ),
];
