import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { auditTrail } from '../../domain/audit.ts';
import { canonical, type Json } from '../../domain/canonical.ts';
import { CASE_FOLD, ITEM_FOLD, packCase, packItem, unpackCase, unpackItem } from '../../domain/carried.ts';
import type { Cut } from '../../domain/cut.ts';
import {
  CHINA,
  type Day,
  dayOf,
  endOfDay,
  epochMs,
  type Instant,
  instantOf,
  lastDay,
  type PartialDate,
} from '../../domain/dates.ts';
import type { DecodedEntry } from '../../domain/decode.ts';
import { type Change, diffStream } from '../../domain/diff.ts';
import type { CaseEvent, ItemEvent, KnownEvent, LedgerEvent } from '../../domain/events.ts';
import { fieldChanges } from '../../domain/field-changes.ts';
import { GENESIS } from '../../domain/hashing.ts';
import type { ItemId } from '../../domain/ids.ts';
import { evolveCase } from '../../domain/inspection/evolve.ts';
import { initialCase } from '../../domain/inspection/state.ts';
import { tally } from '../../domain/inspection/tally.ts';
import { evolveCaseView, initialCaseView, presentCase } from '../../domain/inspection/view.ts';
import { evolveItem } from '../../domain/item/evolve.ts';
import { EMPTY_HEAD, isOverdue, presentItem } from '../../domain/item/present.ts';
import { initialItem } from '../../domain/item/state.ts';
import { evolveItemView, initialItemView } from '../../domain/item/view.ts';
import { NO_COMMANDS, remember } from '../../domain/recent-commands.ts';
import {
  foldCase,
  foldCaseView,
  foldItem,
  foldItemView,
  laterEntries,
  recordedBy,
} from '../../domain/replay.ts';
import { type Resolved, rereadsHistory, resolveOne } from '../../domain/resolve.ts';
import { caseHistories, itemHistories } from './histories.ts';
import {
  CASE,
  CASE_STREAM,
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
} from './kit.ts';

const RUNS = { numRuns: 60 };
const itemEvents = itemHistories.map(eventsOf);
const caseEvents = caseHistories.map(eventsOf);
const anyEvents = fc.oneof(itemEvents, caseEvents);
const aDay = fc
  .date({ min: new Date('2022-11-01'), max: new Date('2025-02-01'), noInvalidDate: true })
  .map((date) => on(date.toISOString().slice(0, 10)) as Day);

test('random histories reach what they are for', () => {
  const seen = new Set<string>();
  const statuses = new Set<string | undefined>();
  for (const events of fc.sample(anyEvents, { numRuns: 200, seed: 7 })) {
    for (const event of events) seen.add(event.type);
    if (events[0]?.itemId) statuses.add(foldItem(events, CHINA).status);
  }
  expect([...seen].sort()).toEqual(
    expect.arrayContaining([
      'ItemClosed',
      'ItemReopened',
      'EvidenceWithdrawn',
      'EntryVoided',
      'EntryCorrected',
      'TextErased',
      'DeadlineExtended',
      'ClosureReturned',
      'PlanAccepted',
      'LookBackConcluded',
    ]),
  );
  expect(statuses.size).toBeGreaterThanOrEqual(5);
});

describe('law 3: state is the fold of the events in seq order, by any path', () => {
  test('carried from row to row, through its packed form, an item is what a direct fold gives', () => {
    fc.assert(
      fc.property(itemHistories, (entries) => {
        let carried = { state: initialItem, recent: NO_COMMANDS };
        entries.forEach(({ event, header }, index) => {
          const prefix = eventsOf(entries.slice(0, index + 1));
          const state = rereadsHistory(event.type)
            ? foldItem(prefix, CHINA)
            : evolveItem(carried.state, resolveOne(event as KnownEvent, CHINA) as Resolved<ItemEvent>);
          const recent = remember(carried.recent, header.commandId, header.actor, header.recordedAt);
          const packed = packItem({ state, recent });
          const unpacked = unpackItem(packed);
          expect(unpacked).toEqual({ state: foldItem(prefix, CHINA), recent });
          expect(packItem(unpacked ?? carried)).toBe(packed);
          carried = unpacked ?? carried;
        });
      }),
      RUNS,
    );
  });

  test('and so is a case', () => {
    fc.assert(
      fc.property(caseHistories, (entries) => {
        let carried = { state: initialCase, recent: NO_COMMANDS };
        entries.forEach(({ event, header }, index) => {
          const prefix = eventsOf(entries.slice(0, index + 1));
          const state = rereadsHistory(event.type)
            ? foldCase(prefix, CHINA)
            : evolveCase(carried.state, resolveOne(event as KnownEvent, CHINA) as Resolved<CaseEvent>);
          const recent = remember(carried.recent, header.commandId, header.actor, header.recordedAt);
          const unpacked = unpackCase(packCase({ state, recent }));
          expect(unpacked).toEqual({ state: foldCase(prefix, CHINA), recent });
          carried = unpacked ?? carried;
        });
      }),
      RUNS,
    );
  });

  test('a view carried on event by event is what a refold gives, and rests on the same state', () => {
    fc.assert(
      fc.property(itemEvents, (events) => {
        let view = initialItemView;
        events.forEach((event, index) => {
          const prefix = events.slice(0, index + 1);
          view =
            rereadsHistory(event.type) || event.type === 'TextErased'
              ? foldItemView(prefix, CHINA)
              : evolveItemView(view, resolveOne(event as KnownEvent, CHINA) as Resolved<ItemEvent>);
          expect(view).toEqual(foldItemView(prefix, CHINA));
          expect(view.state).toEqual(foldItem(prefix, CHINA));
        });
      }),
      RUNS,
    );
  });

  test('replayed as of now it is the same', () => {
    fc.assert(
      fc.property(itemEvents, (events) => {
        const now = { recordedAsOf: later(events.at(-1)?.recordedAt ?? START, 0) };
        expect(foldItemView(events, CHINA, now)).toEqual(foldItemView(events, CHINA));
        expect(laterEntries(events, now)).toBe(0);
      }),
      RUNS,
    );
  });

  test('a state carried by another fold is ignored', () => {
    const packed = JSON.parse(packItem({ state: initialItem, recent: NO_COMMANDS })) as unknown[];
    expect(unpackItem(JSON.stringify(packed.with(0, ITEM_FOLD + 1)))).toBeUndefined();
    expect([
      unpackItem(undefined),
      unpackItem(''),
      unpackItem('{}'),
      unpackCase('[1'),
      unpackCase(`[${CASE_FOLD},[],1]`),
      // The first release's, whose look-backs had no day, and the same under today's number.
      unpackCase('[1,[],1,0,0,[2],{}]'),
      unpackCase(`[${CASE_FOLD},[],1,0,0,[2],{}]`),
    ]).toEqual(Array.from({ length: 7 }, () => undefined));
  });
});

describe('law 4: what a recorded cut says does not change', () => {
  /** A history, how much of it stood then, and an instant from then, before the next entry. */
  const thens = (histories: fc.Arbitrary<DecodedEntry[]>) =>
    fc.tuple(histories, fc.nat(), fc.nat()).map(([entries, length, wait]) => {
      const count = 1 + (length % entries.length);
      const last = epochMs(entries[count - 1]?.header.recordedAt ?? START);
      const next = entries[count]?.header.recordedAt;
      const room = next === undefined ? HOUR : epochMs(next) - last;
      return {
        now: eventsOf(entries),
        earlier: eventsOf(entries.slice(0, count)),
        at: instantOf(last + (wait % room)),
      };
    });

  test('an item, its audit trail and its picture on both clocks', () => {
    fc.assert(
      fc.property(thens(itemHistories), aDay, ({ now, earlier, at }, effectiveOn) => {
        const cut: Cut = { recordedAsOf: at };
        expect(recordedBy(now, cut)).toEqual(earlier);
        expect(foldItemView(now, CHINA, cut)).toEqual(foldItemView(earlier, CHINA));
        expect(foldItemView(now, CHINA, { ...cut, effectiveOn })).toEqual(
          foldItemView(earlier, CHINA, { effectiveOn }),
        );
        expect(auditTrail(now, CHINA).slice(0, earlier.length)).toEqual(auditTrail(earlier, CHINA));
        expect(laterEntries(now, cut)).toBe(now.length - earlier.length);
      }),
      RUNS,
    );
  });

  test('a case', () => {
    fc.assert(
      fc.property(thens(caseHistories), aDay, ({ now, earlier, at }, effectiveOn) => {
        expect(foldCaseView(now, CHINA, { recordedAsOf: at })).toEqual(foldCaseView(earlier, CHINA));
        expect(foldCaseView(now, CHINA, { recordedAsOf: at, effectiveOn })).toEqual(
          foldCaseView(earlier, CHINA, { effectiveOn }),
        );
        expect(auditTrail(now, CHINA).slice(0, earlier.length)).toEqual(auditTrail(earlier, CHINA));
      }),
      RUNS,
    );
  });

  test('what changed between two instants', () => {
    fc.assert(
      fc.property(thens(fc.oneof(itemHistories, caseHistories)), fc.nat(), ({ now, earlier, at }, before) => {
        const from = now[before % earlier.length]?.recordedAt ?? START;
        const bounds = { axis: 'recorded', from, to: at } as const;
        expect(diffStream(now, bounds, CHINA)).toEqual(diffStream(earlier, bounds, CHINA));
      }),
      { numRuns: 300 },
    );
  });

  test('an inclusive bound keeps the entry of its own millisecond, and one before does not', () => {
    const events = eventsOf(record(ITEM, rectifying));
    const at = events[1]?.recordedAt ?? START;
    expect(foldItem(events, CHINA, { recordedAsOf: at }).lead).toBe('财政办');
    expect(foldItem(events, CHINA, { recordedAsOf: later(at, -1) }).lead).toBeUndefined();
  });
});

/** Corrections applied by hand: one event after the other, each correction in turn. */
/** A date still running at the recording counts from that day; any other from its last. */
function effectByHand(occurredOn: PartialDate, recordedAt: Instant): string {
  const recorded = dayOf(recordedAt, CHINA);
  return recorded.startsWith(occurredOn) && occurredOn.length < 10 ? recorded : lastDay(occurredOn);
}

function correctedByHand(events: readonly LedgerEvent[]): Resolved<ItemEvent>[] {
  const result: Resolved<ItemEvent>[] = [];
  for (const event of events as ItemEvent[]) {
    const about = (events as ItemEvent[]).filter(
      (later) => 'target' in later.data && later.data.target === event.seq,
    );
    if (about.some((later) => later.type === 'EntryVoided')) continue;
    let { occurredOn } = event;
    const data: Record<string, unknown> = structuredClone({ ...event.data });
    let text: Record<string, unknown> | undefined = structuredClone(event.text && { ...event.text });
    for (const correction of about) {
      if (correction.type !== 'EntryCorrected') continue;
      if (correction.data.occurredOn !== undefined) occurredOn = correction.data.occurredOn ?? undefined;
      for (const [name, value] of Object.entries(correction.data.set ?? {})) {
        delete data[name];
        if (value !== null) data[name] = value;
      }
      for (const [name, value] of Object.entries(correction.text?.set ?? {})) {
        if (!text) continue;
        delete text[name];
        if (value !== null) text[name] = value;
      }
    }
    if (about.some((later) => later.type === 'TextErased')) text = undefined;
    const corrected = { ...event, occurredOn, data, text } as unknown as ItemEvent;
    const resolved = { ...resolveOne(corrected, CHINA) } as Resolved<ItemEvent>;
    if (event.type !== 'EvidenceWithdrawn') {
      result.push(resolved);
      continue;
    }
    const attached = (events as ItemEvent[]).find((one) => `e${one.seq}` === event.data.evidenceId);
    if (attached?.type !== 'EvidenceAttached') throw new Error('no such evidence');
    const voided = events.some(
      (one) =>
        one.type === 'EntryVoided' &&
        (one as ItemEvent & { data: { target: number } }).data.target === attached.seq,
    );
    result.push({
      ...resolved,
      withdraws: {
        seq: attached.seq,
        measureIds: attached.data.measureIds ?? [],
        fromOffice: attached.actor.role === 'office' && !voided,
      },
    });
  }
  return result;
}

describe('the effective clock', () => {
  test('applies all corrections first, then cuts by the effect date, then folds by (effect date, seq)', () => {
    fc.assert(
      fc.property(itemEvents, aDay, (events, effectiveOn) => {
        const expected = correctedByHand(events)
          .filter((event) =>
            event.occurredOn === undefined
              ? epochMs(event.recordedAt) <= epochMs(endOfDay(effectiveOn, CHINA))
              : effectByHand(event.occurredOn, event.recordedAt) <= effectiveOn,
          )
          .sort(
            (one, other) =>
              Number(one.effectOn.replaceAll('-', '')) - Number(other.effectOn.replaceAll('-', '')) ||
              one.seq - other.seq,
          )
          .reduce(evolveItemView, initialItemView);
        expect(foldItemView(events, CHINA, { effectiveOn })).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });

  test('a back-dated measure is there on its day, though the ledger learned it later', () => {
    const events = eventsOf(
      record(ITEM, [
        ...rectifying.slice(0, 2),
        lead('MeasureAdopted', undefined, { occurredOn: '2024-01-15' }),
      ]),
    );
    const measures = (effectiveOn: string) =>
      presentItem(
        { caseId: CASE, itemId: ITEM.itemId as never },
        foldItemView(events, CHINA, { effectiveOn: on(effectiveOn) as Day }),
        EMPTY_HEAD,
        on('2024-03-04') as Day,
      ).measures.length;
    expect([measures('2024-01-14'), measures('2024-01-15')]).toEqual([0, 1]);
  });

  test('a partial date counts from its last day, an unknown one from the day of recording in the zone', () => {
    const events = eventsOf(
      record(ITEM, [
        ...rectifying,
        lead('MeasureAdopted', { text: '二' }, { occurredOn: '2024-02' }),
        lead('MeasureAdopted', { text: '三' }, { at: '2024-03-05T16:30:00.000Z' }),
      ]),
    );
    const adopted = (effectiveOn: string) =>
      foldItem(events, CHINA, { effectiveOn: on(effectiveOn) as Day }).measures.map((one) => one.seq);
    expect([
      adopted('2024-02-28'),
      adopted('2024-02-29'),
      adopted('2024-03-05'),
      adopted('2024-03-06'),
    ]).toEqual([[], [4], [4, 3], [4, 3, 5]]);
  });

  test('a correction moves an entry on it, known at the recorded cut only', () => {
    const events = eventsOf(
      record(ITEM, [
        ...completed,
        lead('EntryCorrected', { target: 3, occurredOn: '2023-12-01', reason: '补记' }),
      ]),
    );
    const count = (cut: Cut) => foldItem(events, CHINA, cut).measures.filter((one) => one.adopted).length;
    const effectiveOn = on('2024-01-01') as Day;
    expect(count({ effectiveOn })).toBe(1);
    expect(count({ effectiveOn, recordedAsOf: later(events.at(-1)?.recordedAt ?? START, -1) })).toBe(0);
  });
});

describe('every fold is total', () => {
  const shuffled = anyEvents.chain((events) =>
    fc.shuffledSubarray(events).map((some) => ({ some, caseStream: events[0]?.itemId === undefined })),
  );

  test('decision, view, audit and diff take any part of a stream in any order', () => {
    fc.assert(
      fc.property(shuffled, aDay, ({ some, caseStream }, effectiveOn) => {
        for (const cut of [{}, { effectiveOn }, { recordedAsOf: endOfDay(effectiveOn, CHINA) }]) {
          const view = caseStream ? foldCaseView(some, CHINA, cut) : foldItemView(some, CHINA, cut);
          const state = caseStream ? foldCase(some, CHINA, cut) : foldItem(some, CHINA, cut);
          expect(view.state).toEqual(state);
          expect(typeof canonical(JSON.parse(JSON.stringify(view)) as Json)).toBe('string');
        }
        expect(auditTrail(some, CHINA)).toHaveLength(some.length);
        diffStream(some, { axis: 'effective', from: on('2023-01-01') as Day, to: effectiveOn }, CHINA);
        diffStream(some, { axis: 'recorded', from: START, to: endOfDay(effectiveOn, CHINA) }, CHINA);
      }),
      { numRuns: 200 },
    );
  });

  test('an unknown type changes no picture', () => {
    fc.assert(
      fc.property(itemEvents, fc.nat(), (events, place) => {
        const stranger: LedgerEvent = {
          ...(events[0] as LedgerEvent),
          known: false,
          type: 'MeasureRenamed',
          data: { measureId: 'm3' },
          text: undefined,
        } as never;
        const mixed = events.toSpliced(place % (events.length + 1), 0, stranger);
        expect(foldItemView(mixed, CHINA)).toEqual(foldItemView(events, CHINA));
        expect(auditTrail(mixed, CHINA).filter((entry) => entry.type === 'MeasureRenamed')).toMatchObject([
          { changes: [], summary: null },
        ]);
      }),
      RUNS,
    );
  });

  test('evidence dated before its issue was raised breaks no reader', () => {
    const events = eventsOf(
      record(ITEM, [...rectifying, lead('EvidenceAttached', undefined, { occurredOn: '2019' })]),
    );
    const view = foldItemView(events, CHINA, { effectiveOn: on('2020-01-01') as Day });
    expect(view).toMatchObject({
      title: null,
      state: { status: undefined },
      evidence: [{ evidenceId: 'e4' }],
    });
  });

  test('case views are carried on like item views', () => {
    fc.assert(
      fc.property(caseEvents, (events) => {
        let view = initialCaseView;
        events.forEach((event, index) => {
          const prefix = events.slice(0, index + 1);
          view =
            rereadsHistory(event.type) || event.type === 'TextErased'
              ? foldCaseView(prefix, CHINA)
              : evolveCaseView(view, resolveOne(event as KnownEvent, CHINA) as Resolved<CaseEvent>);
          expect(view).toEqual(foldCaseView(prefix, CHINA));
        });
      }),
      RUNS,
    );
  });
});

test('a change says what it was: new, back-dated or corrected', () => {
  const events = eventsOf(
    record(ITEM, [
      ...rectifying,
      lead('MeasureAdopted', { text: '二' }, { occurredOn: '2024-01-15' }),
      committee('EntryCorrected'),
    ]),
  );
  const from = events[1]?.recordedAt ?? START;
  const changes = diffStream(
    events,
    { axis: 'recorded', from, to: events.at(-1)?.recordedAt ?? START },
    CHINA,
  );
  expect(changes.map(({ seq, kind }) => [seq, kind])).toEqual([
    [3, 'new'],
    [4, 'back-dated'],
    [5, 'corrected'],
  ]);
  expect(changes[0]).toMatchObject({ before: { status: 'raised' }, after: { status: 'rectifying' } });
});

describe('a comparison on the effective axis', () => {
  const ID = { caseId: CASE, itemId: ITEM.itemId as ItemId };
  const day = (text: string) => on(text) as Day;
  const head = { version: 0, hash: GENESIS, recordedAt: null };
  const pictureOf = (events: readonly LedgerEvent[], effectiveOn: Day) =>
    events[0]?.itemId === undefined
      ? presentCase(CASE, foldCaseView(events, CHINA, { effectiveOn }), head, tally([]), day('2022-01-01'))
      : presentItem(ID, foldItemView(events, CHINA, { effectiveOn }), EMPTY_HEAD, day('2022-01-01'));
  /** Each field's value, chained: a change takes it up where the one before left it. */
  const chained = (changes: readonly Change[]) => {
    const fields = new Map<string, { readonly from: unknown; readonly to: unknown }>();
    for (const { before, after } of changes) {
      for (const [field, to] of Object.entries(after)) {
        const known = fields.get(field);
        if (known) expect(before[field]).toEqual(known.to);
        fields.set(field, { from: known ? known.from : before[field], to });
      }
    }
    return [...fields].filter(([, { from, to }]) => JSON.stringify(from) !== JSON.stringify(to));
  };

  test('law: the picture of the first day with all changes applied is that of the second', () => {
    let changed = 0;
    fc.assert(
      fc.property(anyEvents, aDay, aDay, (events, one, other) => {
        const [from, to] = one < other ? [one, other] : [other, one];
        const found = chained(diffStream(events, { axis: 'effective', from, to }, CHINA));
        const expected = fieldChanges(pictureOf(events, from), pictureOf(events, to));
        changed += found.length;
        expect(Object.fromEntries(found)).toEqual(
          Object.fromEntries(
            expected.map(({ field, before, after }) => [field, { from: before, to: after }]),
          ),
        );
      }),
      { numRuns: 200 },
    );
    expect(changed).toBeGreaterThan(100);
  });

  const funds = eventsOf(
    record(CASE_STREAM, [
      committee('CaseOpened', undefined, { occurredOn: '2023-11-20' }),
      committee('FundsRecovered', { amountFen: 100_000 }, { occurredOn: '2024-02-02' }),
      committee('FundsRecovered', { amountFen: 500 }, { occurredOn: '2024-02-01' }),
      committee('EntryCorrected', { target: 2, set: { amountFen: 20_000 }, reason: '笔误' }),
      committee('FundsRecovered', { amountFen: 7 }, { occurredOn: '2024-02-01' }),
      committee('EntryVoided', { target: 5, reason: '误录' }),
    ]),
  );
  const between = (from: string, to: string) =>
    diffStream(funds, { axis: 'effective', from: day(from), to: day(to) }, CHINA);

  test('says what is now known, in the order of its days, and nothing of what was voided', () => {
    expect(between('2024-01-31', '2024-02-28')).toMatchObject([
      { seq: 3, kind: 'back-dated', before: { fundsFen: 0 }, after: { fundsFen: 500 } },
      { seq: 2, kind: 'corrected', before: { fundsFen: 500 }, after: { fundsFen: 20_500 } },
    ]);
  });

  test('leaves out what counts from its first day, and takes what counts from its last', () => {
    expect(between('2024-02-01', '2024-02-02').map(({ seq }) => seq)).toEqual([2]);
    expect(between('2024-01-31', '2024-02-01').map(({ seq }) => seq)).toEqual([3]);
    expect(between('2024-02-02', '2024-02-03')).toEqual([]);
  });
});

test('an open item is overdue from the day after the last day of its deadline', () => {
  const due = (
    deadline: string,
    today: string,
    status: 'rectifying' | 'closed' | 'withdrawn' = 'rectifying',
  ) => isOverdue({ ...initialItem, status, deadline: on(deadline) }, on(today) as Day);
  expect([due('2024-06-30', '2024-06-30'), due('2024-06-30', '2024-07-01')]).toEqual([false, true]);
  expect([due('2024-06', '2024-06-30'), due('2024', '2024-12-31'), due('2024', '2025-01-01')]).toEqual([
    false,
    false,
    true,
  ]);
  expect([due('2024', '2025-01-01', 'closed'), due('2024', '2025-01-01', 'withdrawn')]).toEqual([
    false,
    false,
  ]);
  expect(isOverdue({ ...initialItem, status: 'raised' }, on('9999-01-01') as Day)).toBe(false);
});
