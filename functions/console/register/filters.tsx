import { TERMS } from '../../../domain/entries.ts';
import { DUES } from '../../../domain/inspection/tally.ts';
import type { Item } from '../../../domain/item/present.ts';
import { STATUSES } from '../../../domain/item/state.ts';
import { registerWords } from '../texts/register.ts';
import { terms } from '../texts/terms.ts';
import { words } from '../texts/words.ts';
import type { Visit } from '../visit.ts';
import {
  type Filtered,
  isFiltered,
  OPEN,
  type RegisterQuery,
  SORTS,
  STANDING,
  WORKING,
  writeQuery,
} from './filter.ts';

interface FiltersProps {
  readonly visit: Visit;
  readonly caseId: string;
  readonly query: RegisterQuery;
  readonly filtered: Filtered;
  readonly items: readonly Item[];
  readonly clocks: { readonly [name: string]: string };
}

/** Statuses with their counts under the other filters, and the other filters as a form. */
export const Filters = ({ visit, caseId, query, filtered, items, clocks }: FiltersProps) => {
  const t = registerWords[visit.language];
  const w = words[visit.language];
  const { all } = terms[visit.language];
  const here = `/cases/${caseId}`;
  const labels: { readonly [status: string]: string } = {
    ...w.status,
    [OPEN]: t.open,
    [WORKING]: terms[visit.language].working,
    [STANDING]: t.standing,
  };
  const shown = [STANDING, OPEN, WORKING, ...STATUSES].filter(
    (status) =>
      status === query.status ||
      (status !== STANDING && status !== WORKING && (filtered.byStatus[status] ?? 0) > 0),
  );
  const offices = [
    ...new Set(items.flatMap(({ lead, supporting }) => [...(lead === null ? [] : [lead]), ...supporting])),
  ].sort((one, other) => one.localeCompare(other, 'zh'));
  const chip = (status: RegisterQuery['status'], label: string, count: number) => (
    <li>
      <a
        href={here + writeQuery({ ...query, status, page: 1 }, clocks)}
        aria-current={query.status === status ? 'true' : undefined}
      >
        {label} <span class="count">{count}</span>
      </a>
    </li>
  );
  return (
    <section class="filters" aria-label={t.apply}>
      <ul class="chips">
        {chip(undefined, all, filtered.byStatus.all ?? 0)}
        {shown.map((status) =>
          chip(status as RegisterQuery['status'], labels[status] ?? status, filtered.byStatus[status] ?? 0),
        )}
      </ul>
      <form method="get" action={here} data-filters>
        {query.status === undefined ? null : <input type="hidden" name="status" value={query.status} />}
        {Object.entries(clocks).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <label>
          {t.search} <input type="search" name="q" value={query.q} placeholder={t.searchHint} />
        </label>
        <label>
          {terms[visit.language].office}{' '}
          <select name="office">
            <option value="">{all}</option>
            {offices.map((office) => (
              <option value={office} selected={office === query.office}>
                {office}
              </option>
            ))}
          </select>
        </label>
        <label class="check">
          <input type="checkbox" name="leads" value="yes" checked={query.leads} /> {t.leads}
        </label>
        <label>
          {t.columns.term}{' '}
          <select name="term">
            <option value="">{all}</option>
            {TERMS.map((term) => (
              <option value={term} selected={term === query.term}>
                {w.term[term]}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t.due}{' '}
          <select name="due">
            <option value="">{all}</option>
            {DUES.map((due) => (
              <option value={due} selected={due === query.due}>
                {w.due[due]}
              </option>
            ))}
          </select>
        </label>
        <label class="check">
          <input type="checkbox" name="returned" value="yes" checked={query.returned} /> {t.returned}
        </label>
        <span>
          <label for="sort">{t.sort}</label>{' '}
          <select name="sort" id="sort">
            {SORTS.map((sort) => (
              <option value={sort} selected={sort === query.sort}>
                {t.columns[sort]}
              </option>
            ))}
          </select>
        </span>
        <label class="check">
          <input type="checkbox" name="order" value="desc" checked={query.descending} /> {t.descending}
        </label>
        <button type="submit" class="quiet">
          {t.apply}
        </button>
        {isFiltered(query) ? (
          <a href={here + writeQuery({ ...CLEARED, sort: query.sort, descending: query.descending }, clocks)}>
            {t.clear}
          </a>
        ) : null}
      </form>
      <p class="muted" role="status">
        {t.matching(filtered.items.length, items.length)}
      </p>
    </section>
  );
};

const CLEARED: RegisterQuery = {
  q: '',
  status: undefined,
  office: '',
  leads: false,
  term: undefined,
  due: undefined,
  returned: false,
  sort: 'item',
  descending: false,
  page: 1,
};
