import { assumptions as assumed, type Size } from './assumptions.ts';
import { storedAfter } from './bill.ts';
import { plus } from './cost.ts';
import type { Measured } from './measure.ts';
import { limits, stack } from './platform.ts';
import { apiMs, atPeak, MONTHS, projectorMs, trafficOf } from './traffic.ts';

/** Entries a second of a whole deployment at the busiest time; `byHand` leaves imports out. */
export function entriesAtPeak({ casesAYear }: Size, { shape }: Measured) {
  const all = atPeak((casesAYear * shape.entries) / MONTHS);
  return { all, byHand: (all * (shape.entries - shape.imported)) / shape.entries };
}

export const unitsIn = (measured: Measured, kind: string): number =>
  measured.projecting.aloneByPartition.get(kind) ?? 0;

/** Partitions of the views that all cases share, and those of one case: what an entry alone writes there. */
export function partitionsOf(measured: Measured) {
  const carries = (units: number): number => limits.partitionWrites.value / units;
  const row = (key: string, scope: string, units: number) => ({ key, scope, units, carries: carries(units) });
  return [
    row('events: caseId', 'one case', measured.recording.byHand.eventWrites),
    row('views: case#<id>', 'one case', unitsIn(measured, 'case')),
    row('views: command#<id>#<item>', 'one item', unitsIn(measured, 'command')),
    row('views: cases', 'every case', unitsIn(measured, 'cases')),
    row('views: audit-day#<day>', 'every case', unitsIn(measured, 'audit-day')),
    row(
      'views: audit-office#<office>',
      'every case with an office of that name',
      unitsIn(measured, 'audit-office'),
    ),
    row('views: audit-actor#<sub>', 'every case of one person', unitsIn(measured, 'audit-actor')),
  ];
}

/** How near one size comes to a limit at the busiest time, 1 being there. */
export function standingOf(size: Size, measured: Measured) {
  const { all, byHand } = entriesAtPeak(size, measured);
  const traffic = trafficOf(size, measured, 1);
  const units = plus(traffic.api, traffic.projector);
  const shards = shardsOf(size, measured);
  const calls = atPeak(traffic.calls);
  const functions = (calls * apiMs(traffic)) / 1_000;
  const { alone } = measured.projecting;
  return {
    '`cases`, write units': (byHand * unitsIn(measured, 'cases')) / limits.partitionWrites.value,
    '`audit-day#`, write units': (all * unitsIn(measured, 'audit-day')) / limits.partitionWrites.value,
    '`audit-office#`, write units, where every case names its offices alike':
      (all * measured.shape.busiestOffice * unitsIn(measured, 'audit-office')) / limits.partitionWrites.value,
    'table of events, write units': atPeak(units.eventWrites) / limits.tableWrites.value,
    'table of events, read units': atPeak(units.eventReads) / limits.tableReads.value,
    'table of views, write units': atPeak(units.viewWrites) / limits.tableWrites.value,
    'table of views, read units': atPeak(units.viewReads) / limits.tableReads.value,
    'published notices, against what the stack lets in': atPeak(traffic.notices) / stack.noticeThrottle.value,
    'requests, against what the stack lets in': calls / stack.throttle.value,
    'requests, against what an account may have': calls / limits.apiRequests.value,
    'functions of the API, against what the stack reserves': functions / stack.apiFunctions.value,
    'functions of the API, against what an account may have': functions / limits.functions.value,
    'projector, if every entry came alone':
      (byHand * projectorMs(alone.requests)) / 1_000 / (shards * stack.sideBySide.value),
  };
}

/** Shards of the stream of events: one a partition, and a partition is split when it is full. */
function shardsOf(size: Size, measured: Measured): number {
  const { events } = storedAfter(size, measured, 1);
  return Math.max(limits.newTable.value, Math.ceil(events / assumed.shardGigabytes.value));
}
