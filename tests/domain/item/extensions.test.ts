import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cut } from '../../../domain/cut.ts';
import { CHINA, type Day, daysBetween, lastDay } from '../../../domain/dates.ts';
import type { ItemEvent } from '../../../domain/events.ts';
import { foldItemView, foldOrder } from '../../../domain/replay.ts';
import type { Resolved } from '../../../domain/resolve.ts';
import { itemHistories } from '../histories.ts';
import { assigned, committee, eventsOf, ITEM, lead, on, record, specify, type Wish } from '../kit.ts';

const dueBy = (deadline: string) => [
  ...assigned.slice(0, 1),
  committee('OfficeAssigned', { lead: '财政办', deadline }),
];
const until = (to: string, occurredOn?: string) =>
  committee('DeadlineExtended', { to, reason: '同意' }, occurredOn === undefined ? {} : { occurredOn });
const correct = (target: number, set: object) => committee('EntryCorrected', { target, set, reason: '笔误' });
const view = (wishes: readonly Wish[], cut: Cut = {}) =>
  foldItemView(eventsOf(record(ITEM, wishes)), CHINA, cut);
const told = (wishes: readonly Wish[], cut: Cut = {}) => {
  const { state, extensions, extensionDays } = view(wishes, cut);
  return { deadline: state.deadline, extensions, extensionDays };
};

describe('days of extension', () => {
  test('are counted from the last day of one deadline to that of the other, and added up', () => {
    const dated = dueBy('2024-06');
    expect(told(dated)).toEqual({ deadline: '2024-06', extensions: 0, extensionDays: 0 });
    expect(told([...dated, until('2024-07-10')])).toMatchObject({ extensions: 1, extensionDays: 10 });
    expect(told([...dated, until('2024-07-10'), until('2024-08')])).toMatchObject({
      extensions: 2,
      extensionDays: 62,
    });
  });

  test('are those by which the deadline moved in all, also after an extension was corrected', () => {
    const twice = [...dueBy('2026-05-31'), until('2026-08-31'), until('2026-10-31')];
    expect(told(twice)).toMatchObject({ extensionDays: 153 });
    expect(told([...twice, correct(3, { to: '2026-07-31' })])).toEqual({
      deadline: '2026-10-31',
      extensions: 2,
      extensionDays: 153,
    });
  });

  test('are counted from the first deadline as it now reads', () => {
    const once = [...dueBy('2025-12-31'), until('2026-01-31')];
    expect(told(once)).toMatchObject({ extensionDays: 31 });
    expect(told([...once, correct(2, { deadline: '2026-01-15' })])).toMatchObject({ extensionDays: 16 });
    expect(told([...once, correct(2, { deadline: '2026-02-15' })])).toEqual({
      deadline: '2026-02-15',
      extensions: 1,
      extensionDays: 0,
    });
  });

  test('are none where the effective clock knows no deadline before', () => {
    const entries = eventsOf(record(ITEM, [...dueBy('2024-06'), until('2024-07-10')]));
    const extension = entries.filter(({ type }) => type === 'DeadlineExtended');
    expect(foldItemView(extension, CHINA)).toMatchObject({ extensions: 1, extensionDays: 0 });
  });

  test('law: in any order they lead from the first deadline to that in force', () => {
    let moved = 0;
    const days = fc.constantFrom('2023-06-01', '2024-01-31', '2024-03-04', '2024-06-30', '2025-02-01');
    fc.assert(
      fc.property(itemHistories, fc.option(days), (entries, day) => {
        const events = eventsOf(entries);
        const cut: Cut = day === null ? {} : { effectiveOn: on(day) as Day };
        const order = foldOrder(events, cut, CHINA) as readonly Resolved<ItemEvent>[];
        const assigned = order.filter((event) => event.type === 'OfficeAssigned');
        const first = assigned.find(({ data }) => data.deadline !== undefined)?.data.deadline;
        const { state, extensions, extensionDays } = foldItemView(events, CHINA, cut);
        const whole =
          extensions === 0 || first === undefined || state.deadline === undefined
            ? 0
            : daysBetween(lastDay(first), lastDay(state.deadline));
        moved += whole;
        expect(extensionDays).toBe(whole);
      }),
      { numRuns: 300 },
    );
    expect(moved).toBeGreaterThan(0);
  });
});

describe('an extension that was back-dated before an earlier one', () => {
  const wishes = [
    ...dueBy('2024-05-31'),
    until('2024-06-30', '2024-03-03'),
    until('2024-07-31', '2024-03-01'),
  ].map((wish, index) => (index < 2 ? { ...wish, occurredOn: '2024-02-01' } : wish));

  test('does not take the deadline back', () => {
    const then = (effectiveOn: string) => told(wishes, { effectiveOn: on(effectiveOn) as Day });
    expect(then('2024-02-29')).toEqual({ deadline: '2024-05-31', extensions: 0, extensionDays: 0 });
    expect(then('2024-03-02')).toEqual({ deadline: '2024-07-31', extensions: 1, extensionDays: 61 });
    expect(then('2024-03-04')).toEqual({ deadline: '2024-07-31', extensions: 2, extensionDays: 61 });
    expect(told(wishes)).toEqual(then('2024-03-04'));
  });
});

test('an extension that is dated before the assignment moves the deadline on both clocks', () => {
  const wishes = [
    { ...committee('IssueRaised'), occurredOn: '2024-01-10' },
    committee('OfficeAssigned', { lead: '财政办', deadline: '2024-03-31' }),
    until('2024-06-30', '2024-01-20'),
  ];
  const moved = { deadline: '2024-06-30', extensions: 1, extensionDays: 91 };
  expect(told(wishes)).toEqual(moved);
  expect(told(wishes, { effectiveOn: on('2024-03-04') as Day })).toEqual(moved);
});

describe('a correction of an extension', () => {
  const twice = [...dueBy('2025-12-31'), until('2026-01-31'), until('2026-03-31')];
  specify(ITEM, [
    {
      rule: 'leaves it later than the deadline that it extends',
      given: twice,
      when: correct(3, { to: '2026-01-01' }),
      gives: { deadline: '2026-03-31' },
    },
    {
      rule: 'may end a second one before what the first one had said',
      given: [...twice, correct(3, { to: '2026-01-10' })],
      when: correct(4, { to: '2026-01-20' }),
      gives: { deadline: '2026-01-20' },
    },
    {
      rule: 'does not end it before that deadline, as it was corrected since',
      given: [...dueBy('2025-12-31'), until('2026-01-31'), correct(2, { deadline: '2026-01-15' })],
      when: correct(3, { to: '2026-01-10' }),
      gives: 'extension-not-later',
    },
    {
      rule: 'does not end it on that deadline',
      given: [...dueBy('2025-12-31'), until('2026-01-31'), correct(2, { deadline: '2026-01-15' })],
      when: correct(3, { to: '2026-01-15' }),
      gives: 'extension-not-later',
    },
    {
      rule: 'ends a second one later than the first',
      given: twice,
      when: correct(4, { to: '2026-02' }),
      gives: { deadline: '2026-02' },
    },
    {
      rule: 'does not reach what extends it further',
      given: twice,
      when: correct(3, { to: '2026-04' }),
      gives: 'extension-not-later',
    },
    {
      rule: 'may be of its words where its deadline was corrected to a later one',
      given: [...twice, correct(2, { deadline: '2027' })],
      when: correct(3, { reason: '同意延期' }),
      gives: { deadline: '2027' },
    },
    {
      rule: 'may be of its day where its deadline was taken away',
      given: [...dueBy('2025-12-31'), until('2026-01-31'), correct(2, { deadline: null })],
      when: correct(3, { to: '2026-02-01' }),
      gives: { deadline: '2026-02-01' },
    },
    {
      rule: 'is no concern of a request for one',
      given: [
        ...dueBy('2025-12-31'),
        lead('ExtensionRequested', { to: '2026-02', reason: '难' }),
        until('2026-01-31'),
        correct(2, { deadline: '2027' }),
      ],
      when: correct(3, { to: '2026-03' }),
      gives: { deadline: '2027' },
    },
  ]);
});
