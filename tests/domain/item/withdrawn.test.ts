import { describe, expect, test } from 'vitest';
import { CHINA, type Day } from '../../../domain/dates.ts';
import { deadlinesOn } from '../../../domain/inspection/deadlines.ts';
import { isOverdue } from '../../../domain/item/present.ts';
import { foldItemView } from '../../../domain/replay.ts';
import { watched } from '../../../functions/app/current-deadlines.ts';
import { anItemId } from '../../kit/event-rows.ts';
import { committee, eventsOf, ITEM, lead, on, record, type Wish } from '../kit.ts';

const dated = (wishes: readonly Wish[], occurredOn: string) =>
  wishes.map((wish) => ({ ...wish, occurredOn }));

const begun = dated(
  [
    committee('IssueRaised'),
    committee('OfficeAssigned', { lead: '财政办', deadline: '2024-02-20' }),
    lead('MeasureAdopted'),
  ],
  '2024-01-10',
);
const request = dated([lead('ClosureRequested')], '2024-02-25');
const withdrawal = dated([committee('IssueWithdrawn')], '2024-02-10');
const done = dated([lead('MeasureCompleted'), lead('EvidenceAttached')], '2024-01-20');

/** Each ends with a withdrawal that was recorded last and counts from before what stands ahead of it. */
const histories: readonly (readonly [string, readonly Wish[]])[] = [
  ['a request', [...begun, ...request, ...withdrawal]],
  ['a return', [...begun, ...request, ...dated([committee('ClosureReturned')], '2024-02-26'), ...withdrawal]],
  [
    'a request that was withdrawn',
    [...begun, ...request, ...dated([lead('ClosureRequestWithdrawn')], '2024-02-26'), ...withdrawal],
  ],
  [
    'a closing and a reopening',
    [
      ...begun,
      ...done,
      ...request,
      ...dated([committee('ItemClosed'), committee('ItemReopened')], '2024-02-27'),
      ...withdrawal,
    ],
  ],
  ['a measure', [...begun, ...dated([lead('MeasureAdopted')], '2024-02-25'), ...withdrawal]],
  [
    'a measure that was withdrawn',
    [...begun, ...dated([lead('MeasureWithdrawn')], '2024-02-25'), ...withdrawal],
  ],
  ['the raise', [...dated(begun, '2024-02-25'), ...withdrawal]],
];

describe('a withdrawal ends an item on the effective clock as well: after one that was back-dated', () => {
  test.each(histories)('%s changes its status no more', (_what, wishes) => {
    const events = eventsOf(record(ITEM, wishes));
    const today = on('2024-03-04') as Day;
    for (const cut of [{}, { effectiveOn: today }]) {
      const view = foldItemView(events, CHINA, cut);
      expect(view.state).toMatchObject({ status: 'withdrawn', requestSeq: 0 });
      expect(view.statusChanges.at(-1)?.status).toBe('withdrawn');
      expect(isOverdue(view.state, today)).toBe(false);
      const scope = { withinDays: 10, silentDays: 30 };
      expect(deadlinesOn([watched(anItemId('0001'), view)], today, scope, ({ on: since }) => since)).toEqual(
        [],
      );
    }
  });

  test('and before its day the item is what it was', () => {
    const events = eventsOf(record(ITEM, histories[0]?.[1] ?? []));
    const status = (day: string) => foldItemView(events, CHINA, { effectiveOn: on(day) as Day }).state.status;
    expect([status('2024-02-09'), status('2024-02-10'), status('2024-02-25')]).toEqual([
      'rectifying',
      'withdrawn',
      'withdrawn',
    ]);
  });
});
