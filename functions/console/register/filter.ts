import type { Day, PartialDate } from '../../../domain/dates.ts';
import { lastDay } from '../../../domain/dates.ts';
import { TERMS, type Term } from '../../../domain/entries.ts';
import { DUES, type Due, dueOn } from '../../../domain/inspection/tally.ts';
import type { Item } from '../../../domain/item/present.ts';
import { STATUSES, type Status } from '../../../domain/item/state.ts';

/** Several statuses under one name: whatever still has to be done. */
export const OPEN = 'open';
/** Open, and nobody waits for a decision. */
export const WORKING = 'working';
/** All but what was withdrawn. */
export const STANDING = 'standing';

export const SORTS = [
  'item',
  'status',
  'lead',
  'term',
  'deadline',
  'measures',
  'evidence',
  'returns',
  'recorded',
] as const;
export type Sort = (typeof SORTS)[number];

/** What the register is asked for, as its address says. */
export interface RegisterQuery {
  readonly q: string;
  readonly status: Status | typeof OPEN | typeof WORKING | typeof STANDING | undefined;
  readonly office: string;
  /** Only what that office leads; else what it leads or supports. */
  readonly leads: boolean;
  readonly term: Term | undefined;
  readonly due: Due | undefined;
  readonly returned: boolean;
  readonly sort: Sort;
  readonly descending: boolean;
  /** From 1. */
  readonly page: number;
}

const oneOf = <const T extends readonly string[]>(values: T, text: string | null): T[number] | undefined =>
  values.find((value) => value === text);

/** Whatever the address holds that no filter has is passed over: an old link still shows a register. */
export function readQuery(search: URLSearchParams): RegisterQuery {
  const page = Number(search.get('page') ?? 1);
  return {
    q: (search.get('q') ?? '').trim().slice(0, 200),
    status: oneOf([...STATUSES, OPEN, WORKING, STANDING], search.get('status')),
    office: (search.get('office') ?? '').trim(),
    leads: search.get('leads') === 'yes',
    term: oneOf(TERMS, search.get('term')),
    due: oneOf(DUES, search.get('due')),
    returned: search.get('returned') === 'yes',
    sort: oneOf(SORTS, search.get('sort')) ?? 'item',
    descending: search.get('order') === 'desc',
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
  };
}

/** The address of a register asked so; what goes without saying is left out. */
export function writeQuery(query: RegisterQuery, kept: { readonly [name: string]: string } = {}): string {
  const search = new URLSearchParams();
  if (query.q !== '') search.set('q', query.q);
  if (query.status !== undefined) search.set('status', query.status);
  if (query.office !== '') search.set('office', query.office);
  if (query.office !== '' && query.leads) search.set('leads', 'yes');
  if (query.term !== undefined) search.set('term', query.term);
  if (query.due !== undefined) search.set('due', query.due);
  if (query.returned) search.set('returned', 'yes');
  if (query.sort !== 'item') search.set('sort', query.sort);
  if (query.descending) search.set('order', 'desc');
  if (query.page > 1) search.set('page', String(query.page));
  for (const [name, value] of Object.entries(kept)) search.set(name, value);
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

export const isFiltered = ({ q, status, office, term, due, returned }: RegisterQuery): boolean =>
  q !== '' || status !== undefined || office !== '' || term !== undefined || due !== undefined || returned;

export const isOpen = ({ status }: Pick<Item, 'status'>): boolean =>
  status !== 'closed' && status !== 'withdrawn';

/** Closed and withdrawn items are due no more. */
export const dueOf = (item: Item, today: Day): Due | undefined =>
  isOpen(item) ? dueOn(item.deadline, today) : undefined;

function says(item: Item, words: string): boolean {
  const texts = [
    item.itemId,
    item.title,
    item.heading,
    item.printedNumber,
    ...item.measures.map(({ text }) => text),
    ...item.evidence.map(({ name }) => name),
  ];
  return texts.some((text) => text?.toLowerCase().includes(words) ?? false);
}

/** Everything but the status, which the register counts beside itself. */
function fitsRest(item: Item, query: RegisterQuery, today: Day): boolean {
  return (
    (query.office === '' ||
      item.lead === query.office ||
      (!query.leads && item.supporting.includes(query.office))) &&
    (query.term === undefined || item.term === query.term) &&
    (query.due === undefined || dueOf(item, today) === query.due) &&
    (!query.returned || item.returns > 0) &&
    (query.q === '' || says(item, query.q.toLowerCase()))
  );
}

const fitsStatus = (item: Item, status: RegisterQuery['status']): boolean =>
  status === undefined ||
  (status === OPEN && isOpen(item)) ||
  (status === WORKING && isOpen(item) && item.status !== 'closure-requested') ||
  (status === STANDING && item.status !== 'withdrawn') ||
  item.status === status;

export interface Filtered {
  /** In the order asked for. */
  readonly items: readonly Item[];
  /** How many each status would show under the other filters. */
  readonly byStatus: { readonly [status: string]: number };
}

export function filterItems(all: readonly Item[], query: RegisterQuery, today: Day): Filtered {
  const rest = all.filter((item) => fitsRest(item, query, today));
  const byStatus: { [status: string]: number } = { all: rest.length };
  for (const status of [OPEN, WORKING, STANDING, ...STATUSES] as const) {
    byStatus[status] = rest.filter((item) => fitsStatus(item, status)).length;
  }
  const items = rest.filter((item) => fitsStatus(item, query.status));
  return { items: sorted(items, query), byStatus };
}

export const doneMeasures = ({ measures }: Item): { readonly done: number; readonly all: number } => {
  const standing = measures.filter(({ status }) => status !== 'withdrawn');
  return { done: standing.filter(({ status }) => status !== 'adopted').length, all: standing.length };
};

export const standingEvidence = ({ evidence }: Item): number =>
  evidence.filter(({ standing }) => standing).length;

/** What is missing stands last, whichever way the rest is sorted. */
const LAST = '\uffff';

function keyOf(item: Item, sort: Sort): string | number {
  const { done, all } = doneMeasures(item);
  switch (sort) {
    case 'item':
      return item.itemId;
    case 'status':
      return STATUSES.indexOf(item.status ?? 'withdrawn');
    case 'lead':
      return item.lead ?? LAST;
    case 'term':
      return item.term === null ? TERMS.length : TERMS.indexOf(item.term);
    case 'deadline':
      return item.deadline === null ? LAST : lastDay(item.deadline as PartialDate);
    case 'measures':
      return all === 0 ? -1 : done / all;
    case 'evidence':
      return standingEvidence(item);
    case 'returns':
      return item.returns;
    case 'recorded':
      return item.recordedAt ?? '';
    default:
      return sort satisfies never;
  }
}

function sorted(items: readonly Item[], { sort, descending }: RegisterQuery): readonly Item[] {
  const keyed = items.map((item) => ({ item, key: keyOf(item, sort) }));
  const sign = descending ? -1 : 1;
  keyed.sort((one, other) => {
    if (one.key !== other.key) {
      if (one.key === LAST || other.key === LAST) return one.key === LAST ? 1 : -1;
      return one.key < other.key ? -sign : sign;
    }
    return one.item.itemId < other.item.itemId ? -1 : 1;
  });
  return keyed.map(({ item }) => item);
}
