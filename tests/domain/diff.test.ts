import { describe, expect, test } from 'vitest';
import { CHINA, type Day, endOfDay, type Instant } from '../../domain/dates.ts';
import { diffStream } from '../../domain/diff.ts';
import { committee, eventsOf, ITEM, later, lead, on, record, rectifying } from './kit.ts';

const day = (text: string) => on(text) as Day;

describe('on the recorded axis back-dated is what counts from a day up to that of the first date', () => {
  // In the ledger's zone the fifth of March has begun.
  const FROM = '2024-03-04T17:00:00.000Z' as Instant;
  const at = (minutes: number) => ({ at: later(FROM, minutes * 60_000) });
  const said = (occurredOn: string | undefined, minutes: number) =>
    lead('ProgressReported', undefined, {
      ...at(minutes),
      ...(occurredOn === undefined ? {} : { occurredOn }),
    });
  const events = eventsOf(
    record(ITEM, [
      ...rectifying,
      said('2024-03-04', 1),
      said('2024-03-05', 2),
      said(undefined, 3),
      said('2024-03', 4),
      said('2024-03-06', 24 * 60),
      said('2024', 24 * 60 + 1),
      said('2024-02', 24 * 60 + 2),
    ]),
  );

  test('its own day included, an unknown one left out, a partial one by the day from which it counts', () => {
    const changes = diffStream(events, { axis: 'recorded', from: FROM, to: later(FROM, 9e7) }, CHINA);
    expect(changes.map(({ occurredOn, kind }) => [occurredOn, kind])).toEqual([
      ['2024-03-04', 'back-dated'],
      ['2024-03-05', 'back-dated'],
      [null, 'new'],
      ['2024-03', 'back-dated'],
      ['2024-03-06', 'new'],
      ['2024', 'new'],
      ['2024-02', 'back-dated'],
    ]);
  });

  test('so that the further back the first date lies, the fewer there are', () => {
    const backDated = (from: string) =>
      diffStream(
        events,
        { axis: 'recorded', from: endOfDay(day(from), CHINA), to: later(FROM, 9e7) },
        CHINA,
      ).filter(({ kind }) => kind === 'back-dated').length;
    expect([backDated('2024-03-05'), backDated('2024-03-04'), backDated('2024-02-28')]).toEqual([1, 2, 0]);
  });
});

describe('on the effective axis back-dated is what was recorded only after the second date', () => {
  const to = day('2024-03-10');
  const end = endOfDay(to, CHINA);
  const events = eventsOf(
    record(ITEM, [
      ...rectifying,
      lead('ProgressReported', undefined, { at: end, occurredOn: '2024-03-09' }),
      lead('ProgressReported', undefined, { at: later(end, 1), occurredOn: '2024-03-09' }),
      lead('ProgressReported', undefined, { at: later(end, 2), occurredOn: '2024-03-10' }),
      committee('EntryCorrected', { target: 6, set: { text: '已完成二稿' }, reason: '笔误' }),
    ]),
  );
  const kinds = (last: Day) =>
    diffStream(events, { axis: 'effective', from: day('2024-03-05'), to: last }, CHINA).map(
      ({ seq, kind }) => [seq, kind],
    );

  test('its own last instant not yet; what was corrected is corrected', () => {
    expect(kinds(to)).toEqual([
      [4, 'new'],
      [5, 'back-dated'],
      [6, 'corrected'],
    ]);
  });

  test('so that up to the day of the recording it is new', () => {
    expect(kinds(day('2024-03-11'))).toEqual([
      [4, 'new'],
      [5, 'new'],
      [6, 'corrected'],
    ]);
  });
});
