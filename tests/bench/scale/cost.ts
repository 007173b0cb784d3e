import { type Meter, newMeter } from '../../../functions/store/meter.ts';

/** What some work costs: requests on the wire, and units of each table. */
export interface Cost {
  readonly requests: number;
  readonly eventReads: number;
  readonly eventWrites: number;
  readonly viewReads: number;
  readonly viewWrites: number;
}

export const NOTHING: Cost = { requests: 0, eventReads: 0, eventWrites: 0, viewReads: 0, viewWrites: 0 };

export const plus = (one: Cost, other: Cost): Cost => ({
  requests: one.requests + other.requests,
  eventReads: one.eventReads + other.eventReads,
  eventWrites: one.eventWrites + other.eventWrites,
  viewReads: one.viewReads + other.viewReads,
  viewWrites: one.viewWrites + other.viewWrites,
});

export const times = (cost: Cost, factor: number): Cost => ({
  requests: cost.requests * factor,
  eventReads: cost.eventReads * factor,
  eventWrites: cost.eventWrites * factor,
  viewReads: cost.viewReads * factor,
  viewWrites: cost.viewWrites * factor,
});

export const sum = (costs: readonly Cost[]): Cost => costs.reduce(plus, NOTHING);
export const mean = (costs: readonly Cost[]): Cost => times(sum(costs), 1 / costs.length);

/** One meter for each table. */
export interface Meters {
  readonly events: Meter;
  readonly views: Meter;
}

export const newMeters = (): Meters => ({ events: newMeter(), views: newMeter() });

export const read = ({ events, views }: Meters): Cost => ({
  requests: events.requests + views.requests,
  eventReads: events.readUnits,
  eventWrites: events.writeUnits,
  viewReads: views.readUnits,
  viewWrites: views.writeUnits,
});
