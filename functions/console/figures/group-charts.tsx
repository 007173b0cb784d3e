import type { Figures } from '../../../domain/figures/figures.ts';
import { byName } from '../supervision/dues.ts';
import { fieldNames } from '../texts/fields.ts';
import { figuresWords } from '../texts/figures.ts';
import type { Language } from '../texts/language.ts';
import { terms } from '../texts/terms.ts';
import { type Bar, NameBars } from './name-bars.tsx';

export interface NamedFigures {
  readonly name: string;
  readonly figures: Figures;
}

interface Props {
  readonly language: Language;
  /** What the groups are: the charts of a page are told apart by it. */
  readonly of: 'office' | 'term';
  readonly rows: readonly NamedFigures[];
}

interface Chart {
  readonly id: string;
  readonly title: string;
  /** What is said where there is no bar. */
  readonly empty: string;
  readonly bars: readonly Bar[];
}

/**
 * Median days, returns per item and extension days of each group, as bars. A group that has no such number, or none
 * above 0 where 0 means nothing happened, has none. Offices come the most first, terms in their own order.
 */
export const GroupCharts = ({ language, of, rows }: Props) => {
  const t = figuresWords[language];
  const charts: readonly Chart[] = [
    { id: `${of}-days`, title: t.days, empty: t.noDays, bars: dayBars(language, rows) },
    { id: `${of}-returns`, title: t.columns.perItem, empty: t.noReturns, bars: returnBars(language, rows) },
    {
      id: `${of}-extensions`,
      title: fieldNames[language].extensionDays,
      empty: t.noExtensions,
      bars: extensionBars(language, rows),
    },
  ];
  return (
    <div class="chart-row">
      {charts.map(({ id, title, empty, bars }) => (
        <div>
          <h3>{title}</h3>
          {bars.length === 0 ? (
            <p class="muted">{empty}</p>
          ) : (
            <NameBars
              id={id}
              title={title}
              description={t.barsLabel(bars.length)}
              bars={of === 'office' ? bars.toSorted(mostFirst) : bars}
            />
          )}
        </div>
      ))}
    </div>
  );
};

const dayBars = (language: Language, rows: readonly NamedFigures[]): readonly Bar[] =>
  rows.flatMap(({ name, figures: { closed, daysToClose } }) => {
    const { median } = daysToClose;
    if (median === null) return [];
    const label = terms[language].days(median);
    return [{ name, value: median, label, said: figuresWords[language].daysOf(name, median, closed) }];
  });

const returnBars = (language: Language, rows: readonly NamedFigures[]): readonly Bar[] =>
  rows.flatMap(({ name, figures: { items, returns } }) => {
    if (returns.perItem === null || returns.sum === 0) return [];
    const label = returns.perItem.toFixed(2);
    const said = figuresWords[language].returnsOf(name, label, returns.sum, items);
    return [{ name, value: returns.perItem, label, said }];
  });

const extensionBars = (language: Language, rows: readonly NamedFigures[]): readonly Bar[] =>
  rows.flatMap(({ name, figures: { extensions } }) => {
    if (extensions.days === 0) return [];
    const said = figuresWords[language].extensionsOf(name, extensions.days, extensions.items);
    return [{ name, value: extensions.days, label: terms[language].days(extensions.days), said }];
  });

const mostFirst = (one: Bar, other: Bar): number => other.value - one.value || byName(one.name, other.name);
