import type { Day } from '../../../domain/dates.ts';
import { DUES } from '../../../domain/inspection/tally.ts';
import type { Item } from '../../../domain/item/present.ts';
import { registerWords } from '../texts/register.ts';
import { words } from '../texts/words.ts';
import type { Visit } from '../visit.ts';
import { dueOf } from './filter.ts';

const COLUMNS = [...DUES, 'closure-requested', 'closed'] as const;
type Column = (typeof COLUMNS)[number];

export interface HeatRow {
  /** Null for items that nobody leads. */
  readonly office: string | null;
  readonly counts: { readonly [C in Column]: number };
}

/** Items of each lead office by the days that they have left; most urgent office first. */
function heatRows(items: readonly Item[], today: Day): readonly HeatRow[] {
  const rows = new Map<string | null, { [C in Column]: number }>();
  for (const item of items) {
    if (item.status === 'withdrawn') continue;
    const counts = rows.get(item.lead) ?? emptyCounts();
    rows.set(item.lead, counts);
    const due = dueOf(item, today);
    if (due !== undefined) counts[due] += 1;
    if (item.status === 'closure-requested' || item.status === 'closed') counts[item.status] += 1;
  }
  const urgency = ({ overdue, within10, within20, later }: HeatRow['counts']): number =>
    overdue * 1e9 + within10 * 1e6 + within20 * 1e3 + later;
  return [...rows]
    .map(([office, counts]) => ({ office, counts }))
    .sort(
      (one, other) =>
        urgency(other.counts) - urgency(one.counts) || text(one).localeCompare(text(other), 'zh'),
    );
}

const text = ({ office }: HeatRow): string => office ?? '\uffff';
const emptyCounts = (): { [C in Column]: number } =>
  Object.fromEntries(COLUMNS.map((column) => [column, 0])) as { [C in Column]: number };

/** Where an office's cell leads. */
const queryOf = (column: Column): string =>
  column === 'closed' || column === 'closure-requested' ? `status=${column}` : `due=${column}`;

/** Five depths of one colour: none, and up to the most of its kind. */
const depth = (count: number, most: number): string => `h${count === 0 ? 0 : Math.ceil((4 * count) / most)}`;

export const HeatStrip = ({
  visit,
  caseId,
  items,
  today,
  clocks,
}: {
  readonly visit: Visit;
  readonly caseId: string;
  readonly items: readonly Item[];
  readonly today: Day;
  /** The clocks of this picture, as the end of an address that goes on. */
  readonly clocks: string;
}) => {
  const t = registerWords[visit.language];
  const w = words[visit.language];
  const rows = heatRows(items, today);
  const labels = { ...w.due, ...w.status };
  const most = (column: Column): number => Math.max(1, ...rows.map(({ counts }) => counts[column]));
  return (
    <section class="scroll heat" tabindex={0} aria-label={t.heat}>
      <table>
        <caption>
          {t.heat} · {t.heatCaption}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t.columns.lead}</th>
            {COLUMNS.map((column) => (
              <th scope="col" class="number">
                {labels[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ office, counts }) => (
            <tr>
              <th scope="row">{office ?? t.unassigned}</th>
              {COLUMNS.map((column) => (
                <td class={`number ${column} ${depth(counts[column], most(column))}`}>
                  {counts[column] === 0 || office === null ? (
                    counts[column]
                  ) : (
                    <a
                      href={`/cases/${caseId}?office=${encodeURIComponent(office)}&leads=yes&${queryOf(column)}${clocks}`}
                    >
                      {counts[column]}
                    </a>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};
