import { assumptions as assumed, lookBack, type Size, visit } from './assumptions.ts';
import { READ_UNIT } from './bytes.ts';
import { type Cost, NOTHING, plus, sum, times } from './cost.ts';
import { IMPORT_BATCH } from './example-case.ts';
import type { Measured } from './measure.ts';
import type { Reading } from './reading.ts';

/** What a deployment is asked for in a month, so many years after it began. */
export interface Traffic {
  /** Calls of the API. */
  readonly calls: number;
  readonly api: Cost;
  /** Calls of the projector. */
  readonly batches: number;
  readonly projector: Cost;
  /** Of the calls, readings of published notices. */
  readonly notices: number;
}

export const MONTHS = 12;
/** Visits of one active case in a month, by all its people. */
const visitsOf = ({ shape }: Measured): number => (shape.people * assumed.visits.value * 52) / MONTHS;
/** Readings of one active case's notice in a month. */
const noticesOf = (assumed.noticesRead.value * 365) / MONTHS;
/** A page of the list of cases takes one row more than it shows, to know whether more follow. */
export const LISTED = 101;

export function trafficOf(size: Size, measured: Measured, years: number): Traffic {
  const { shape, recording, projecting } = measured;
  const cases = size.casesAYear * years;
  const active = Math.min(cases, (size.casesAYear * assumed.activeMonths.value) / MONTHS);
  const opened = size.casesAYear / MONTHS;
  const byHand = opened * (shape.entries - shape.imported);
  const importBatches = Math.ceil(shape.imported / IMPORT_BATCH);
  const reading = readingOf(measured, cases);
  const visits = active * visitsOf(measured);
  const lookBacks = (cases - active) * assumed.lookBacks.value;
  const notices = active * noticesOf;
  return {
    calls: opened + byHand + visits * askedIn(visit) + lookBacks * askedIn(lookBack) + notices,
    api: sum([
      times(recording.imported, opened),
      times(recording.byHand, byHand),
      times(mixed(visit, reading), visits),
      times(mixed(lookBack, reading), lookBacks),
      times(reading.notice, notices),
    ]),
    notices,
    batches: byHand + opened * importBatches,
    projector: plus(times(projecting.imported, opened), times(projecting.alone, byHand)),
  };
}

type Mix = { readonly [Asked in keyof Reading]?: number };

const askedIn = (mix: Mix): number => Object.values(mix).reduce((all, often) => all + often, 0);

const mixed = (mix: Mix, reading: Reading): Cost =>
  Object.entries(mix).reduce(
    (all, [asked, often]) => plus(all, times(reading[asked as keyof Reading], often)),
    NOTHING,
  );

/** As measured on one case, but with a page of the list of cases as long as it is there. */
function readingOf({ reading, shape }: Measured, cases: number): Reading {
  const rows = Math.min(LISTED, cases);
  return { ...reading, cases: { ...NOTHING, requests: 1, viewReads: listReads(rows, shape.summaryBytes) } };
}

/** Read units of events in a month of one active case, by what they are spent on. */
export function eventReadsOf(measured: Measured): { readonly [spentOn: string]: number } {
  const { recording, reading, shape } = measured;
  const asked = (name: keyof Reading): number =>
    reading[name].eventReads * (visit[name] ?? 0) * visitsOf(measured);
  const byHand =
    (recording.byHand.eventReads * (shape.entries - shape.imported)) / assumed.activeMonths.value;
  return {
    'the published notice': reading.notice.eventReads * noticesOf,
    'items as they are': asked('item'),
    'the case': asked('case'),
    'changes between two dates': asked('diff'),
    'histories, audit trails and items at a date': asked('history') + asked('audit') + asked('itemThen'),
    'the register': asked('register'),
    supervision: asked('supervisionByOffice') + asked('supervisionByDay'),
    'recording and importing': byHand + recording.imported.eventReads / assumed.activeMonths.value,
  };
}

/** Read units of so many rows of a list, eventually consistent. */
export const listReads = (rows: number, bytes: number): number => Math.ceil((rows * bytes) / READ_UNIT) / 2;

const SECONDS_A_DAY = assumed.workingHours.value * 3_600;

/** Of what comes in a month, what comes on a working day. */
export const aDay = (aMonth: number): number => (aMonth * MONTHS) / assumed.workingDays.value;

/** Of what comes in a month, what comes in a second of the busiest hours. */
export const atPeak = (aMonth: number): number => (aDay(aMonth) / SECONDS_A_DAY) * assumed.peak.value;

/** Milliseconds that a function runs: it waits for one request after the other, at the most. */
export const apiMs = (traffic: Traffic): number =>
  assumed.apiMs.value + (assumed.requestMs.value * traffic.api.requests) / traffic.calls;
export const projectorMs = (requests: number): number =>
  assumed.projectorMs.value + assumed.requestMs.value * requests;
