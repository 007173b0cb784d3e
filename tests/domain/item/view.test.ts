import { describe, expect, test } from 'vitest';
import { CHINA, type Day } from '../../../domain/dates.ts';
import { foldItemView } from '../../../domain/replay.ts';
import {
  assigned,
  committee,
  eventsOf,
  ITEM,
  lead,
  record,
  rectifying,
  reviewer,
  type Wish,
} from '../kit.ts';

const view = (wishes: readonly Wish[]) => foldItemView(eventsOf(record(ITEM, wishes)), CHINA);

describe('the last activity', () => {
  test('is none before anything happened', () => {
    expect(foldItemView([], CHINA).lastActivity).toBeNull();
  });

  test('is the newest work of an office, by its day and its recording', () => {
    const { lastActivity } = view([
      ...rectifying,
      lead('ProgressReported', undefined, { occurredOn: '2024-02-01' }),
    ]);
    expect(lastActivity).toEqual({ seq: 4, on: '2024-02-01', recordedAt: '2024-03-04T04:00:00.000Z' });
  });

  test.each([
    ['an extension', lead('ExtensionRequested', { to: '2025', reason: '难' })],
    ['a correction', committee('EntryCorrected', { target: 3, set: { text: '修订办法' }, reason: '误' })],
    ['a dismissal', reviewer('FlagDismissed')],
  ])('is not %s', (_what, wish) => {
    const given = [
      ...assigned.slice(0, 1),
      committee('OfficeAssigned', { lead: '财政办', deadline: '2024-06' }),
      lead('MeasureAdopted'),
    ];
    expect(view([...given, wish]).lastActivity?.seq).toBe(3);
  });

  test('of voided work is that before it', () => {
    const voids = lead('EntryVoided', { target: 4, reason: '误' });
    expect(view([...rectifying, lead('ProgressReported'), voids]).lastActivity?.seq).toBe(3);
  });

  test('on the effective clock is what happened last', () => {
    const entries = eventsOf(
      record(ITEM, [...rectifying, lead('ProgressReported', undefined, { occurredOn: '2024-02-01' })]),
    );
    expect(foldItemView(entries, CHINA, { effectiveOn: '2024-03-04' as Day }).lastActivity?.seq).toBe(3);
  });
});
