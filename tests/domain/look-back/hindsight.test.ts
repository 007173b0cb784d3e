import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHINA, type Day, dayOf, epochMs, type Instant, instantOf } from '../../../domain/dates.ts';
import type { LedgerEvent } from '../../../domain/events.ts';
import type { ItemId } from '../../../domain/ids.ts';
import {
  caseDifference,
  itemDifference,
  type Moment,
  pictureTotals,
  twoCasePictures,
  twoItemPictures,
} from '../../../domain/look-back/hindsight.ts';
import { entryRule } from '../../../domain/payload.ts';
import { isRefusal } from '../../../domain/refusals.ts';
import { foldCaseView, foldItemView, foldOrder, recordedBy } from '../../../domain/replay.ts';
import { caseHistories, itemHistories } from '../histories.ts';
import {
  attempt,
  CASE,
  CASE_STREAM,
  closed,
  committee,
  completed,
  eventsOf,
  HOUR,
  ITEM,
  later,
  lead,
  on,
  record,
  rectifying,
  START,
  type Wish,
} from '../kit.ts';

const ID = { caseId: CASE, itemId: ITEM.itemId as ItemId };
const TODAY = dayOf(START, CHINA);

/** How the pictures of an item differ after `before` and after all. */
function learned(before: readonly Wish[], after: readonly Wish[], effectiveOn: Day = TODAY) {
  const events = eventsOf(record(ITEM, [...before, ...after]));
  const believedAsOf = events[before.length - 1]?.recordedAt ?? START;
  return itemDifference(ID, twoItemPictures(events, { believedAsOf, effectiveOn }, CHINA), effectiveOn);
}

describe('what was believed of an item, and what is known', () => {
  test('a measure recorded later that took place before the moment is named as back-dated', () => {
    const found = learned(rectifying, [
      lead('MeasureAdopted', { text: '补记' }, { occurredOn: '2024-02-01' }),
    ]);
    expect(found).toMatchObject({
      itemId: '0001',
      title: '公务接待超标准',
      entries: [
        { seq: 4, type: 'MeasureAdopted', kind: 'back-dated', target: null, occurredOn: '2024-02-01' },
      ],
    });
    expect(found?.changes).toContainEqual({ field: 'measures/m4/text', before: null, after: '补记' });
  });

  test('what took place after the day is no difference, and no entry of one', () => {
    expect(
      learned(rectifying, [lead('MeasureCompleted', undefined, { at: '2024-03-05T01:00:00.000Z' })]),
    ).toBe(undefined);
  });

  test('a correction of what counted is named with its target, whenever it was made', () => {
    const at = '2024-05-05T01:00:00.000Z';
    const found = learned(rectifying, [committee('EntryCorrected', undefined, { at })]);
    const said = { before: '修订公务接待办法', after: '修订并印发公务接待办法' };
    expect(found?.changes).toEqual([
      { field: 'entries/3/text', ...said },
      { field: 'measures/m3/text', ...said },
    ]);
    expect(found?.entries).toMatchObject([{ seq: 4, kind: 'corrected', target: 3 }]);
  });

  test('an entry whose date was moved beyond the day is known not to have been true', () => {
    const given = [...rectifying, lead('MeasureCompleted', undefined, { occurredOn: '2024-03-01' })];
    const data = { target: 4, occurredOn: '2024-03-05', reason: '日期有误' };
    const at = '2024-03-06T01:00:00.000Z';
    const found = learned(given, [committee('EntryCorrected', data, { at })]);
    expect(found?.changes).toContainEqual({
      field: 'measures/m3/status',
      before: 'completed',
      after: 'adopted',
    });
    expect(found?.entries).toMatchObject([{ seq: 5, kind: 'corrected', target: 4 }]);
  });

  test('a correction of an entry that counts only later is not named', () => {
    const at = (hours: number) => later('2024-03-07T01:00:00.000Z' as Instant, hours * HOUR);
    const found = learned(rectifying, [
      lead('MeasureAdopted', { text: '后来' }, { at: at(0) }),
      committee('EntryCorrected', { target: 4, set: { text: '后来的' }, reason: '笔误' }, { at: at(1) }),
      committee('EntryCorrected', undefined, { at: at(2) }),
    ]);
    expect(found?.entries.map(({ seq }) => seq)).toEqual([6]);
  });

  test('an entry voided later was believed', () => {
    const given = [...completed, lead('ProgressReported', { text: '误记' })];
    const found = learned(given, [committee('EntryVoided', { target: 6, reason: '误记' })]);
    expect(found?.changes).toEqual([{ field: 'progressReports', before: 1, after: 0 }]);
    expect(found?.entries).toMatchObject([{ seq: 7, kind: 'corrected', target: 6 }]);
  });

  test('what counts from the very day of the moment is back-dated, and from the day after is new', () => {
    const kinds = ['2024-03-04', '2024-03-05'].map((occurredOn) => {
      const at = '2024-03-06T01:00:00.000Z';
      const report = lead('ProgressReported', undefined, { occurredOn, at });
      return learned(rectifying, [report], on('2024-03-05') as Day)?.entries.map(({ kind }) => kind);
    });
    expect(kinds).toEqual([['back-dated'], ['new']]);
  });

  test('voided evidence changes what its withdrawal takes back, though it counts only after the day', () => {
    const given = [
      ...rectifying,
      lead('MeasureCompleted'),
      lead('EvidenceAttached', undefined, { at: '2024-03-06T01:00:00.000Z' }),
      lead('EvidenceWithdrawn', undefined, { occurredOn: '2024-03-04' }),
    ];
    const found = learned(given, [committee('EntryVoided', { target: 5, reason: '误录' })]);
    expect(found?.changes).toEqual([{ field: 'measures/m3/evidence', before: -1, after: 0 }]);
    expect(found?.entries).toMatchObject([{ seq: 7, kind: 'corrected', target: 5 }]);
  });

  test.each([
    ['the date of a closure', 7, { occurredOn: '2024-03-04' }, 'occurredOn', null, '2024-03-04'],
    ['the date of an issue', 1, { occurredOn: '2024-01-02' }, 'occurredOn', null, '2024-01-02'],
    ['an opinion', 7, { set: { opinion: '同意，已核' } }, 'opinion', '同意销号', '同意，已核'],
    ['a statement', 6, { set: { statement: '申请' } }, 'statement', '整改完成，申请销号', '申请'],
  ])('a correction of %s is named, though no picture shows it', (_, target, change, name, before, after) => {
    const found = learned(closed, [committee('EntryCorrected', { target, reason: '更正', ...change })]);
    expect(found?.changes[0]).toEqual({ field: `entries/${target}/${name}`, before, after });
    expect(found?.entries).toMatchObject([{ seq: 8, kind: 'corrected', target }]);
  });

  test('several corrections are told as one change, and what was put back is told by its entries', () => {
    const set = (text: string) => committee('EntryCorrected', { target: 4, set: { text }, reason: '更正' });
    const given = [...rectifying, lead('ProgressReported', { text: '一' })];
    expect(learned(given, [set('二'), set('三')])?.changes).toEqual([
      { field: 'entries/4/text', before: '一', after: '三' },
    ]);
    const back = learned(given, [set('二'), set('一')]);
    expect([back?.changes, back?.entries.map(({ seq }) => seq)]).toEqual([[], [5, 6]]);
  });

  test.each(['EntryVoided', 'TextErased'] as const)(
    '%s is named where no picture shows the entry',
    (type) => {
      const terms = { lead: '财政办', term: 'time-bound', deadline: '2024-06-30' };
      const given = [
        committee('IssueRaised'),
        committee('OfficeAssigned', terms),
        lead('ExtensionRequested'),
      ];
      const more = type === 'EntryVoided' ? { reason: '误' } : { ground: '个人信息', approvedBy: 'sun' };
      const found = learned(given, [committee(type, { target: 3, ...more })]);
      expect(found).toMatchObject({ changes: [], entries: [{ seq: 4, kind: 'corrected', target: 3 }] });
    },
  );

  test('what was not known by the second cut either is no difference', () => {
    const events = eventsOf(
      record(ITEM, [...rectifying, lead('MeasureCompleted'), lead('EvidenceAttached')]),
    );
    const [believedAsOf, recordedAsOf] = [events[2]?.recordedAt ?? START, events[3]?.recordedAt];
    const { known, entries } = twoItemPictures(
      events,
      { believedAsOf, effectiveOn: TODAY, recordedAsOf },
      CHINA,
    );
    expect(known).toEqual(foldItemView(events.slice(0, 4), CHINA, { effectiveOn: TODAY }));
    expect(entries.map(({ seq, kind }) => [seq, kind])).toEqual([[4, 'new']]);
  });
});

test('the sums of a case: what it had said of sanctions and funds, and what is known', () => {
  const wishes = [
    committee('CaseOpened', undefined, { occurredOn: '2023-11-20' }),
    committee('AccountabilityRecorded', { kind: 'admonition', persons: 2 }, { occurredOn: '2024-01-10' }),
    committee('FundsRecovered', { amountFen: 100 }, { occurredOn: '2024-01-11' }),
    committee('NoticePublished', { asOf: '2024-03-01', sha256: 'ab'.repeat(32) }),
    committee('FundsRecovered', { amountFen: 50 }, { occurredOn: '2024-01-12' }),
    committee('EntryCorrected', { target: 2, set: { persons: 3 }, reason: '漏计' }),
  ];
  const events = eventsOf(record(CASE_STREAM, wishes));
  const effectiveOn = on('2024-03-01') as Day;
  const pictures = twoCasePictures(
    events,
    { believedAsOf: events[3]?.recordedAt ?? START, effectiveOn },
    CHINA,
  );
  expect(pictureTotals(pictures.believed, [], effectiveOn)).toMatchObject({
    accountability: [{ kind: 'admonition', persons: 2 }],
    fundsFen: 100,
    counts: { items: 0 },
  });
  expect(pictureTotals(pictures.known, [], effectiveOn)).toMatchObject({
    accountability: [{ kind: 'admonition', persons: 3 }],
    fundsFen: 150,
  });
  const difference = caseDifference(CASE, pictures, effectiveOn);
  expect(difference?.changes.map(({ field }) => field)).toEqual([
    'entries/2/persons',
    'accountability',
    'fundsFen',
  ]);
  expect(difference?.entries.map(({ seq, kind }) => [seq, kind])).toEqual([
    [5, 'back-dated'],
    [6, 'corrected'],
  ]);
});

test('the words of an institution are named, though only their number is counted', () => {
  const wishes = [
    committee('CaseOpened', undefined, { occurredOn: '2023-11-20' }),
    committee('InstitutionRecorded', { title: '接待办法', documentNo: '青发〔2024〕1号' }),
    committee('EntryCorrected', {
      target: 2,
      set: { title: '公务接待办法', documentNo: '青发〔2024〕2号' },
      reason: '更正',
    }),
  ];
  const events = eventsOf(record(CASE_STREAM, wishes));
  const believedAsOf = events[1]?.recordedAt ?? START;
  const moment = { believedAsOf, effectiveOn: TODAY };
  expect(caseDifference(CASE, twoCasePictures(events, moment, CHINA), TODAY)).toMatchObject({
    changes: [
      { field: 'entries/2/documentNo', before: '青发〔2024〕1号', after: '青发〔2024〕2号' },
      { field: 'entries/2/title', before: '接待办法', after: '公务接待办法' },
    ],
    entries: [{ seq: 3, kind: 'corrected', target: 2 }],
  });
});

describe('laws', () => {
  const aDay = fc
    .integer({ min: Date.UTC(2023, 9, 1), max: Date.UTC(2024, 6, 1) })
    .map((ms) => new Date(ms).toISOString().slice(0, 10) as Day);
  /** A history, an instant within it, a later cut and a day. */
  const looks = fc
    .tuple(fc.oneof(itemHistories, caseHistories), fc.nat(), fc.nat(), aDay)
    .map(([entries, first, second, effectiveOn]) => {
      const events = eventsOf(entries);
      const at = first % events.length;
      const until = at + (second % (events.length - at));
      const believedAsOf = events[at]?.recordedAt ?? START;
      return { events, moment: { believedAsOf, effectiveOn, recordedAsOf: events[until]?.recordedAt } };
    });
  const isItem = (events: readonly LedgerEvent[]) => events[0]?.itemId !== undefined;
  const view = (events: readonly LedgerEvent[], effectiveOn: Day) =>
    isItem(events)
      ? foldItemView(events, CHINA, { effectiveOn })
      : foldCaseView(events, CHINA, { effectiveOn });
  const two = (events: readonly LedgerEvent[], moment: Moment) =>
    isItem(events) ? twoItemPictures(events, moment, CHINA) : twoCasePictures(events, moment, CHINA);
  const difference = (events: readonly LedgerEvent[], moment: Moment) =>
    isItem(events)
      ? itemDifference(ID, twoItemPictures(events, moment, CHINA), moment.effectiveOn)
      : caseDifference(CASE, twoCasePictures(events, moment, CHINA), moment.effectiveOn);
  const RUNS = { numRuns: 400 };

  test('believed is what a reader got then, known what a reader gets at the later cut', () => {
    fc.assert(
      fc.property(looks, ({ events, moment }) => {
        const { believedAsOf, effectiveOn, recordedAsOf } = moment;
        const { believed, known } = two(events, moment);
        expect(believed).toEqual(view(recordedBy(events, { recordedAsOf: believedAsOf }), effectiveOn));
        expect(known).toEqual(view(recordedBy(events, { recordedAsOf }), effectiveOn));
      }),
      RUNS,
    );
  });

  test('what came after the later cut changes nothing', () => {
    fc.assert(
      fc.property(looks, ({ events, moment }) => {
        const kept = recordedBy(events, { recordedAsOf: moment.recordedAsOf });
        expect(difference(events, moment)).toEqual(difference(kept, moment));
      }),
      RUNS,
    );
  });

  test('where nothing was recorded in between, nothing differs', () => {
    fc.assert(
      fc.property(looks, fc.nat(), ({ events, moment }, wait) => {
        const next = events.find((event) => event.recordedAt > moment.believedAsOf)?.recordedAt;
        const room = next === undefined ? HOUR : epochMs(next) - epochMs(moment.believedAsOf);
        const recordedAsOf = instantOf(epochMs(moment.believedAsOf) + (wait % room));
        const { believed, known, entries } = two(events, { ...moment, recordedAsOf });
        expect([known, entries]).toEqual([believed, []]);
      }),
      RUNS,
    );
  });

  test('pictures that differ name an entry, each recorded after the moment and by the later cut', () => {
    let differing = 0;
    fc.assert(
      fc.property(looks, ({ events, moment }) => {
        const { believed, known, entries } = two(events, moment);
        const found = difference(events, moment);
        if (found) differing += 1;
        if (JSON.stringify(known) !== JSON.stringify(believed)) expect(entries.length).toBeGreaterThan(0);
        for (const entry of entries) {
          expect(entry.recordedAt > moment.believedAsOf).toBe(true);
          expect(entry.recordedAt <= (moment.recordedAsOf ?? '')).toBe(true);
        }
      }),
      RUNS,
    );
    expect(differing).toBeGreaterThan(20);
  });

  /** Something for a field of each kind; the decider takes what suits. */
  const VALUES = [
    '改',
    '2024-02-02',
    '2025-06-30',
    2,
    true,
    null,
    ['信访办'],
    'time-bound',
    'basically-completed',
    'application/zip',
    { concentratedMonths: 7 },
    { from: '2023-08', to: '2023-09' },
    'warning',
  ];

  test('a correction of any field of any entry that counts by the day is named', () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(fc.oneof(itemHistories, caseHistories), aDay, (history, effectiveOn) => {
        const events = eventsOf(history);
        const stream = isItem(events) ? ITEM : CASE_STREAM;
        const believedAsOf = events.at(-1)?.recordedAt ?? START;
        for (const event of foldOrder(events, { effectiveOn }, CHINA)) {
          const rule = entryRule(isItem(events) ? 'item' : 'case', event.type);
          const fields = Object.entries({ ...rule?.data, ...rule?.text }).filter(([, field]) => !field.fixed);
          const wanted = fields.map(([name]) => ({
            name,
            tries: VALUES.map((value) => ({ set: { [name]: value } })),
          }));
          const dated = {
            name: 'occurredOn',
            tries: ['2023-11-05', '2024'].map((occurredOn) => ({ occurredOn })),
          };
          for (const { name, tries } of [...wanted, dated]) {
            for (const change of tries) {
              const data = { target: event.seq, reason: '更正', ...change };
              const corrected = attempt(stream, history, committee('EntryCorrected', data));
              if (isRefusal(corrected)) continue;
              reached.add(`${event.type}.${name}`);
              const found = difference([...events, corrected.event], { believedAsOf, effectiveOn });
              expect(found?.entries).toMatchObject([{ seq: corrected.event.seq, target: event.seq }]);
              expect(found?.changes.map(({ field }) => field)).toContain(`entries/${event.seq}/${name}`);
              break;
            }
          }
        }
      }),
      { numRuns: 60 },
    );
    expect(reached.size).toBeGreaterThan(20);
  });

  test('without the entries that it names, and with all others, both pictures are one', () => {
    fc.assert(
      fc.property(looks, ({ events, moment }) => {
        const named = new Set(two(events, moment).entries.map(({ seq }) => seq));
        const others = events.filter(({ seq }) => !named.has(seq));
        expect(difference(others, moment)).toBe(undefined);
      }),
      RUNS,
    );
  });
});
