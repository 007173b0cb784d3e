import { daysAfter } from '../../../../domain/dates.ts';
import { supervisor } from '../people.ts';
import { dayOfStep, daysEarlier, laterBy, officeHours, without } from '../story.ts';
import { type Fault, isClosed, itemWith, newest, ofType, onItem, put } from './fault.ts';

const onCase = (
  rule: string,
  way: string,
  plant: (...[story, chance]: Parameters<Fault['plant']>) => boolean,
): Fault => ({
  rule,
  way,
  plant: (story, chance) => (plant(story, chance) ? { on: [null] } : undefined),
});

const planDays = { flagThresholds: { planDays: 30 } };
const plans: readonly Fault[] = [
  onCase('plan-missing', 'there is none', (story) => {
    newest(story, 'CaseOpened').data.settings = planDays;
    story.steps = without(story.steps, ({ type }) => type === 'PlanIssued' || type === 'PlanAccepted');
    return true;
  }),
  onCase('plan-missing', 'it came too late', (story, chance) => {
    newest(story, 'CaseOpened').data.settings = planDays;
    const issuedOn = daysAfter(story.feedbackOn, 31);
    const issued = newest(story, 'PlanIssued');
    issued.data = { issuedOn };
    issued.at = officeHours(daysAfter(issuedOn, 1), chance);
    return true;
  }),
];

const published: readonly Fault[] = [
  onCase('published-totals-differ', 'money that was there already', (story, chance) => {
    const notice = newest(story, 'NoticePublished');
    const occurredOn = String(notice.data.asOf);
    const data = { amountFen: 8_800, itemId: chance.pick(story.items).itemId };
    put(story.steps, 'FundsRecovered', supervisor, laterBy(notice.at, 3), { data, occurredOn });
    return true;
  }),
  onCase('published-totals-differ', 'a closing dated back', (story, chance) => {
    const notice = ofType(story, 'NoticePublished')[0];
    const item =
      notice && itemWith(story, chance, (one) => isClosed(one) && newest(one, 'ItemClosed').at > notice.at);
    if (!item) return false;
    const [first] = ofType(item, 'ItemClosed');
    if (!first || first.at <= notice.at) return false;
    first.occurredOn = String(notice.data.asOf);
    const request = ofType(item, 'ClosureRequested')
      .filter(({ at }) => at < first.at)
      .at(-1);
    if (request) request.occurredOn = daysEarlier(dayOfStep(notice), 13);
    return true;
  }),
  onCase('published-totals-differ', 'sanctions taken back', (story, chance) => {
    const notice = newest(story, 'NoticePublished');
    const counted = ofType(story, 'AccountabilityRecorded', 'InstitutionRecorded').filter(
      (step) => dayOfStep(step) <= String(notice.data.asOf) && step.occurredOn === undefined,
    );
    if (counted.length === 0) return false;
    const text = { reason: '统计有误' };
    put(story.steps, 'EntryVoided', supervisor, laterBy(notice.at, 2), {
      target: chance.pick(counted),
      text,
    });
    return true;
  }),
];

const corrected: readonly Fault[] = [
  onItem(
    'corrected-after-publication',
    'of an item',
    (item) => item.path !== 'withdrawn',
    (item, story) => {
      const notice = newest(story, 'NoticePublished');
      const target = newest(item, 'IssueRaised');
      const text = { reason: '表述不准', set: { title: '改后的题目，与公布的不同' } };
      put(item.steps, 'EntryCorrected', supervisor, laterBy(notice.at, 4), { target, text });
    },
  ),
  onCase('corrected-after-publication', 'of the case', (story) => {
    const notice = newest(story, 'NoticePublished');
    const target = newest(story, 'PlanIssued');
    const text = { reason: '名称有误', set: { title: '整改工作方案' } };
    put(story.steps, 'EntryCorrected', supervisor, laterBy(notice.at, 4), { target, text });
    return true;
  }),
];

const nameless = (
  rule: string,
  type: 'AccountabilityRecorded' | 'InstitutionRecorded' | 'FundsRecovered',
  data: object,
): Fault =>
  onCase(rule, 'it names no item', (story, chance) => {
    const at = officeHours(daysAfter(story.feedbackOn, chance.between(30, 300)), chance);
    put(story.steps, type, supervisor, at, { data: { ...data } });
    return true;
  });

const unnumbered: readonly Fault[] = [
  onItem(
    'institution-without-number',
    'of an item',
    () => true,
    (item, story, chance) => {
      const at = officeHours(daysAfter(story.feedbackOn, chance.between(30, 300)), chance);
      put(story.steps, 'InstitutionRecorded', supervisor, at, {
        data: { count: 1, itemId: item.itemId },
        text: { title: '内部控制制度' },
      });
    },
  ),
  { ...nameless('institution-without-number', 'InstitutionRecorded', { count: 13 }), way: 'of the case' },
];

const gaps = onCase('numbering-gap', 'one is skipped, or stands twice', (story, chance) => {
  const index = chance.between(1, story.items.length - 1);
  const [before, item] = [story.items[index - 1], story.items[index]];
  if (!before || !item) return false;
  const number = (of: typeof item) => newest(of, 'IssueRaised').data.printedNumber as string;
  const next = story.items[index + 1];
  const skipped = next && chance.percent(50);
  newest(item, 'IssueRaised').data.printedNumber = skipped ? number(next) : number(before);
  return true;
});

const late = onCase('numbering-gap', 'the first ones are missing', (story, chance) => {
  const missing = chance.between(1, 3);
  for (const [index, item] of story.items.entries()) {
    newest(item, 'IssueRaised').data.printedNumber = `${index + 1 + missing}.`;
  }
  return true;
});

const twiceOne = onCase('numbering-gap', 'one stands twice, and then two', (story) => {
  for (const [index, item] of story.items.entries()) {
    newest(item, 'IssueRaised').data.printedNumber = `${Math.max(1, index)}.`;
  }
  return true;
});

export const caseFaults: readonly Fault[] = [
  ...plans,
  ...published,
  ...corrected,
  nameless('sanctions-without-item', 'AccountabilityRecorded', { kind: 'reminder-talk', persons: 18 }),
  nameless('institutions-without-item', 'InstitutionRecorded', { count: 2, documentNo: '栖镇发〔2022〕7号' }),
  nameless('funds-without-item', 'FundsRecovered', { amountFen: 1_000 }),
  ...unnumbered,
  gaps,
  late,
  twiceOne,
];
