import { officer, supervisor } from '../people.ts';
import {
  dayOfStep,
  daysEarlier,
  type ItemStory,
  inOrder,
  laterBy,
  MINUTE,
  person,
  type Step,
  without,
} from '../story.ts';
import {
  between,
  type Fault,
  has,
  isClosed,
  isStraight,
  newest,
  ofType,
  onItem,
  put,
  soonAfter,
  standingEvidence,
} from './fault.ts';

/** The newest raise or reopening before the closing. */
const turnOf = (item: ItemStory): Step => ofType(item, 'IssueRaised', 'ItemReopened').at(-1) as Step;
const leadOf = (item: ItemStory): string => String(newest(item, 'OfficeAssigned').data.lead);

const isAfterTurn = (item: ItemStory) => {
  const turn = turnOf(item);
  return (step: Step): boolean => step.at > turn.at;
};

const withoutEvidence: readonly Fault[] = [
  onItem('closed-without-evidence', 'none was attached', isClosed, (item) => {
    const fresh = isAfterTurn(item);
    item.steps = without(item.steps, (step) => step.type === 'EvidenceAttached' && fresh(step));
  }),
  onItem('closed-without-evidence', 'all was withdrawn', isClosed, (item) => {
    const at = newest(item, 'ClosureRequested').at - 20 * MINUTE;
    for (const [n, evidence] of standingEvidence(item).filter(isAfterTurn(item)).entries()) {
      put(item.steps, 'EvidenceWithdrawn', evidence.who, at + n, { evidence, text: { reason: '另行补充' } });
    }
  }),
  onItem('closed-without-evidence', 'all was taken back, or is the committee’s own', isClosed, (item) => {
    const at = newest(item, 'ClosureRequested').at - 20 * MINUTE;
    for (const [n, target] of standingEvidence(item).filter(isAfterTurn(item)).entries()) {
      if (n % 2 > 0) target.who = supervisor;
      else put(item.steps, 'EntryVoided', target.who, at + n, { target, text: { reason: '误传' } });
    }
  }),
];

const withoutMeasure: readonly Fault[] = [
  onItem('closed-without-measure', 'none was adopted', isStraight, (item) => {
    item.steps = without(item.steps, ({ type }) => type === 'MeasureAdopted');
  }),
  onItem('closed-without-measure', 'all were withdrawn', isStraight, (item) => {
    const at = newest(item, 'ClosureRequested').at - 20 * MINUTE;
    for (const [n, measure] of ofType(item, 'MeasureAdopted').entries()) {
      put(item.steps, 'MeasureWithdrawn', supervisor, at + n, { measure, text: { reason: '不再执行' } });
    }
  }),
  onItem(
    'closed-without-measure',
    'none since the reopening',
    ({ path }) => path === 'reopened',
    (item) => {
      const fresh = isAfterTurn(item);
      item.steps = without(item.steps, (step) => step.type === 'MeasureAdopted' && fresh(step));
    },
  ),
];

const involved: readonly Fault[] = [
  onItem('closer-involved', 'the closer’s office leads', isClosed, (item) => {
    const closing = newest(item, 'ItemClosed');
    closing.who = person('committee', leadOf(item), 'someone');
  }),
  onItem('closer-involved', 'the closer attached evidence', isClosed, (item, _, chance) => {
    const closing = newest(item, 'ItemClosed');
    const [measure] = ofType(item, 'MeasureAdopted');
    const data = { mediaType: 'image/png', bytes: 1_234, sha256: chance.hash() };
    put(item.steps, 'EvidenceAttached', closing.who, between(turnOf(item), closing, 0.9), {
      data,
      text: { name: '现场照片.png' },
      ...(measure && { measures: [measure] }),
    });
  }),
  onItem('closer-involved', 'the closer adopted a measure', isClosed, (item, _, chance) => {
    const closing = newest(item, 'ItemClosed');
    const measure = chance.pick(ofType(item, 'MeasureAdopted'));
    measure.who = closing.who;
    measure.source = undefined;
  }),
  onItem('closer-involved', 'one person in two roles', isClosed, (item, _, chance) => {
    const closing = newest(item, 'ItemClosed');
    const reports = ofType(item, 'ProgressReported');
    closing.who = { ...closing.who, sub: chance.pick(reports).who.sub };
  }),
];

const returned: readonly Fault[] = [
  onItem('closed-after-return-unchanged', 'asked again, nothing done', isClosed, (item) => {
    const [request, closing] = [newest(item, 'ClosureRequested'), newest(item, 'ItemClosed')];
    item.steps = without(item.steps, (step) => step.type === 'ClosureEndorsed' && step.at > request.at);
    put(item.steps, 'ClosureReturned', supervisor, between(request, closing, 0.3), {
      text: { reason: '佐证不足' },
    });
    put(item.steps, 'ClosureRequested', request.who, between(request, closing, 0.6), {
      text: { statement: '再次申请销号' },
    });
  }),
  onItem(
    'closed-after-return-unchanged',
    'what was handed in before is handed in again',
    isClosed,
    (item) => {
      const [request, closing] = [newest(item, 'ClosureRequested'), newest(item, 'ItemClosed')];
      const [file] = standingEvidence(item).filter(isAfterTurn(item)) as [Step];
      item.steps = without(item.steps, (step) => step.type === 'ClosureEndorsed' && step.at > request.at);
      put(item.steps, 'ClosureReturned', supervisor, between(request, closing, 0.2), {
        text: { reason: '佐证不足' },
      });
      put(item.steps, 'EvidenceAttached', file.who, between(request, closing, 0.4), {
        data: file.data,
        text: { name: '补充材料.pdf' },
      });
      put(item.steps, 'ClosureRequested', request.who, between(request, closing, 0.6), {
        text: { statement: '再次申请销号' },
      });
    },
  ),
  onItem(
    'closed-after-return-unchanged',
    'what was done was done before',
    (item) => item.path === 'closed' && has(item, 'ClosureReturned'),
    (item) => {
      const back = newest(item, 'ClosureReturned');
      const [first] = ofType(item, 'ClosureRequested') as [Step];
      for (const [n, step] of inOrder(item.steps).entries()) {
        const work = step.type === 'ProgressReported' || step.type === 'EvidenceAttached';
        if (work && step.at > back.at) step.at = first.at - MINUTE + n;
      }
    },
  ),
];

const afterClosing: readonly Fault[] = [
  onItem('evidence-after-closing', 'a document of the day after', isClosed, (item, _, chance) => {
    const closing = newest(item, 'ItemClosed');
    const evidence = chance.pick(standingEvidence(item).filter(isAfterTurn(item)));
    closing.occurredOn = daysEarlier(dayOfStep(evidence), 2);
    evidence.data = { ...evidence.data, documentDate: daysEarlier(dayOfStep(evidence), 1) };
  }),
  onItem('evidence-after-closing', 'a closing of the day before', isClosed, (item) => {
    const closing = newest(item, 'ItemClosed');
    for (const evidence of standingEvidence(item).filter(isAfterTurn(item))) {
      const { documentDate: _, ...data } = evidence.data;
      evidence.data = data;
      closing.occurredOn = daysEarlier(dayOfStep(evidence), 1);
    }
  }),
];

const order: readonly Fault[] = [
  onItem('steps-out-of-order', 'completed before it was adopted', isStraight, (item, _, chance) => {
    const completion = chance.pick(ofType(item, 'MeasureCompleted'));
    const adopted = completion.measure as Step;
    adopted.occurredOn = dayOfStep(adopted);
    completion.occurredOn = daysEarlier(dayOfStep(adopted), 1);
  }),
  onItem('steps-out-of-order', 'requested before it was completed', isClosed, (item) => {
    const completion = newest(item, 'MeasureCompleted');
    const request = newest(item, 'ClosureRequested');
    completion.occurredOn = dayOfStep(completion);
    request.occurredOn = daysEarlier(dayOfStep(completion), 1);
  }),
  onItem('steps-out-of-order', 'closed before it was requested', isClosed, (item) => {
    const [request, closing] = [newest(item, 'ClosureRequested'), newest(item, 'ItemClosed')];
    request.occurredOn = dayOfStep(request);
    closing.occurredOn = daysEarlier(dayOfStep(request), 3);
  }),
];

const bulk = (way: string, reopened: number): Fault => ({
  rule: 'closed-in-bulk',
  way,
  plant(story, chance) {
    const items = chance.some(story.items.filter(isStraight), 5);
    if (items.length < 5) return undefined;
    const closings = items.map((item) => newest(item, 'ItemClosed'));
    const last = Math.max(...closings.map(({ at }) => at));
    for (const [n, closing] of closings.entries()) {
      closing.who = (closings[0] as Step).who;
      closing.at = last + n * 2 * MINUTE;
      closing.occurredOn = undefined;
    }
    for (const item of items.slice(0, reopened)) {
      const at = Math.max(...item.steps.map((step) => step.at)) + MINUTE;
      put(item.steps, 'ItemReopened', supervisor, at, { text: { reason: '抽查发现虚假整改' } });
    }
    return { on: items.slice(reopened).map(({ itemId }) => itemId) };
  },
});

const fast = onItem(
  'long-term-closed-fast',
  'a long-term item after two months',
  (item) => item.term === 'immediate' && isStraight(item),
  (item) => {
    const [assigned] = ofType(item, 'OfficeAssigned') as [Step];
    assigned.data = { ...assigned.data, term: 'long-term' };
    const closing = newest(item, 'ItemClosed');
    closing.at = Math.min(closing.at, laterBy(newest(item, 'IssueRaised').at, 89));
    const [from, to] = [newest(item, 'IssueRaised').at, closing.at];
    // Everything as before, only closer together.
    const inside = inOrder(item.steps).filter(
      (step) => step.at > from && step.type !== 'LookBackFindingRecorded',
    );
    for (const [n, step] of inside.entries())
      step.at = from + Math.floor(((to - from) * (n + 1)) / inside.length);
    for (const step of inside) step.occurredOn = undefined;
  },
);

const fastAgain = onItem(
  'long-term-closed-fast',
  'a long-term item weeks after it was reopened',
  ({ path }) => path === 'reopened',
  (item) => {
    const [assigned] = ofType(item, 'OfficeAssigned') as [Step];
    assigned.data = { ...assigned.data, term: 'long-term' };
  },
);

const corrected: readonly Fault[] = [
  onItem('corrected-after-closing', 'other words', isStraight, (item, _, chance) => {
    const target = chance.pick(ofType(item, 'MeasureCompleted'));
    const text = { reason: '补充说明', set: { summary: '改后的完成情况' } };
    put(item.steps, 'EntryCorrected', supervisor, soonAfter(newest(item, 'ItemClosed'), 90), {
      target,
      text,
    });
  }),
  onItem('corrected-after-closing', 'taken back', isStraight, (item, _, chance) => {
    const target = chance.pick(standingEvidence(item));
    put(item.steps, 'EntryVoided', supervisor, soonAfter(newest(item, 'ItemClosed'), 90), {
      target,
      text: { reason: '误传' },
    });
  }),
];

const again: readonly Fault[] = [
  onItem('returned-repeatedly', 'three times', isClosed, (item, _, chance) => {
    const request = newest(item, 'ClosureRequested');
    const measures = ofType(item, 'MeasureAdopted').slice(0, 1);
    for (const [n, step] of item.steps.filter(({ at }) => at > request.at).entries())
      step.at = laterBy(step.at, 9) + n;
    for (let round = 0; round < 3; round += 1) {
      const at = laterBy(request.at, 3 * round);
      put(item.steps, 'ClosureReturned', supervisor, at + MINUTE, { text: { reason: '佐证不足' } });
      const data = { mediaType: 'image/png', bytes: 99, sha256: chance.hash() };
      put(item.steps, 'EvidenceAttached', officer(leadOf(item)), laterBy(at, 1), {
        data,
        text: { name: '补充.png' },
        measures,
      });
      put(item.steps, 'ClosureRequested', officer(leadOf(item)), laterBy(at, 2), {
        text: { statement: '申请销号' },
      });
    }
  }),
];

const reopenedAgain: readonly Fault[] = [
  onItem('reopened', 'after its closing', isStraight, (item) => {
    const at = Math.max(...item.steps.map((step) => step.at)) + MINUTE;
    put(item.steps, 'ItemReopened', supervisor, at, { text: { reason: '问题反弹' } });
  }),
];

export const closingFaults: readonly Fault[] = [
  ...withoutEvidence,
  ...withoutMeasure,
  ...involved,
  ...returned,
  ...afterClosing,
  ...order,
  bulk('five items in eight minutes', 0),
  bulk('five items in eight minutes, one of them reopened since', 1),
  fast,
  fastAgain,
  ...corrected,
  ...again,
  ...reopenedAgain,
];
