import { type Day, daysBetween, lastDay } from '../../../domain/dates.ts';
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

const COLUMNS: readonly (Sort | 'title')[] = [
  'item',
  'title',
  'status',
  'lead',
  'term',
  'deadline',
  'measures',
  'evidence',
  'returns',
  'recorded',
];
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

const Row = ({ visit, caseId, item, today, clockQuery }: TableProps & { readonly item: Item }) => {
  const { language } = visit;
  const t = registerWords[language];
  const w = words[language];
  const { done, all } = doneMeasures(item);
  const address = `/cases/${caseId}/items/${item.itemId}${clockQuery}`;
  return (
    <tr>
      <td class="muted">{item.itemId}</td>
      <td>
        <a href={address}>{item.title ?? frame[language].erased}</a>
      </td>
      <td>
        <StatusTag language={language} item={item} />
      </td>
      <td>
        {item.lead ?? <span class="muted">{t.unassigned}</span>}
        {item.supporting.length > 0 ? <small>{t.supporting(listed(language, item.supporting))}</small> : null}
      </td>
      <td>{item.term === null ? null : w.term[item.term]}</td>
      <td>
        <Deadline language={language} item={item} today={today} />
      </td>
      <td class="number">{t.measuresDone(done, all)}</td>
      <td class="number">{standingEvidence(item)}</td>
      <td class="number">{item.returns === 0 ? null : item.returns}</td>
      <td class="nowrap">
        {item.recordedAt === null ? null : instantText(item.recordedAt, visit.console.zone).slice(0, 10)}
      </td>
    </tr>
  );
};

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
  const t = registerWords[language];
  const left = daysBetween(today, lastDay(item.deadline));
  return (
    <>
      <span class="nowrap">{item.deadline}</span>
      {isOpen(item) ? (
        <small class={left < 0 ? 'overdue' : undefined}>
          {left < 0 ? t.daysOver(-left) : left === 0 ? t.dueToday : t.daysLeft(left)}
        </small>
      ) : null}
    </>
  );
};
