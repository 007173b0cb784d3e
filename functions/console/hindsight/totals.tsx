import { STATUSES } from '../../../domain/item/state.ts';
import type { PictureTotals } from '../../../domain/look-back/hindsight.ts';
import { fieldLabel, yuan } from '../form/field-label.ts';
import { frame } from '../texts/frame.ts';
import { hindsightWords } from '../texts/hindsight.ts';
import type { Language } from '../texts/language.ts';
import { terms } from '../texts/terms.ts';
import { words } from '../texts/words.ts';

/** One number in both pictures, and how it is written. */
interface Row {
  readonly label: string;
  readonly believed: number;
  readonly known: number;
  readonly text: (count: number) => string;
  /** Alike in number, and yet not the same, such as 30 and over 30 persons. */
  readonly differs?: boolean;
  readonly inexact?: readonly [believed: boolean, known: boolean];
}

function rowsOf(language: Language, believed: PictureTotals, known: PictureTotals): readonly Row[] {
  const w = words[language];
  const plain = (count: number): string => String(count);
  const statuses = STATUSES.filter(
    (status) => believed.counts.byStatus[status] + known.counts.byStatus[status] > 0,
  );
  return [
    {
      label: hindsightWords[language].items,
      believed: believed.counts.items,
      known: known.counts.items,
      text: plain,
    },
    ...statuses.map((status) => ({
      label: w.status[status],
      believed: believed.counts.byStatus[status],
      known: known.counts.byStatus[status],
      text: plain,
    })),
    { label: w.due.overdue, believed: believed.counts.overdue, known: known.counts.overdue, text: plain },
    ...accountabilityRows(language, believed, known),
    {
      label: terms[language].institutions,
      believed: believed.institutions,
      known: known.institutions,
      text: plain,
    },
    {
      label: fieldLabel(language, 'fundsFen'),
      believed: believed.fundsFen,
      known: known.fundsFen,
      text: (fen) => terms[language].yuan(yuan(fen)),
    },
  ];
}

/** A row a kind and measure that either picture has. */
function accountabilityRows(language: Language, believed: PictureTotals, known: PictureTotals): Row[] {
  const rows = new Map<string, Row>();
  for (const { kind, measure } of [...believed.accountability, ...known.accountability]) {
    const label = [words[language].accountability[kind], ...(measure === null ? [] : [measure])].join(' ');
    const lineOf = ({ accountability }: PictureTotals) =>
      accountability.find((line) => line.kind === kind && line.measure === measure);
    const [one, other] = [lineOf(believed), lineOf(known)];
    const inexact = [one?.inexact ?? false, other?.inexact ?? false] as const;
    rows.set(label, {
      label,
      believed: one?.persons ?? 0,
      known: other?.persons ?? 0,
      text: (persons) => frame[language].persons(persons, false),
      differs: one !== undefined && other !== undefined && inexact[0] !== inexact[1],
      inexact,
    });
  }
  return [...rows.values()];
}

interface TotalsProps {
  readonly language: Language;
  readonly believed: PictureTotals;
  readonly known: PictureTotals;
  /** Over both columns. */
  readonly heads: readonly [believed: string, known: string];
}

/** Both pictures in numbers, each difference marked in words as well as in colour. */
export const Totals = ({ language, believed, known, heads }: TotalsProps) => {
  const t = hindsightWords[language];
  const said = ({ text, inexact }: Row, count: number, side: 0 | 1): string =>
    inexact?.[side] ? frame[language].persons(count, true) : text(count);
  return (
    <table class="totals">
      <caption class="visually-hidden">{t.totals}</caption>
      <thead>
        <tr>
          <th scope="col">{terms[language].total}</th>
          {heads.map((head) => (
            <th scope="col" class="number">
              {head}
            </th>
          ))}
          <th scope="col">{t.mark}</th>
        </tr>
      </thead>
      <tbody>
        {rowsOf(language, believed, known).map((row) => {
          const moved = row.known - row.believed;
          return (
            <tr class={moved === 0 && !row.differs ? undefined : 'moved'}>
              <th scope="row">{row.label}</th>
              <td class="number">{said(row, row.believed, 0)}</td>
              <td class="number">{said(row, row.known, 1)}</td>
              <td>
                {moved !== 0 ? (
                  <strong>{`${moved > 0 ? '+' : '−'}${row.text(Math.abs(moved))}`}</strong>
                ) : row.differs ? (
                  <strong>{t.differs}</strong>
                ) : (
                  <span class="muted">{t.same}</span>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};
