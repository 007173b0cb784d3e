import { assumptions as assumed, type Size } from './assumptions.ts';
import type { Measured } from './measure.ts';
import { stack } from './platform.ts';
import { prices } from './prices.ts';
import { apiMs, MONTHS, projectorMs, type Traffic, trafficOf } from './traffic.ts';

const GB = 2 ** 30;
const MILLION = 1e6;
const HOURS_A_MONTH = 730;
const DAYS_A_MONTH = 365 / MONTHS;

/** Bytes of both tables after so many years, in GB. */
export function storedAfter(size: Size, { shape }: Measured, years: number) {
  const cases = size.casesAYear * years;
  return { events: (cases * shape.eventBytes) / GB, views: (cases * shape.viewBytes) / GB };
}

/** What the events recorded in a month take, in GB. */
const grownInAMonth = (size: Size, { shape }: Measured): number =>
  ((size.casesAYear / MONTHS) * shape.eventBytes) / GB;

/** Dollars a month for exports and backups: as the stack makes them, and as one could make them. */
export function copiesOf(size: Size, measured: Measured, years: number) {
  const { events } = storedAfter(size, measured, years);
  const whole = events * prices.exported.value;
  const keeping = (gigabytes: number): number => gigabytes * assumed.compressed.value * prices.kept.value;
  // Those kept are of the last year: on average as large as the table was half a year ago.
  const middle = (events * (years - 0.5)) / years;
  return {
    exported: whole * stack.exportsADay.value * DAYS_A_MONTH,
    kept: keeping(middle * stack.exportsKept.value),
    backups: events * stack.backupsKept.value * prices.backup.value,
    // Each day what is new, each month the whole, of which two are kept.
    increments: whole + grownInAMonth(size, measured) * prices.exported.value + keeping(2 * events),
    fewerBackups: events * 2 * prices.backup.value,
  };
}

/** Functions of the API and of the projector that run at once in a mean second of the month. */
const runningAtOnce = (traffic: Traffic, projectorSeconds: number): number =>
  (traffic.calls * apiMs(traffic)) / 1_000 / (HOURS_A_MONTH * 3_600) +
  projectorSeconds / (HOURS_A_MONTH * 3_600);

/** Dollars a month by what they are paid for, so many years after the beginning. */
export function billOf(size: Size, measured: Measured, years: number) {
  const traffic = trafficOf(size, measured, years);
  const stored = storedAfter(size, measured, years);
  const copies = copiesOf(size, measured, years);
  const { api, projector, calls, batches } = traffic;
  const projectorSeconds = (batches * projectorMs(projector.requests / batches)) / 1_000;
  const seconds = (calls * apiMs(traffic)) / 1_000 + projectorSeconds;
  const units = (price: number, ...counts: readonly number[]): number =>
    (counts.reduce((all, one) => all + one, 0) * price) / MILLION;
  // Of two tables, every five minutes, for each function that runs and for DynamoDB itself.
  const keyRequests = 2 * 12 * HOURS_A_MONTH * (1 + runningAtOnce(traffic, projectorSeconds));
  return {
    'writes of events': units(prices.writeUnits.value, api.eventWrites, projector.eventWrites),
    'reads of events': units(prices.readUnits.value, api.eventReads, projector.eventReads),
    'writes of views': units(prices.writeUnits.value, api.viewWrites, projector.viewWrites),
    'reads of views': units(prices.readUnits.value, api.viewReads, projector.viewReads),
    'storage of events': stored.events * prices.storage.value,
    'storage of views': stored.views * prices.storage.value,
    'point-in-time recovery of events': stored.events * prices.recovery.value,
    'point-in-time recovery of views': stored.views * prices.recovery.value,
    'daily exports of events': copies.exported,
    'keeping them in S3': copies.kept,
    'backups of events': copies.backups,
    'HTTP API': units(prices.http.value, calls),
    functions:
      units(prices.calls.value, calls, batches) + seconds * stack.memory.value * prices.computing.value,
    logs: ((calls + batches) * assumed.logBytes.value * prices.logs.value) / GB,
    // New material every year, of which the first two are charged.
    key:
      stack.keys.value * prices.key.value * (1 + Math.min(2, years - 1)) +
      (keyRequests / 10_000) * prices.keyRequests.value,
    alarms: stack.alarms.value * prices.alarm.value,
  };
}

export type Bill = ReturnType<typeof billOf>;

export const totalOf = (bill: Bill): number => Object.values(bill).reduce((all, part) => all + part, 0);

/** The part that costs most. */
export function largestOf(bill: Bill): { readonly name: string; readonly dollars: number } {
  const [name, dollars] = Object.entries(bill).reduce((most, one) => (one[1] > most[1] ? one : most));
  return { name, dollars };
}
