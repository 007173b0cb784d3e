import type { Term } from '../../domain/entries.ts';
import type { Figures } from '../../domain/figures/figures.ts';
import type { Week } from '../../domain/figures/weeks.ts';
import type { AllFigures, CaseFigures } from '../app/figures.ts';
import { BYTE_ORDER_MARK, type Cell, csvLines } from './csv.ts';

const COLUMNS = [
  'scope',
  'caseId',
  'title',
  'office',
  'term',
  'measure',
  'week',
  'weekFrom',
  'value',
] as const;
type Column = (typeof COLUMNS)[number];

/** Whose number it is: of all cases, of one, of a lead office, or of a term. */
type Scope = 'all' | 'case' | 'office' | 'term';

const MEASURES = [
  'items',
  'withdrawn',
  'closed',
  'closedInWeek',
  'closedBefore',
  'closedAfter',
  'daysToClose.count',
  'daysToClose.sum',
  'daysToClose.median',
  'daysToClose.lowerQuartile',
  'daysToClose.upperQuartile',
  'returns',
  'returnedItems',
  'returnsPerItem',
  'extensions',
  'extendedItems',
  'extensionDays',
] as const;
export type Measure = (typeof MEASURES)[number];

/** How the file calls things; programs get the codes themselves. */
export interface FiguresLabels {
  readonly column: (name: Column) => string;
  readonly scope: (name: Scope) => string;
  readonly measure: (name: Measure) => string;
  /** Null of items that nobody leads. */
  readonly office: (code: string | null) => string;
  /** Null of items that were given none. */
  readonly term: (code: Term | null) => string;
  /** Null once erased. */
  readonly title: (words: string | null) => string;
}

const itself = (name: string): string => name;
const orNothing = (name: string | null): string => name ?? '';

export const CODES: FiguresLabels = {
  column: itself,
  scope: itself,
  measure: itself,
  office: orNothing,
  term: orNothing,
  title: orNothing,
};

type Cells = { readonly [C in Column]?: Cell };

/**
 * One number a row, with all that it is a number of beside it: to be filtered, and to be turned into any table.
 * A median of nothing is an empty cell, and so are returns for each of no items.
 */
export function figuresCsv(figures: CaseFigures | AllFigures, labels: FiguresLabels): string {
  const named =
    'caseId' in figures ? { caseId: figures.caseId, title: labels.title(figures.title) } : undefined;
  const { whole, byOffice, byTerm, weeks } = figures;
  const groups: (readonly [Scope, Cells, Figures])[] = [[named ? 'case' : 'all', { ...named }, whole]];
  if ('byCase' in figures) {
    for (const one of figures.byCase)
      groups.push(['case', { caseId: one.caseId, title: labels.title(one.title) }, one]);
  }
  for (const one of byOffice) groups.push(['office', { ...named, office: labels.office(one.office) }, one]);
  for (const one of byTerm) groups.push(['term', { ...named, term: labels.term(one.term) }, one]);
  const rows = groups.flatMap(([scope, cells, numbers]) =>
    measured(numbers, weeks).map(([measure, value, week]) => ({
      ...cells,
      scope: labels.scope(scope),
      measure: labels.measure(measure),
      value: value ?? '',
      ...(week ? { week: week.week, weekFrom: week.from } : {}),
    })),
  );
  const lines = rows.map((row: Cells) => COLUMNS.map((column) => row[column] ?? ''));
  return BYTE_ORDER_MARK + csvLines([COLUMNS.map(labels.column), ...lines]);
}

function measured(
  figures: Figures,
  weeks: readonly Week[],
): readonly (readonly [Measure, number | null, Week?])[] {
  const { daysToClose: days, returns, extensions } = figures;
  return [
    ['items', figures.items],
    ['withdrawn', figures.withdrawn],
    ['closed', figures.closed],
    ['closedBefore', figures.closedBefore],
    ...weeks.map((week, index) => ['closedInWeek', figures.closedByWeek[index] ?? 0, week] as const),
    ['closedAfter', figures.closedAfter],
    ['daysToClose.count', days.count],
    ['daysToClose.sum', days.sum],
    ['daysToClose.median', days.median],
    ['daysToClose.lowerQuartile', days.lowerQuartile],
    ['daysToClose.upperQuartile', days.upperQuartile],
    ['returns', returns.sum],
    ['returnedItems', returns.items],
    ['returnsPerItem', returns.perItem],
    ['extensions', extensions.sum],
    ['extendedItems', extensions.items],
    ['extensionDays', extensions.days],
  ];
}
