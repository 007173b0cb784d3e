import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cut } from '../../../domain/cut.ts';
import { CHINA, type Day, type ZoneOffset } from '../../../domain/dates.ts';
import type { EventOf, LedgerEvent } from '../../../domain/events.ts';
import { type CaseHistory, readHistory } from '../../../domain/look-back/history.ts';
import type { Standing } from '../../../domain/look-back/item-history.ts';
import { publishedTotalsDiffer } from '../../../domain/look-back/rules/publication.ts';
import { foldCaseView, foldItem } from '../../../domain/replay.ts';
import { resolve } from '../../../domain/resolve.ts';
import { at, cases, dayAt, instants, now, runs, share } from './ledgers.ts';

type Notice = Standing<'NoticePublished'>;
type Amending = EventOf<'EntryCorrected'> | EventOf<'EntryVoided'>;

const amends = (event: LedgerEvent): event is Amending =>
  event.known && (event.type === 'EntryCorrected' || event.type === 'EntryVoided');

/** What decides whether an item counts, and as closed. */
const TURNS: ReadonlySet<string> = new Set([
  'IssueRaised',
  'IssueWithdrawn',
  'ClosureRequested',
  'ClosureRequestWithdrawn',
  'ClosureReturned',
  'ItemClosed',
  'ItemReopened',
]);
const SUMS: ReadonlySet<string> = new Set([
  'AccountabilityRecorded',
  'InstitutionRecorded',
  'FundsRecovered',
]);

/** What was recorded after the notice and moves its totals: such entries that count by its day, and amendments of them. */
function moving(
  recorded: readonly LedgerEvent[],
  types: ReadonlySet<string>,
  notice: Notice,
  day: Day,
  zone: ZoneOffset,
): readonly LedgerEvent[] {
  if ((recorded.at(-1)?.recordedAt ?? '') <= notice.recordedAt) return [];
  const typeOf = new Map(recorded.map(({ seq, type }) => [seq, type]));
  const dayNow = new Map(resolve(recorded, zone).map(({ seq, effectOn }) => [seq, effectOn]));
  return recorded.filter((event) => {
    if (event.recordedAt <= notice.recordedAt) return false;
    if (amends(event)) return types.has(typeOf.get(event.data.target) ?? '');
    const countsFrom = dayNow.get(event.seq);
    return types.has(event.type) && countsFrom !== undefined && countsFrom <= day;
  });
}

/** An item as far as totals tell: whether it counts, and as closed. */
function counted(events: readonly LedgerEvent[], zone: ZoneOffset, cut: Cut) {
  const { status } = foldItem(events, zone, cut);
  return {
    items: status === undefined || status === 'withdrawn' ? 0 : 1,
    closed: status === 'closed' ? 1 : 0,
  };
}

function sums(events: readonly LedgerEvent[], zone: ZoneOffset, cut: Cut): string {
  const { accountability, institutions, fundsFen } = foldCaseView(events, zone, cut);
  const persons = accountability.map(({ kind, measure, persons: count }) => `${kind} ${measure} ${count}`);
  return JSON.stringify([persons.sort(), institutions, fundsFen]);
}

/** The entries that make the notice's totals differ from those known now for the same day. */
function differing(notice: Notice, { cut, items, recorded, zone }: CaseHistory): readonly LedgerEvent[] {
  const { asOf } = notice.data;
  const day = cut.effectiveOn !== undefined && cut.effectiveOn < asOf ? cut.effectiveOn : asOf;
  const known: Cut = { recordedAsOf: cut.recordedAsOf, effectiveOn: day };
  const believed: Cut = { recordedAsOf: notice.recordedAt, effectiveOn: day };
  const ofCase = moving(recorded, SUMS, notice, day, zone);
  const differs = ofCase.length > 0 && sums(recorded, zone, believed) !== sums(recorded, zone, known);
  const sum = { items: 0, closed: 0 };
  const ofItems = items.flatMap((item) => {
    const entries = moving(item.recorded, TURNS, notice, day, zone);
    if (entries.length === 0) return [];
    const then = counted(item.recorded, zone, believed);
    const now = counted(item.recorded, zone, known);
    sum.items += now.items - then.items;
    sum.closed += now.closed - then.closed;
    return now.items === then.items && now.closed === then.closed ? [] : entries;
  });
  return [...(differs ? ofCase : []), ...(sum.items !== 0 || sum.closed !== 0 ? ofItems : [])];
}

const named = (entries: Iterable<{ readonly itemId: unknown; readonly seq: number }>): readonly string[] =>
  [...new Set([...entries].map(({ itemId, seq }) => `${itemId ?? 'case'}/${seq}`))].sort();

test('what differs is what two folds of whole streams for each notice say', () => {
  fc.assert(
    fc.property(cases, share, share, fc.boolean(), (recorded, known, day, effective) => {
      const recordedAsOf = at(instants(recorded), known);
      const effectiveOn = dayAt(at(instants(recorded), day));
      const cut: Cut = effective ? { recordedAsOf, effectiveOn } : { recordedAsOf };
      const inspection = readHistory(recorded, {
        cut,
        today: now(recorded),
        zone: CHINA,
      });
      const expected = inspection.of('NoticePublished').flatMap((notice) => {
        const moved = differing(notice, inspection);
        return moved.length > 0 ? [notice, ...moved] : [];
      });
      const [found] = publishedTotalsDiffer(inspection);
      expect(named(found?.entries ?? [])).toEqual(named(expected));
    }),
    runs,
  );
});
