import { sizes } from './assumptions.ts';
import { billOf, copiesOf, largestOf, storedAfter, totalOf } from './bill.ts';
import { entriesAtPeak, standingOf } from './carrying.ts';
import { plus } from './cost.ts';
import { dollars, duration, figure, gigabytes, percent, table } from './format.ts';
import { growingAnswers, rebuildOf } from './growing.ts';
import type { Measured } from './measure.ts';
import { aDay, atPeak, trafficOf } from './traffic.ts';

const heads = (first: string): string[] => [first, ...sizes.map(({ name }) => name)];

/** One column a size: rows by name, of the same names for each. */
function bySize<Row>(
  first: string,
  columns: readonly { readonly [name: string]: Row }[],
  show: (row: Row) => string,
): string {
  const names = Object.keys(columns[0] ?? {});
  return table(
    heads(first),
    names.map((name) => [name, ...columns.map((column) => show(column[name] as Row))]),
  );
}

export function trafficTable(measured: Measured): string {
  const columns = sizes.map((size) => {
    const traffic = trafficOf(size, measured, 1);
    const { api, projector, calls } = traffic;
    const all = plus(api, projector);
    return {
      'cases opened a year': size.casesAYear,
      'entries a year': size.casesAYear * measured.shape.entries,
      'requests a working day': aDay(calls),
      'requests a second at the peak': atPeak(calls),
      'entries a second at the peak': entriesAtPeak(size, measured).all,
      'events: write units a month': all.eventWrites,
      'events: read units a month': all.eventReads,
      'views: write units a month': all.viewWrites,
      'views: read units a month': all.viewReads,
    };
  });
  return bySize('first year', columns, (value) => figure(value));
}

export function storageTable(measured: Measured): string {
  const columns = sizes.map((size) => {
    const one = storedAfter(size, measured, 1);
    const ten = storedAfter(size, measured, 10);
    return {
      'events after 1 year': one.events,
      'views after 1 year': one.views,
      'events after 10 years': ten.events,
      'views after 10 years': ten.views,
    };
  });
  return bySize('stored', columns, gigabytes);
}

export function billTable(measured: Measured, years: number): string {
  const bills = sizes.map((size) => billOf(size, measured, years));
  const parts = bySize(`dollars a month after ${years} year${years === 1 ? '' : 's'}`, bills, dollars);
  const line = (name: string, shown: readonly string[]): string => `| ${[name, ...shown].join(' | ')} |`;
  const aCase = sizes.map(({ casesAYear }, at) => totalOf(bills[at] as (typeof bills)[number]) / casesAYear);
  return [
    parts,
    line(
      '**all**',
      bills.map((bill) => `**${dollars(totalOf(bill))}**`),
    ),
    line(
      'for each case opened a year',
      aCase.map((value) => figure(value, 2)),
    ),
    line(
      'largest part',
      bills.map((bill) => largestOf(bill).name),
    ),
  ].join('\n');
}

export const standingTable = (measured: Measured): string =>
  bySize(
    'share of the limit at the peak',
    sizes.map((size) => standingOf(size, measured)),
    (share) => (share >= 1 ? `**${percent(share)}**` : percent(share)),
  );

export function growingTable(measured: Measured, years: number): string {
  const columns = sizes.map((size) => growingAnswers(size, measured, years));
  return bySize(
    `one answer after ${years} year${years === 1 ? '' : 's'}`,
    columns,
    ({ requests, reads, seconds }) =>
      `${figure(requests, 2)} request${requests === 1 ? '' : 's'}, ${figure(reads, 2)} R, ${duration(seconds)}`,
  );
}

export function rebuildTable(measured: Measured): string {
  const columns = sizes.map((size) => {
    const one = rebuildOf(size, measured, 1);
    const ten = rebuildOf(size, measured, 10);
    return {
      'write units of views, after 1 year': figure(one.writes),
      'read units, after 1 year': figure(one.reads),
      'dollars for them, after 1 year': dollars(one.dollars),
      'time of the functions, after 1 year': duration(one.byFunctions),
      'time of the functions, after 10 years': duration(ten.byFunctions),
      'at the table’s write limit, after 10 years': duration(ten.byWrites),
      'at one office’s partition, where offices are named alike, after 10 years': duration(ten.byOffice),
      'listing the cases first, after 10 years': duration(ten.listing),
      'emptying the spare views before, after 10 years': duration(ten.emptying),
    };
  });
  return bySize('a full rebuild', columns, (shown) => shown);
}

export function copiesTable(measured: Measured): string {
  const columns = sizes.map((size) => {
    const one = copiesOf(size, measured, 1);
    const ten = copiesOf(size, measured, 10);
    return {
      'exports as the stack makes and keeps them, after 1 year': one.exported + one.kept,
      'exports as the stack makes and keeps them, after 10 years': ten.exported + ten.kept,
      'increments daily, the whole monthly, two kept, after 10 years': ten.increments,
      'backups as the stack keeps them, after 10 years': ten.backups,
      'two backups kept, after 10 years': ten.fewerBackups,
    };
  });
  return bySize('copies of events, dollars a month', columns, dollars);
}
