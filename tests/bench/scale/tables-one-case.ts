import { partitionsOf } from './carrying.ts';
import { figure, percent, table } from './format.ts';
import type { Measured } from './measure.ts';
import { answersOf, registerOf, writersOf } from './one-case.ts';
import { eventReadsOf } from './traffic.ts';

export function partitionsTable(measured: Measured): string {
  return table(
    ['partition', 'shared by', 'W an entry', 'entries a second'],
    partitionsOf(measured).map(({ key, scope, units, carries }) => [
      `\`${key}\``,
      scope,
      figure(units),
      figure(carries, 2),
    ]),
    2,
  );
}

export function writersTable(measured: Measured): string {
  const writers = writersOf(measured);
  return table(
    ['one case', ''],
    [
      ['entries a second by write units', figure(writers.byWrites, 2)],
      ['entries a second by strongly consistent reads', figure(writers.byReads, 2)],
      ['people, where each records an entry a minute', figure(writers.entries * 60, 2)],
      ['entries a second that the views take one by one', figure(writers.shown, 2)],
      ['entries a second on one item, one after the other', figure(writers.onOneItem, 2)],
      ['writers of one entry each on one item at the same moment that all succeed', figure(writers.atOnce)],
    ],
  );
}

export const registerTable = (measured: Measured): string =>
  table(
    ['items of a case', 'views R for an entry that comes alone', 'entries a second by reads'],
    [measured.shape.items, 100, 500, 1_000, 3_000, 9_999].map((items) => {
      const { reads, carries } = registerOf(items, measured);
      return [figure(items, 4), figure(reads), figure(carries, 2)];
    }),
    0,
  );

export const answersTable = (measured: Measured): string =>
  table(
    ['one case', 'a second, or in all'],
    Object.entries(answersOf(measured)).map(([name, value]) => [name, figure(value, 2)]),
  );

/** Where a month's reads of one case go. */
export function readsTable(measured: Measured): string {
  const reads = Object.entries(eventReadsOf(measured));
  const all = reads.reduce((total, [, units]) => total + units, 0);
  return table(
    ['reads of events in a month of one active case', 'R', 'share'],
    reads.map(([name, units]) => [name, figure(units), percent(units / all)]),
  );
}
