import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHINA, type Day, daysAfter, instantOf, type PartialDate } from '../../../domain/dates.ts';
import { type ItemId, mintItemId } from '../../../domain/ids.ts';
import {
  deadlinesOn,
  silentSince,
  USUAL_SCOPE,
  type WatchedItem,
} from '../../../domain/inspection/deadlines.ts';
import { dueOn } from '../../../domain/inspection/tally.ts';
import { STATUSES } from '../../../domain/item/state.ts';

const TODAY = '2026-03-02' as Day;
/** 23:00 UTC: in China the day after. */
const lateOn = (date: string) => instantOf(Date.parse(`${date}T23:00:00Z`));
const moved = (on: string, recorded = on) => ({ seq: 1, on: on as Day, recordedAt: lateOn(recorded) });

const item = (n: number, over: Partial<WatchedItem> = {}): WatchedItem => ({
  itemId: mintItemId(n) as ItemId,
  title: `问题${n}`,
  status: 'rectifying',
  lead: '财政办',
  deadline: null,
  lastActivity: moved('2026-03-01'),
  ...over,
});
const due = (n: number, deadline: string, over: Partial<WatchedItem> = {}) =>
  item(n, { deadline: deadline as PartialDate, ...over });

const on = (items: readonly WatchedItem[], scope = USUAL_SCOPE, cut: { effectiveOn?: Day } = {}) =>
  deadlinesOn(items, TODAY, scope, silentSince(cut, CHINA));
const days = (list: readonly { readonly itemId: ItemId; readonly days: number }[] = []) =>
  list.map(({ itemId, days: count }) => [itemId, count]);

describe('deadlines', () => {
  test('are over from the day after, the longest first; the day itself is the last on which they are due', () => {
    const [office] = on([
      due(1, '2026-03-01'),
      due(2, '2026-03-02'),
      due(3, '2026-03-12'),
      due(4, '2026-03-13'),
      due(5, '2025-12-02'),
      due(6, '2026-03-01'),
      due(7, '2026-03-02'),
    ]);
    expect(days(office?.overdue)).toEqual([
      ['0005', 90],
      ['0001', 1],
      ['0006', 1],
    ]);
    expect(days(office?.due)).toEqual([
      ['0002', 0],
      ['0007', 0],
      ['0003', 10],
    ]);
    expect(office?.silent).toEqual([]);
  });

  test('as precise as a month or a year end with its last day', () => {
    const [office] = on([due(1, '2026-02'), due(2, '2026-03'), due(3, '2025'), due(4, '2026')], {
      withinDays: 29,
      silentDays: 30,
    });
    expect(days(office?.overdue)).toEqual([
      ['0003', 61],
      ['0001', 2],
    ]);
    expect(days(office?.due)).toEqual([['0002', 29]]);
  });

  test('of what is closed, withdrawn or not raised yet are nobody’s concern', () => {
    const old = { deadline: '2020' as PartialDate, lastActivity: moved('2020-01-01') };
    expect(on([item(1, { ...old, status: 'closed' }), item(2, { ...old, status: 'withdrawn' })])).toEqual([]);
    expect(on([item(3, { ...old, status: null })])).toEqual([]);
  });

  test('are told by lead office, nobody’s last, and an office with none is left out', () => {
    const offices = on([
      due(1, '2026-03-03', { lead: null }),
      due(2, '2026-03-03', { lead: '民政办' }),
      due(3, '2027'),
      due(4, '2026-03-03', { lead: '城建办' }),
    ]);
    expect(offices.map(({ office }) => office)).toEqual(['城建办', '民政办', null]);
  });
});

describe('silence', () => {
  test('is more than so many days since the newest sign; what is overdue may be silent as well', () => {
    const scope = { withinDays: 10, silentDays: 30 };
    const [office] = on(
      [
        item(1, { lastActivity: moved('2026-01-29') }),
        item(2, { lastActivity: moved('2026-01-30') }),
        due(3, '2026-03-01', { lastActivity: moved('2025-03-01') }),
        item(4, { lastActivity: null }),
      ],
      scope,
    );
    // 23:00 UTC of the 29th is the 30th in China: 31 days.
    expect(office?.silent).toEqual([
      { itemId: '0003', title: '问题3', since: '2025-03-02', days: 365 },
      { itemId: '0001', title: '问题1', since: '2026-01-30', days: 31 },
    ]);
    expect(days(office?.overdue)).toEqual([['0003', 1]]);
  });

  test('counts from the recording, on the effective clock from the day on which the sign counts', () => {
    const backDated = item(1, { lastActivity: moved('2025-12-01', '2026-02-20') });
    expect(on([backDated])).toEqual([]);
    expect(on([backDated], USUAL_SCOPE, { effectiveOn: TODAY })).toMatchObject([
      { silent: [{ since: '2025-12-01', days: 91 }] },
    ]);
  });
});

const offsets = fc.integer({ min: -400, max: 400 });
const items = fc.array(
  fc.record({
    status: fc.constantFrom(...STATUSES, null),
    lead: fc.constantFrom('甲办', '乙办', null),
    deadline: fc.option(fc.tuple(offsets, fc.constantFrom(4, 7, 10))),
    quiet: fc.option(fc.integer({ min: 0, max: 400 })),
  }),
);

test('law: every open item stands where its days put it, once, under its own office, and no other stands anywhere', () => {
  fc.assert(
    fc.property(items, fc.nat(400), fc.nat(400), (drawn, withinDays, silentDays) => {
      const all = drawn.map(({ status, lead, deadline, quiet }, at) =>
        item(at + 1, {
          status,
          lead,
          deadline: deadline && (daysAfter(TODAY, deadline[0]).slice(0, deadline[1]) as PartialDate),
          lastActivity: quiet === null ? null : moved(daysAfter(TODAY, -quiet - 1)),
        }),
      );
      const told = on(all, { withinDays, silentDays });
      const where = (list: 'overdue' | 'due' | 'silent') =>
        told.flatMap((one) => one[list].map(({ itemId }) => `${one.office} ${itemId}`)).sort();
      const open = all.filter(({ status }) => status !== null && !['closed', 'withdrawn'].includes(status));
      const name = ({ lead, itemId }: WatchedItem) => `${lead} ${itemId}`;
      const overdue = open.filter(({ deadline }) => dueOn(deadline, TODAY) === 'overdue');
      expect(where('overdue')).toEqual(overdue.map(name).sort());
      const soon = deadlinesOn(all, daysAfter(TODAY, withinDays + 1), USUAL_SCOPE, () => TODAY);
      const overThen = soon.flatMap((one) => one.overdue.map(({ itemId }) => `${one.office} ${itemId}`));
      expect([...where('overdue'), ...where('due')].sort()).toEqual(overThen.sort());
      const silent = open.filter(
        (_, at) => (drawn[all.indexOf(open[at] as WatchedItem)]?.quiet ?? -1) > silentDays,
      );
      expect(where('silent')).toEqual(silent.map(name).sort());
      for (const { overdue: over, due: next, silent: quiet } of told) {
        expect(over.length + next.length + quiet.length).toBeGreaterThan(0);
        expect(over.map((one) => -one.days)).toEqual(over.map((one) => -one.days).sort((a, b) => a - b));
        expect(next.map((one) => one.days)).toEqual(next.map((one) => one.days).sort((a, b) => a - b));
        expect(quiet.map((one) => -one.days)).toEqual(quiet.map((one) => -one.days).sort((a, b) => a - b));
      }
    }),
  );
});
