import { html } from 'hono/html';
import { type Day, daysBetween, lastDay, type PartialDate } from '../../../domain/dates.ts';
import type { Item } from '../../../domain/item/present.ts';
import { frame } from '../texts/frame.ts';
import { type Language, listed } from '../texts/language.ts';
import { registerWords } from '../texts/register.ts';
import { words } from '../texts/words.ts';
import { instantText } from '../time/instants.ts';
import type { Visit } from '../visit.ts';
import {
  doneMeasures,
  isOpen,
  type RegisterQuery,
  SORTS,
  type Sort,
  standingEvidence,
  writeQuery,
} from './filter.ts';

interface TableProps {
  readonly visit: Visit;
  readonly caseId: string;
  readonly items: readonly Item[];
  readonly query: RegisterQuery;
  readonly today: Day;
  readonly clocks: { readonly [name: string]: string };
  /** The same, as the query of an item's address. */
  readonly clockQuery: string;
}

/** By all but the title the table can be sorted. */
const COLUMNS: readonly (Sort | 'title')[] = ['item', 'title', ...SORTS.filter((sort) => sort !== 'item')];
const NUMBERS: ReadonlySet<string> = new Set(['measures', 'evidence', 'returns']);

/** The dense table: one row an item. */
export const RegisterTable = (props: TableProps) => {
  const { visit, caseId, items, query } = props;
  const t = registerWords[visit.language];
  return (
    <table class="register">
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th
              scope="col"
              class={NUMBERS.has(column) ? 'number' : undefined}
              aria-sort={column === query.sort ? (query.descending ? 'descending' : 'ascending') : undefined}
            >
              {column === 'title' ? (
                t.columns.title
              ) : (
                <a href={`/cases/${caseId}${sortedBy(column, props)}`} title={t.sortBy(t.columns[column])}>
                  {t.columns[column]}
                </a>
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <Row {...props} item={item} />
        ))}
      </tbody>
    </table>
  );
};

/** Once more on the same column turns the order round. */
function sortedBy(sort: Sort, { query, clocks }: TableProps): string {
  const descending = sort === query.sort && !query.descending;
  return writeQuery({ ...query, sort, descending, page: 1 }, clocks);
}

/**
 * One row. Written as a template, which escapes what is put in as the elements do, at a third of the time: a page
 * has hundreds of rows and few of anything else.
 */
const Row = ({ visit, caseId, item, today, clockQuery }: TableProps & { readonly item: Item }) => {
  const { language } = visit;
  const t = registerWords[language];
  const w = words[language];
  const { done, all } = doneMeasures(item);
  const { status, lead, supporting, term, deadline, recordedAt, returns } = item;
  const address = `/cases/${caseId}/items/${item.itemId}${clockQuery}`;
  return html`<tr><td class="muted">${item.itemId}</td><td><a href="${address}">${
    item.title ?? frame[language].erased
  }</a></td><td>${
    status === null ? '' : html`<span class="tag ${status}">${w.status[status]}</span>`
  }</td><td>${lead ?? html`<span class="muted">${t.unassigned}</span>`}${
    supporting.length > 0 ? html`<small>${t.supporting(listed(language, supporting))}</small>` : ''
  }</td><td>${term === null ? '' : w.term[term]}</td><td>${
    deadline === null ? '' : deadlineCell(language, item, deadline, today)
  }</td><td class="number">${t.measuresDone(done, all)}</td><td class="number">${standingEvidence(
    item,
  )}</td><td class="number">${returns === 0 ? '' : returns}</td><td class="nowrap">${
    recordedAt === null ? '' : instantText(recordedAt, visit.console.zone).slice(0, 10)
  }</td></tr>`;
};

function deadlineCell(language: Language, item: Item, deadline: PartialDate, today: Day) {
  const said = html`<span class="nowrap">${deadline}</span>`;
  if (!isOpen(item)) return said;
  const left = daysBetween(today, lastDay(deadline));
  return html`${said}<small class="${left < 0 ? 'overdue' : 'muted'}">${leftText(language, left)}</small>`;
}

function leftText(language: Language, left: number): string {
  const t = registerWords[language];
  return left < 0 ? t.daysOver(-left) : left === 0 ? t.dueToday : t.daysLeft(left);
}

export const StatusTag = ({
  language,
  item,
}: {
  readonly language: Language;
  readonly item: Pick<Item, 'status'>;
}) =>
  item.status === null ? null : (
    <span class={`tag ${item.status}`}>{words[language].status[item.status]}</span>
  );

/** A deadline, and how far it is for what is still open. */
export const Deadline = ({
  language,
  item,
  today,
}: {
  readonly language: Language;
  readonly item: Item;
  readonly today: Day;
}) => {
  if (item.deadline === null) return null;
  const left = daysBetween(today, lastDay(item.deadline));
  return (
    <>
      <span class="nowrap">{item.deadline}</span>
      {isOpen(item) ? (
        <small class={left < 0 ? 'overdue' : undefined}>{leftText(language, left)}</small>
      ) : null}
    </>
  );
};
