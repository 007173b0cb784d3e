import { assumptions as assumed, type Size } from './assumptions.ts';
import type { Measured } from './measure.ts';
import { limits, stack } from './platform.ts';
import { prices } from './prices.ts';
import { LISTED, listReads, MONTHS } from './traffic.ts';

/** What one answer costs that reads more the more cases there are. */
export function growingAnswers({ casesAYear }: Size, measured: Measured, years: number) {
  const { shape, reading } = measured;
  const cases = casesAYear * years;
  const active = (casesAYear * assumed.activeMonths.value) / MONTHS;
  const listed = Math.min(LISTED, cases);
  const inThirtyDays = (casesAYear * shape.entries * 30) / 365;
  const items = Math.min(inThirtyDays, active * shape.items);
  const answer = (requests: number, reads: number) => ({
    requests,
    reads,
    seconds: (requests * assumed.requestMs.value) / 1_000,
  });
  return {
    'an office asks for the list of cases': answer(
      Math.ceil(cases / LISTED),
      listReads(cases, shape.summaryBytes),
    ),
    'the committee asks for 100 cases as of a date': answer(
      1 + listed * reading.caseThen.requests,
      listed * reading.caseThen.eventReads,
    ),
    'an office asks for supervision and names no office': answer(
      reading.supervisionByDay.requests + items,
      reading.supervisionByDay.viewReads + items,
    ),
  };
}

/** Making all views again, case by case, so many years after the beginning. Times in seconds. */
export function rebuildOf({ casesAYear }: Size, measured: Measured, years: number) {
  const { shape, rebuilding } = measured;
  const { building, dropping } = rebuilding;
  const cases = casesAYear * years;
  const waiting = (requests: number): number => (requests * assumed.requestMs.value) / 1_000;
  const aCase = waiting(building.requests) + (shape.entries * assumed.rebuildMs.value) / 1_000;
  const writes = building.viewWrites * cases;
  const inOneOffice = shape.entries * shape.busiestOffice * cases;
  const reads = (building.eventReads + building.viewReads) * cases;
  return {
    writes,
    reads,
    dollars: (writes * prices.writeUnits.value + reads * prices.readUnits.value) / 1e6,
    byFunctions: (cases * aCase) / Math.min(cases, stack.rebuildWorkers.value),
    byWrites: writes / limits.tableWrites.value,
    byOffice: inOneOffice / limits.partitionWrites.value,
    listing: waiting(cases),
    emptying: waiting(dropping.requests * cases),
  };
}
