import type { OfficeFigures } from '../../../domain/figures/figures.ts';
import type { AllFigures, AskedWeeks, CaseFigures } from '../../app/figures.ts';
import type { AskedCut } from '../../app/ledger.ts';
import { byName } from '../supervision/dues.ts';
import { figuresWords } from '../texts/figures.ts';
import { frame } from '../texts/frame.ts';
import { supervisionWords } from '../texts/supervision.ts';
import { terms } from '../texts/terms.ts';
import { words } from '../texts/words.ts';
import { clockQuery } from '../time/clocks.tsx';
import type { SignedIn } from '../visit.ts';
import { figuresQuery } from './asked.ts';
import { FiguresTable } from './figures-table.tsx';
import { GroupCharts } from './group-charts.tsx';
import { WeekBars } from './week-bars.tsx';
import { WeeksForm } from './weeks-form.tsx';

interface Props {
  readonly visit: SignedIn;
  readonly asked: AskedCut;
  readonly weeks: AskedWeeks;
  readonly figures: CaseFigures | AllFigures;
  /** The address of the same as a file. */
  readonly file: string;
}

/** Charts and tables of one case's figures, or of all. */
export const FiguresBody = ({ visit, asked, weeks, figures, file }: Props) => {
  const { language, who } = visit;
  const t = figuresWords[language];
  const { whole, byOffice, byTerm } = figures;
  if (whole.items === 0) return <p class="empty">{t.empty}</p>;
  const offices = byOffice
    .toSorted(inOrder)
    .map((one) => ({ name: one.office ?? supervisionWords[language].nobody, figures: one }));
  const ofTerms = byTerm.map((one) => ({
    name: one.term === null ? t.noTerm : words[language].term[one.term],
    figures: one,
  }));
  return (
    <>
      <p class="hint">
        {t.hint} {who.role === 'office' ? t.own : null}
      </p>
      <p class="actions">
        <a href={file + figuresQuery(asked, weeks)}>{t.csv}</a>
      </p>
      <h2>{t.weeks}</h2>
      <WeeksForm visit={visit} asked={asked} weeks={weeks} />
      <WeekBars language={language} weeks={figures.weeks} whole={whole} />
      <h2>{t.byOffice}</h2>
      <p class="hint">{t.barsHint}</p>
      <GroupCharts language={language} of="office" rows={offices} />
      <FiguresTable
        language={language}
        caption={t.byOffice}
        kind={terms[language].office}
        rows={offices}
        whole={whole}
      />
      <h2>{t.byTerm}</h2>
      <GroupCharts language={language} of="term" rows={ofTerms} />
      <FiguresTable
        language={language}
        caption={t.byTerm}
        kind={t.file.scope.term}
        rows={ofTerms}
        whole={whole}
      />
      {'byCase' in figures ? (
        <>
          <h2>{t.byCase}</h2>
          <FiguresTable
            language={language}
            caption={t.byCase}
            kind={terms[language].case}
            rows={figures.byCase.map((one) => ({
              name: (
                <a href={`/cases/${one.caseId}/figures${clockQuery(asked)}`}>
                  {one.title ?? frame[language].erased}
                </a>
              ),
              figures: one,
            }))}
            whole={whole}
          />
        </>
      ) : null}
    </>
  );
};

/** By name; what nobody leads comes last. */
const inOrder = (one: OfficeFigures, other: OfficeFigures): number =>
  Number(one.office === null) - Number(other.office === null) || byName(one.office ?? '', other.office ?? '');
