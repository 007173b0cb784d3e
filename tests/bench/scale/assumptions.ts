import type { Reading } from './reading.ts';

/** What no measurement can tell. Change a figure here, then rewrite the page. */
interface Assumption {
  readonly value: number;
  readonly unit: string;
  readonly why: string;
}

const assume = (value: number, unit: string, why: string): Assumption => ({ value, unit, why });

export const assumptions = {
  activeMonths: assume(12, 'months', 'so long a case is worked on, and all its entries fall into them'),
  workingDays: assume(250, 'days a year', 'five days a week without public holidays'),
  workingHours: assume(8, 'hours a day', 'nobody works at night; a mean second is one of these hours'),
  peak: assume(10, 'times the mean', 'the last days before a deadline, when every office reports at once'),
  visits: assume(1, 'a week', 'so often each person of a case opens it while it is active'),
  lookBacks: assume(1, 'a month', 'so often anybody opens a case afterwards'),
  importMs: assume(
    10,
    'milliseconds',
    'of computing for one imported entry, with the share of a core that a function of this memory has',
  ),
  noticesRead: assume(2, 'a day', 'so often the public reads the notice of an active case'),
  requestMs: assume(5, 'ms', 'from a function to DynamoDB in its region and back'),
  apiMs: assume(10, 'ms', 'of a function besides waiting for the store: token, JSON, folding'),
  projectorMs: assume(10, 'ms', 'of the projector besides waiting for the store, for each batch'),
  rebuildMs: assume(2, 'ms an entry', 'of a function that makes views again; what it takes here is below'),
  logBytes: assume(
    1_000,
    'bytes',
    'of log for each call of a function: the access log and the platform’s own',
  ),
  compressed: assume(0.25, 'of the table', 'takes an export in S3; so the example’s rows pack with gzip'),
  shardGigabytes: assume(
    10,
    'GB',
    'of a partition before DynamoDB splits it; each has a shard of the stream',
  ),
} as const satisfies { readonly [name: string]: Assumption };

type Mix = { readonly [Asked in keyof Reading]?: number };

/** What is asked in one visit of a case at work, on average. */
export const visit: Mix = {
  cases: 0.2,
  case: 1,
  register: 1,
  item: 5,
  history: 1,
  audit: 0.5,
  itemThen: 0.2,
  diff: 0.05,
  supervisionByOffice: 0.1,
  supervisionByDay: 0.05,
};

/** What is asked in one visit of a case that is closed. */
export const lookBack: Mix = { case: 1, registerThen: 1, itemThen: 5, history: 3, audit: 1, diff: 1 };

/** The four sizes, by cases opened a year. */
export const sizes = [
  { name: 'street', casesAYear: 1 },
  { name: 'district', casesAYear: 100 },
  { name: 'province', casesAYear: 10_000 },
  { name: 'country', casesAYear: 1_000_000 },
] as const;

export interface Size {
  readonly name: string;
  readonly casesAYear: number;
}
