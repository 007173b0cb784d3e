import type { Child } from 'hono/jsx';
import type { Figures } from '../../../domain/figures/figures.ts';
import { figuresWords } from '../texts/figures.ts';
import type { Language } from '../texts/language.ts';
import { terms } from '../texts/terms.ts';

export interface FiguresRow {
  readonly name: Child;
  readonly figures: Figures;
}

interface Props {
  readonly language: Language;
  readonly caption: string;
  /** Over the names. */
  readonly kind: string;
  readonly rows: readonly FiguresRow[];
  readonly whole: Figures;
}

/** Groups of items with what they come to, and the whole under them. */
export const FiguresTable = ({ language, caption, kind, rows, whole }: Props) => (
  <section class="scroll figures" tabindex={0} aria-label={caption}>
    <table>
      <thead>
        <tr>
          <th scope="col">{kind}</th>
          {Object.values(figuresWords[language].columns).map((said) => (
            <th scope="col" class="number">
              {said}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, figures }) => (
          <tr>
            <th scope="row">{name}</th>
            <Numbers figures={figures} />
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{terms[language].total}</th>
          <Numbers figures={whole} />
        </tr>
      </tfoot>
    </table>
  </section>
);

const NOTHING = '–';

/** In the order of the columns. */
const Numbers = ({ figures }: { readonly figures: Figures }) => {
  const { items, closed, daysToClose, returns, extensions } = figures;
  const { median, lowerQuartile, upperQuartile } = daysToClose;
  const cells = [
    items,
    closed,
    median ?? NOTHING,
    lowerQuartile === null ? NOTHING : `${lowerQuartile} ${NOTHING} ${upperQuartile}`,
    returns.sum,
    returns.perItem?.toFixed(2) ?? NOTHING,
    extensions.items,
    extensions.days,
  ];
  return (
    <>
      {cells.map((cell) => (
        <td class="number">{cell}</td>
      ))}
    </>
  );
};
