import { type Day, daysAfter } from '../../../domain/dates.ts';
import type { EventType } from '../../../domain/events.ts';
import { mintItemId } from '../../../domain/ids.ts';
import { aCaseId } from '../event-rows.ts';
import { type Chance, chanceOf } from './chance.ts';
import { itemLife } from './item-life.ts';
import { reviewer, supervisor } from './people.ts';
import {
  aDay,
  type CaseStory,
  dayOfStep,
  daysEarlier,
  type ItemStory,
  officeHours,
  type Step,
} from './story.ts';
import { type Subject, subjectsOf } from './words.ts';

interface Wanted {
  readonly seed: number;
  readonly items?: number;
  /** About so many entries an item; a life of its own length where it is left out. */
  readonly entries?: number;
}

type Add = (type: EventType, on: Day, more?: Partial<Step>) => Step;

/** The whole life of a case, told by honest people: which flags are raised on it is what nobody wants to see. */
export function caseLife({ seed, items = 12, entries = 0 }: Wanted): CaseStory {
  const chance = chanceOf(seed);
  const feedbackOn = daysAfter(aDay('2022-03-01'), chance.between(0, 300));
  const inspected = [
    daysEarlier(feedbackOn, chance.between(100, 120)),
    daysEarlier(feedbackOn, chance.between(40, 60)),
  ] as const;
  const today = daysAfter(feedbackOn, chance.between(420, 560));
  const steps: Step[] = [];
  const add: Add = (type, on, more = {}) => {
    const step: Step = { type, who: supervisor, at: officeHours(on, chance), data: {}, text: {}, ...more };
    steps.push(step);
    return step;
  };
  const after = (days: number): Day => daysAfter(feedbackOn, days);
  const endorsement = chance.percent(30) ? '区委组织部' : undefined;
  const imported = chance.percent(20) ? chance.hash() : undefined;
  add('CaseOpened', after(1), {
    data: {
      feedbackOn,
      inspection: { from: inspected[0], to: inspected[1] },
      settings: {
        ...(endorsement && { requiredEndorsements: [endorsement] }),
        ...(chance.percent(50) && { flagThresholds: { planDays: 45 } }),
      },
    },
    text: { title: '栖禾镇党委巡察整改', inspectedBody: '栖禾镇党委', inspectingBody: '澄岚区委第三巡察组' },
  });
  if (imported) {
    add('SourceImported', after(2), {
      data: { sha256: imported, parserVersion: '1', counts: { total: 2 * items } },
    });
  }
  const issuedOn = after(chance.between(15, 24));
  add('PlanIssued', daysAfter(issuedOn, 2), { data: { issuedOn }, text: { title: '整改方案' } });
  const acceptedOn = daysAfter(issuedOn, chance.between(4, 8));
  add('PlanAccepted', acceptedOn, { data: { acceptedOn } });
  for (const asOf of [after(chance.between(180, 240)), daysEarlier(today, chance.between(60, 70))]) {
    add('NoticePublished', daysAfter(asOf, 12), { data: { asOf, sha256: chance.hash() } });
  }
  const lookBack = chance.percent(70)
    ? add('LookBackOpened', daysEarlier(today, 80), { who: reviewer, text: { scope: '全部问题' } })
    : undefined;
  const around = { feedbackOn, today, endorsement, imported, lookBack, entries };
  const lives = subjectsOf(chance, items).map((subject, index) => {
    const itemId = mintItemId(index + 1);
    if (itemId === undefined) throw new Error('too many items');
    const life = itemLife(itemId, subject, chance, around);
    tellOfCase(add, chance, life, subject);
    return life;
  });
  if (lookBack) conclude(add, chance, lookBack, lives);
  return { caseId: aCaseId(`life-${seed}`), inspected, feedbackOn, today, steps, items: lives };
}

/** Money that came back, institutions with their numbers, and who was held to account; each names its item. */
function tellOfCase(add: Add, chance: Chance, life: ItemStory, subject: Subject): void {
  const { itemId, path } = life;
  const closing = life.steps.find(({ type }) => type === 'ItemClosed');
  const on = (days: number): Day | undefined => closing && daysEarlier(dayOfStep(closing), days);
  const due = subject.namedFen;
  const [early, late] = [on(20), on(3)];
  if (due > 0 && early && late && path !== 'withdrawn') {
    const half = Math.floor(due / 2);
    add('FundsRecovered', early, { data: { amountFen: half, itemId }, text: { note: '第一笔退缴' } });
    add('FundsRecovered', late, { data: { amountFen: due - half, itemId } });
  }
  if (late && chance.percent(30)) {
    const documentNo = `栖镇发〔2022〕${chance.between(1, 90)}号`;
    add('InstitutionRecorded', late, {
      data: { count: 1, documentNo, itemId },
      text: { title: `${subject.about}管理办法` },
    });
  }
  if (late && chance.percent(20)) {
    const kind = chance.pick(['admonition', 'reminder-talk', 'criticism-education']);
    add('AccountabilityRecorded', late, { data: { kind, persons: chance.between(1, 4), itemId } });
  }
}

function conclude(add: Add, chance: Chance, lookBack: Step, lives: readonly ItemStory[]): void {
  const on = (days: number): Day => daysAfter(dayOfStep(lookBack), days);
  const itemIds = chance.some(lives, 3).map(({ itemId }) => itemId);
  add('SampleDrawn', on(1), { who: reviewer, lookBack, data: { seed: chance.hash().slice(0, 32), itemIds } });
  add('LookBackConcluded', on(60), { who: reviewer, lookBack, text: { conclusion: '整改基本属实' } });
}
