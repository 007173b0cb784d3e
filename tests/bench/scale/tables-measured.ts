import { assumptions, lookBack, visit } from './assumptions.ts';
import type { Cost } from './cost.ts';
import { figure, percent, table } from './format.ts';
import type { Measured } from './measure.ts';
import { limits, stack } from './platform.ts';
import { prices } from './prices.ts';

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What the page says of the case that was measured. */
export function caseTable({ shape }: Measured): string {
  const { items, entries, imported, people, eventBytes, viewBytes } = shape;
  return table(
    ['one case', ''],
    [
      ['items', figure(items)],
      ['entries', figure(entries)],
      ['of them brought by the import', figure(imported)],
      ['people who recorded', figure(people)],
      ['share of the busiest office', percent(shape.busiestOffice)],
      ['entries that take one write unit', percent(shape.oneUnit)],
      ['bytes stored of events, an entry', figure(eventBytes / entries)],
      ['bytes stored of views, an entry', figure(viewBytes / entries)],
      ['bytes of an item in the register', figure(shape.registerBytes)],
      ['bytes that a piece of evidence takes there', figure(shape.evidenceBytes)],
      ['bytes of its row in the list of cases', figure(shape.summaryBytes)],
    ],
  );
}

const HEADS = ['requests', 'events R', 'events W', 'views R', 'views W'];

const cells = (cost: Cost): string[] =>
  [cost.requests, cost.eventReads, cost.eventWrites, cost.viewReads, cost.viewWrites].map((one) =>
    figure(one),
  );

/** What one operation costs. */
export function operationsTable({ recording, commands, reading }: Measured): string {
  const rows: readonly (readonly [string, Cost])[] = [
    ['open a case', recording.opened],
    ['raise an issue', commands.raised],
    ['raise an issue, with a key', commands.raisedKeyed],
    ['import the notice, all of it', recording.imported],
    ['record an entry by hand, mean of the whole history, with a key', recording.byHand],
    ['report progress', commands.plain],
    ['report progress, with a key', commands.keyed],
    ['the same key again', commands.repeated],
    ['with a key, on an item with many entries within a day', commands.busy],
    ['one item', reading.item],
    ['its history', reading.history],
    ['its audit trail', reading.audit],
    ['the item as recorded on a date', reading.itemThen],
    ['the item as in effect on a date', reading.itemEffective],
    ['the case', reading.case],
    ['the case as recorded on a date', reading.caseThen],
    ['the register', reading.register],
    ['an office’s own part of the register', reading.ownRegister],
    ['the register as recorded on a date', reading.registerThen],
    ['what changed between two dates', reading.diff],
    ['the published notice', reading.notice],
    ['the list of one case', reading.cases],
    ['supervision of one office, by itself', reading.supervisionByOffice],
    ['supervision of the last thirty days', reading.supervisionByDay],
    ['the same, asked by an office that names none', reading.supervisionUnfiltered],
  ];
  return table(
    ['one operation', ...HEADS],
    rows.map(([name, cost]) => [name, ...cells(cost)]),
  );
}

/** What the views cost, an entry and a case. */
export function projectingTable({ projecting, rebuilding }: Measured): string {
  return table(
    ['views', ...HEADS],
    [
      ['an entry that comes alone', ...cells(projecting.alone)],
      ['an entry among a hundred of one case', ...cells(projecting.inHundreds)],
      ['the whole import, as it comes', ...cells(projecting.imported)],
      ['the whole case made again', ...cells(rebuilding.building)],
      ['its views removed row by row before', ...cells(rebuilding.dropping)],
    ],
  );
}

export const assumptionsTable = (): string =>
  table(
    ['assumed', 'because', ''],
    Object.entries(assumptions).map(([name, { value, unit, why }]) => [
      `\`${name}\``,
      capital(why),
      `${figure(value)} ${unit}`,
    ]),
    2,
  );

/** Names of what a visit asks for, as the page says them. */
const asked: { readonly [Asked in keyof typeof visit]: string } = {
  cases: 'the list of cases, by the committee',
  case: 'the case',
  register: 'the register',
  registerThen: 'the register as recorded on a date',
  item: 'items',
  itemThen: 'items as recorded on a date',
  history: 'histories of items',
  audit: 'audit trails of items',
  diff: 'what changed between two dates',
  supervisionByOffice: 'supervision of one office, by itself',
  supervisionByDay: 'supervision of the last thirty days',
};

export const visitsTable = (): string =>
  table(
    ['one visit asks for', 'of an active case', 'afterwards'],
    Object.entries(asked).map(([name, said]) => [
      said,
      figure(visit[name as keyof typeof visit] ?? 0),
      figure(lookBack[name as keyof typeof visit] ?? 0),
    ]),
  );

export const pricesTable = (): string =>
  table(
    ['a', 'US dollars'],
    Object.values(prices).map(({ value, per }) => [per, String(value)]),
  );

const valuesTable = (
  head: string,
  values: { readonly [name: string]: { readonly value: number; readonly what: string } },
): string =>
  table(
    [head, ''],
    Object.values(values).map(({ value, what }) => [what, figure(value, 6)]),
  );

export const limitsTable = (): string => valuesTable('what AWS allows', limits);
export const stackTable = (): string => valuesTable('what the stack sets', stack);

/** The one block that no test compares. */
export const hereTable = ({ buildingMs, shape }: Measured): string => {
  const aThousand = (buildingMs / shape.entries) * 1_000;
  return `Measured on one core here: about ${figure(aThousand / 1_000, 1)} s of CPU for each 1,000 entries made again, the client’s part of every request included.`;
};
