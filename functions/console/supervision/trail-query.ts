import { day, daysAfter } from '../../../domain/dates.ts';
import type { FieldError } from '../../../domain/fields.ts';
import { isCaseEventType, isItemEventType } from '../../../domain/payload.ts';
import { isRefusal, type Refusal, refuseFields } from '../../../domain/refusals.ts';
import type { Paged, SupervisedEntry, SupervisionFilter, TrailOrder } from '../../app/ledger.ts';
import { fieldErrors } from '../../http/field-errors.ts';
import { supervisionParameters } from '../../http/requests.ts';
import type { SignedIn } from '../visit.ts';

export const TRAIL_FILTERS = ['office', 'actor', 'type', 'from', 'to'] as const;
export type TrailFilter = (typeof TRAIL_FILTERS)[number];

/** What stands in the fields of the form; empty ones do not filter. */
export type TypedTrail = { readonly [F in TrailFilter]: string };

export interface TrailQuery {
  readonly typed: TypedTrail;
  readonly cursor: string | undefined;
}

/** Without a first day the trail goes back so far, in days: as far as the API goes. */
const SPAN_DAYS = 30;

/**
 * The filters that the address holds. An address that names no first day begins 30 days back; one that leaves it
 * empty on purpose does so only where neither office nor person keeps the trail short.
 */
export function readTrailQuery({ c, today }: SignedIn): TrailQuery {
  const given = (name: string): string => (c.req.query(name) ?? '').trim();
  const [office, actor, to] = [given('office'), given('actor'), given('to')];
  const wholeTrail = c.req.query('from') !== undefined && (office !== '' || actor !== '');
  const from = given('from') || (wholeTrail ? '' : daysAfter(day(to) ?? today, -SPAN_DAYS));
  const cursor = given('cursor');
  return {
    typed: { office, actor, type: given('type'), from, to },
    cursor: cursor === '' ? undefined : cursor,
  };
}

/** The address of the same trail elsewhere. An empty first day is kept: it means the beginning. */
export function trailAddress(path: string, typed: TypedTrail, cursor?: string): string {
  const query = new URLSearchParams();
  for (const name of TRAIL_FILTERS) if (typed[name] !== '' || name === 'from') query.set(name, typed[name]);
  if (cursor !== undefined) query.set('cursor', cursor);
  return `${path}?${query}`;
}

/** The filters as the ledger takes them, under the rules of the API's parameters. */
function checked(typed: TypedTrail): SupervisionFilter | Refusal {
  const input = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== ''));
  const parsed = supervisionParameters.safeParse(input);
  const errors: FieldError[] = parsed.success ? [] : fieldErrors(parsed.error, input);
  const { type } = typed;
  if (type !== '' && !isCaseEventType(type) && !isItemEventType(type)) {
    errors.push({ pointer: '/type', code: 'invalid-value', message: 'is not a type of entry' });
  }
  if (!parsed.success || errors.length > 0) return refuseFields(errors);
  const { office, actor, from, to } = parsed.data;
  return { office, actor, type: parsed.data.type, from, to };
}

export async function readTrail(
  { ledger, who }: Pick<SignedIn, 'ledger' | 'who'>,
  { typed, cursor }: TrailQuery,
  order: TrailOrder,
  limit: number,
): Promise<Paged<SupervisedEntry> | Refusal> {
  const filter = checked(typed);
  return isRefusal(filter) ? filter : ledger.supervision(who, { ...filter, order }, { limit, cursor });
}
