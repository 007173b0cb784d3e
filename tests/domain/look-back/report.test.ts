import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHINA, type Day, type Instant } from '../../../domain/dates.ts';
import type { EventType, LedgerEvent } from '../../../domain/events.ts';
import type { ItemId } from '../../../domain/ids.ts';
import type { AmendingEntry } from '../../../domain/look-back/amendments.ts';
import { flaggedBefore } from '../../../domain/look-back/draw.ts';
import type { CaseEvents } from '../../../domain/look-back/history.ts';
import { lookBackReports, withFlagsAgain } from '../../../domain/look-back/report.ts';
import { REPORT_NUMBERS } from '../../../domain/look-back/report-numbers.ts';
import { drawSample } from '../../../domain/look-back/sample.ts';
import { anItemId } from '../../kit/event-rows.ts';
import {
  aLookBack,
  CASE,
  CASE_STREAM,
  committee,
  eventsOf,
  HOUR,
  later,
  person,
  record,
  reviewer,
  START,
  type Wish,
} from '../kit.ts';

const id = (number: number): ItemId => anItemId(`000${number}`);
const LOOK_BACK = { lookBackSeq: 2 };
const around = { itemCount: 4, inspection: { lookBacks: [aLookBack(2)] } };
/** So many hours after the first entry of every stream. */
const hour = (hours: number): Instant => later(START, hours * HOUR);

/** Closed by its seventh entry, six hours after it was raised. */
const closedBy = (office: string): Wish[] => {
  const own = person('office', office, 'zhang');
  return [
    committee('IssueRaised', { title: `${office}的问题` }),
    committee('OfficeAssigned', { lead: office }),
    own('MeasureAdopted'),
    own('MeasureCompleted'),
    own('EvidenceAttached'),
    own('ClosureRequested'),
    committee('ItemClosed'),
  ];
};

const finding = (verdict: string, at: number, more: object = {}): Wish =>
  reviewer(
    'LookBackFindingRecorded',
    { ...LOOK_BACK, verdict, text: `现场${verdict}`, ...more },
    { at: hour(at) },
  );

const itemsWith = (...streams: readonly (readonly Wish[])[]) =>
  streams.map((wishes, index) => {
    const itemId = id(index + 1);
    return { itemId, events: eventsOf(record({ caseId: CASE, itemId }, wishes, around)) };
  });

const candidates = [
  { itemId: id(1), lead: '财政办', flagged: true },
  { itemId: id(2), lead: '财政办', flagged: false },
  { itemId: id(3), lead: '民政办', flagged: false },
];
const drawn = drawSample(CASE, candidates, { seed: '2026137', size: 2 });
const draw = (itemIds: readonly string[], more: object = { flagged: [id(1)] }) =>
  reviewer('SampleDrawn', { ...LOOK_BACK, seed: '2026137', itemIds, ...more }, { at: hour(10) });

const caseWith = (...wishes: readonly Wish[]): LedgerEvent[] =>
  eventsOf(
    record(
      CASE_STREAM,
      [committee('CaseOpened'), reviewer('LookBackOpened', { scope: '抽查销号' }), ...wishes],
      around,
    ),
  );

/** 0001 is found false after genuine, and reopened; 0003 was looked at unsampled or sampled; 0004 is open. */
const recorded: CaseEvents = {
  caseId: CASE,
  events: caseWith(
    draw([id(1), id(2)]),
    reviewer('LookBackConcluded', { ...LOOK_BACK, conclusion: '一个反弹' }, { at: hour(40) }),
  ),
  items: itemsWith(
    [
      ...closedBy('财政办'),
      finding('genuine', 20),
      reviewer(
        'EvidenceAttached',
        { name: '现场照片', mediaType: 'image/jpeg', bytes: 1, sha256: 'cd'.repeat(32) },
        { at: hour(21) },
      ),
      finding('false', 22, { evidenceIds: ['e9'] }),
      committee('ItemReopened', { reason: '现场false', ...LOOK_BACK }, { at: hour(23) }),
      committee('OfficeAssigned', { lead: '信访办' }, { at: hour(24) }),
    ],
    closedBy('财政办'),
    [...closedBy('民政办'), finding('partial', 25)],
    [committee('IssueRaised')],
  ),
};

const report = (streams: CaseEvents, cut: Parameters<typeof lookBackReports>[1] = {}) =>
  lookBackReports(streams, cut, CHINA)[0];

describe('the report of a look-back', () => {
  const whole = report(recorded);

  test('tells scope, who opened it, what was drawn, and how it ended', () => {
    expect(whole).toMatchObject({
      caseId: CASE,
      seq: 2,
      scope: '抽查销号',
      opened: { seq: 2, on: '2024-03-04', actor: { sub: 'zhou', office: '回头看一组' } },
      samples: [{ seq: 3, seed: '2026137', itemIds: ['0001', '0002'], flagged: ['0001'] }],
      conclusion: { seq: 4, text: '一个反弹' },
    });
  });

  test('the newest finding of an item counts, earlier ones stay listed, with their evidence', () => {
    const { findings = [] } = whole ?? {};
    expect(findings.map(({ itemId, seq, verdict, counts }) => [itemId, seq, verdict, counts])).toEqual([
      ['0001', 8, 'genuine', false],
      ['0001', 10, 'false', true],
      ['0003', 8, 'partial', true],
    ]);
    expect(findings[1]).toMatchObject({
      office: '财政办',
      text: '现场false',
      evidence: [
        {
          evidenceId: 'e9',
          name: '现场照片',
          sha256: 'cd'.repeat(32),
          standing: 'standing',
          endedBy: null,
          amendments: [],
        },
      ],
    });
  });

  test('the newest is the one recorded last, on the effective clock too, whatever day it is of', () => {
    const later = finding('genuine', 100);
    const last = { ...finding('false', 120), occurredOn: '2024-03-06' };
    const items = itemsWith([...closedBy('财政办'), later, last]);
    for (const cut of [{}, { effectiveOn: '2024-03-20' as Day }]) {
      const { items: checked, findings = [] } = report({ ...recorded, items }, cut) ?? {};
      expect(checked?.[0]?.finding).toEqual({ seq: 9, verdict: 'false' });
      expect(findings.filter(({ counts }) => counts).map(({ seq }) => seq)).toEqual([9]);
    }
  });

  test('every number names its items and the entries that it rests on', () => {
    const entry = (item: number, seq: number) => ({ itemId: id(item), seq });
    const sample = [{ itemId: null, seq: 3 }];
    expect(whole?.counts).toEqual({
      sampled: { count: 2, items: ['0001', '0002'], entries: sample },
      checked: { count: 2, items: ['0001', '0003'], entries: [entry(1, 10), entry(3, 8)] },
      genuine: { count: 0, items: [], entries: [] },
      partial: { count: 1, items: ['0003'], entries: [entry(3, 8)] },
      false: { count: 1, items: ['0001'], entries: [entry(1, 10)] },
      unchecked: { count: 1, items: ['0002'], entries: sample },
      unsampled: { count: 1, items: ['0003'], entries: [entry(3, 8)] },
      reopened: { count: 1, items: ['0001'], entries: [entry(1, 11)] },
    });
  });

  test('an item counts for the office that led it when it was drawn or found, whoever leads it since', () => {
    expect(
      whole?.byOffice.map(({ office, counts }) => [office, counts.sampled.count, counts.checked.count]),
    ).toEqual([
      ['民政办', 0, 1],
      ['财政办', 2, 1],
    ]);
    expect(whole?.items[0]).toEqual({
      itemId: '0001',
      title: '财政办的问题',
      office: '财政办',
      samples: [3],
      finding: { seq: 10, verdict: 'false' },
      reopened: [11],
    });
  });

  test('on the recorded clock it is as it was then, on the effective one as it was that day', () => {
    expect(report(recorded, { recordedAsOf: hour(21) })?.counts).toMatchObject({
      genuine: { count: 1 },
      unsampled: { count: 0 },
    });
    expect(report(recorded, { recordedAsOf: hour(21) })?.conclusion).toBeNull();
    expect(report(recorded, { effectiveOn: '2024-03-03' as Day })).toBeUndefined();
    expect(report(recorded, { effectiveOn: '2024-03-04' as Day })?.counts.checked.count).toBe(0);
  });
});

const amends = (type: EventType, data: object, at: number, more: object = {}): Wish => ({
  ...committee(type, { reason: `因${at}`, ...data }, { at: hour(at) }),
  ...more,
});
const photograph = reviewer(
  'EvidenceAttached',
  { name: '现场照片', mediaType: 'image/jpeg', bytes: 1, sha256: 'cd'.repeat(32) },
  { at: hour(21) },
);
const amended: CaseEvents = {
  caseId: CASE,
  events: caseWith(
    draw([id(1), id(4)], {}),
    amends('EntryCorrected', { target: 2, set: { scope: '抽查全部' } }, 30),
    reviewer('LookBackConcluded', { ...LOOK_BACK, conclusion: '都属实' }, { at: hour(40) }),
    amends('EntryCorrected', { target: 5, set: { conclusion: '两个不实' } }, 41),
    amends('EntryCorrected', { target: 3, occurredOn: '2024-03-05' }, 42),
  ),
  items: itemsWith(
    [
      ...closedBy('财政办'),
      { ...photograph, at: hour(18) },
      { ...photograph, at: hour(19) },
      photograph,
      finding('false', 22, { evidenceIds: ['e8', 'e9', 'e10'] }),
      amends('EntryCorrected', { target: 11, set: { text: '现场所见' } }, 23),
      amends('ItemReopened', LOOK_BACK, 24),
      amends('EvidenceWithdrawn', { evidenceId: 'e8' }, 25),
      amends('EntryVoided', { target: 9 }, 41),
      amends('EntryCorrected', { target: 11, set: { text: '现场未见' } }, 42),
    ],
    [
      ...closedBy('民政办'),
      finding('genuine', 25),
      amends('EntryCorrected', { target: 8, set: { text: '照片不清' } }, 26),
      amends('EntryVoided', { target: 8 }, 50),
      amends('TextErased', { target: 9, ground: '个人信息', approvedBy: 'sun' }, 51, {
        data: { target: 9, ground: '个人信息', approvedBy: 'sun' },
      }),
    ],
    closedBy('民政办'),
    [committee('IssueRaised')],
  ),
};

describe('what was changed since', () => {
  const whole = report(amended);
  const shortly = (entries: readonly AmendingEntry[] = []) =>
    entries.map(({ type, seq, reason, afterConclusion }) => [type, seq, reason, afterConclusion]);

  test('stands beneath scope, draw, finding and conclusion: which entry, who, when, why, and whether it was concluded', () => {
    expect(shortly(whole?.opened.amendments)).toEqual([['EntryCorrected', 4, '因30', false]]);
    expect(shortly(whole?.samples[0]?.amendments)).toEqual([['EntryCorrected', 7, '因42', true]]);
    expect(shortly(whole?.conclusion?.amendments)).toEqual([['EntryCorrected', 6, '因41', true]]);
    expect(shortly(whole?.findings[0]?.amendments)).toEqual([
      ['EntryCorrected', 12, '因23', false],
      ['EntryCorrected', 16, '因42', true],
    ]);
    expect(whole).toMatchObject({ scope: '抽查全部', conclusion: { text: '两个不实' } });
    expect(whole?.findings[0]).toMatchObject({
      text: '现场未见',
      recordedAt: hour(22),
      actor: { sub: 'zhou' },
      amendments: [{ actor: { office: '纪委监委', sub: 'chen' }, recordedAt: hour(23) }, {}],
    });
  });

  test('all evidence of a finding is named, with what became of it', () => {
    expect(
      whole?.findings[0]?.evidence.map((one) => [
        one.evidenceId,
        one.standing,
        shortly(one.endedBy === null ? [] : [one.endedBy]),
      ]),
    ).toEqual([
      ['e8', 'withdrawn', [['EvidenceWithdrawn', 14, '因25', false]]],
      ['e9', 'voided', [['EntryVoided', 15, '因41', true]]],
      ['e10', 'standing', []],
    ]);
    const then = report(amended, { recordedAsOf: hour(23) })?.findings[0]?.evidence;
    expect(then?.map(({ standing }) => standing)).toEqual(['standing', 'standing', 'standing']);
  });

  test('a voided finding stands in a list of its own, as it read, and counts for nothing', () => {
    expect(whole?.voidedFindings).toMatchObject([
      {
        itemId: '0002',
        seq: 8,
        office: '民政办',
        verdict: 'genuine',
        text: '照片不清',
        amendments: [{ seq: 9, reason: null }],
        voidedBy: { type: 'EntryVoided', seq: 10, reason: '因50', afterConclusion: true },
      },
    ]);
    expect(whole?.findings.map(({ itemId }) => itemId)).toEqual(['0001']);
    expect(whole?.items.map(({ itemId }) => itemId)).toEqual(['0001', '0004']);
    expect(whole?.counts.checked.count).toBe(1);
    const then = report(amended, { recordedAsOf: hour(49) });
    expect([then?.voidedFindings, then?.counts.checked.count]).toEqual([[], 2]);
  });

  test('what was drawn though it was not closed is named', () => {
    expect(whole?.samples[0]?.notClosed).toEqual(['0004']);
    expect(report(recorded)?.samples[0]?.notClosed).toEqual([]);
  });
});

describe('a draw is reproduced from the ledger as it stood', () => {
  const reproduced = (wish: Wish) => {
    const items = recorded.items;
    return report({ ...recorded, events: caseWith(wish), items })?.samples[0]?.reproduced;
  };

  test.each([
    ['by the method', draw(drawn), true],
    ['by the method, named in another order', draw([...drawn].reverse()), true],
    ['of other items', draw([id(4), id(3)]), false],
    // 0002 stands before 0001 in the line of this seed, which goes first for its flag alone.
    ['with other flags', draw(drawn, { flagged: [] }), false],
    ['by another method', draw(drawn, {}), null],
  ])('%s', (_, wish, expected) => {
    expect(reproduced(wish)).toBe(expected);
  });

  test('not from items that were closed later', () => {
    const late = draw(drawn);
    const early = { ...late, at: hour(5) };
    expect(reproduced(late)).toBe(true);
    expect(reproduced(early)).toBe(false);
  });
});

describe('what counted as flagged is computed again', () => {
  const recomputed = (wish: Wish, more: readonly Wish[] = []) => {
    const items = recorded.items.map((item, at) =>
      at === 0 ? itemsWith([...closedBy('财政办'), ...more]) : [item],
    );
    const streams = { ...recorded, events: caseWith(wish), items: items.flat() };
    const bare = report(streams);
    if (!bare) throw new Error('no report');
    return withFlagsAgain(bare, streams, CHINA, new Map()).samples[0]?.flaggedAsRecomputed;
  };
  const streams = { ...recorded, events: caseWith(draw(drawn)) };
  const truth = flaggedBefore(streams, hour(10), CHINA, []);

  test('there is something to flag', () => {
    expect(truth.length).toBeGreaterThan(0);
  });

  test.each([
    ['as the ledger flags', { flagged: truth }, true],
    ['in another order', { flagged: [...truth].reverse() }, true],
    ['one left out', { flagged: truth.slice(1) }, false],
    ['one made up', { flagged: [...truth, id(4)] }, false],
    ['not said', {}, null],
  ])('%s', (_, more, expected) => {
    expect(recomputed(draw(drawn, more))).toBe(expected);
  });

  test('what was flagged or dismissed since changes nothing', () => {
    const since = [committee('FlagDismissed', { rule: 'closed-in-bulk', reason: '已核' }, { at: hour(30) })];
    expect(recomputed(draw(drawn, { flagged: truth }), since)).toBe(true);
  });
});

describe('laws', () => {
  test('the report at an instant is the one without the later entries', () => {
    const streamsOf = ({ events, items }: CaseEvents) => [events, ...items.map((item) => item.events)].flat();
    const moments = [recorded, amended].flatMap((streams) =>
      [...new Set(streamsOf(streams).map(({ recordedAt }) => recordedAt))].map((at) => ({ streams, at })),
    );
    fc.assert(
      fc.property(fc.constantFrom(...moments), ({ streams, at }) => {
        const kept = (events: readonly LedgerEvent[]) => events.filter(({ recordedAt }) => recordedAt <= at);
        const only: CaseEvents = {
          ...streams,
          events: kept(streams.events),
          items: streams.items.map(({ itemId, events }) => ({ itemId, events: kept(events) })),
        };
        expect(lookBackReports(streams, { recordedAsOf: at }, CHINA)).toEqual(
          lookBackReports(only, {}, CHINA),
        );
      }),
    );
  });

  test('it is total on any part of the streams, and its numbers add up', () => {
    const part = (events: readonly LedgerEvent[]) => fc.subarray([...events]);
    const parts = (whole: CaseEvents) =>
      fc.tuple(part(whole.events), fc.tuple(...whole.items.map(({ events }) => part(events))));
    fc.assert(
      fc.property(fc.oneof(parts(recorded), parts(amended)), ([events, items]) => {
        const streams = {
          ...recorded,
          events,
          items: recorded.items.map(({ itemId }, at) => ({ itemId, events: items[at] ?? [] })),
        };
        for (const { counts, byOffice } of lookBackReports(streams, {}, CHINA)) {
          expect(counts.genuine.count + counts.partial.count + counts.false.count).toBe(counts.checked.count);
          expect(counts.sampled.count - counts.unchecked.count).toBe(
            counts.checked.count - counts.unsampled.count,
          );
          for (const name of REPORT_NUMBERS) {
            expect(counts[name].count).toBe(counts[name].items.length);
            expect(byOffice.reduce((sum, office) => sum + office.counts[name].count, 0)).toBe(
              counts[name].count,
            );
            expect(counts[name].entries.length > 0).toBe(counts[name].count > 0);
          }
        }
      }),
    );
  });
});
