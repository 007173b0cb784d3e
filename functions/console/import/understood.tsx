import { groupedBy } from '../../../domain/grouping.ts';
import type { NoticeHeader, NoticeTotal } from '../../../domain/notice/report.ts';
import type { ImportReport } from '../../app/ledger.ts';
import { fieldLabel, yuan } from '../form/field-label.ts';
import { frame } from '../texts/frame.ts';
import { importWords } from '../texts/import.ts';
import { saidWarningCode } from '../texts/import-warnings.ts';
import type { Language } from '../texts/language.ts';
import { terms } from '../texts/terms.ts';
import { words } from '../texts/words.ts';

interface UnderstoodProps {
  readonly language: Language;
  readonly report: ImportReport;
}

/** What a notice was understood to say, at one glance: its beginning, its counts and what asks to be looked at. */
export const Understood = ({ language, report }: UnderstoodProps) => {
  const t = importWords[language];
  const { lines } = report;
  const measures = report.items.reduce((sum, item) => sum + item.measures.length, 0);
  const { header, tail, ignored } = t.readAs;
  const { total, ...ofIssues } = t.counts;
  const counts = { total, header, ...ofIssues, tail, ignored };
  const kinds = Object.keys(counts) as (keyof typeof counts)[];
  return (
    <>
      <h2>{t.understood}</h2>
      <p>{t.found(report.items.length, measures)}</p>
      <h3>{t.readAs.header}</h3>
      <Header language={language} header={report.header} />
      <table class="line-counts">
        <caption>{t.countsCaption}</caption>
        <thead>
          <tr>
            {kinds.map((kind) => (
              <th scope="col" class="number">
                {counts[kind]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            {kinds.map((kind) => (
              <td class="number">{lines[kind]}</td>
            ))}
          </tr>
        </tbody>
      </table>
      <Warnings language={language} report={report} />
    </>
  );
};

const Header = ({ language, header }: { readonly language: Language; readonly header: NoticeHeader }) => {
  const t = importWords[language];
  const { inspectedBody, inspectingBody, inspectionFrom, inspectionTo, feedbackOn, totals } = header;
  const lineOf = (index: number) => header.totalLines[index]?.[0];
  const inspection =
    inspectionFrom === undefined && inspectionTo === undefined
      ? undefined
      : `${inspectionFrom ?? terms[language].notStated} – ${inspectionTo ?? terms[language].notStated}`;
  return (
    <dl class="facts case-facts">
      {[
        [fieldLabel(language, 'inspectedBody'), inspectedBody],
        [fieldLabel(language, 'inspectingBody'), inspectingBody],
        [fieldLabel(language, 'inspection'), inspection],
        [fieldLabel(language, 'feedbackOn'), feedbackOn],
      ].map(([label, value]) => (
        <div>
          <dt>{label}</dt>
          <dd>{value ?? <span class="muted">{terms[language].notStated}</span>}</dd>
        </div>
      ))}
      <div>
        <dt>{terms[language].total}</dt>
        <dd>
          {totals.length === 0 ? <span class="muted">{t.noTotals}</span> : null}
          <ul class="plain">
            {totals.map((total, index) => (
              <li>
                {totalText(language, total)}{' '}
                {lineOf(index) === lineOf(index - 1) ? null : (
                  <LineLink language={language} line={lineOf(index)} />
                )}
              </li>
            ))}
          </ul>
        </dd>
      </div>
    </dl>
  );
};

/** One sum of the beginning in words. */
function totalText(language: Language, { kind, measure, value, inexact }: NoticeTotal): string {
  const t = importWords[language];
  const w = words[language];
  const bound = inexact ? t.inexact : '';
  switch (kind) {
    case 'institutions':
      return t.institutions(value) + bound;
    case 'fundsFen':
      return t.funds(yuan(value)) + bound;
    case 'problems':
      return t.problems(value) + bound;
    case 'completed':
    case 'basically-completed':
    case 'continuing':
    case 'not-completed':
      return t.stated(w.stated[kind], value) + bound;
    default: {
      const persons = frame[language].persons(value, inexact === true);
      return measure === undefined ? `${w.accountability[kind]} ${persons}` : t.ofThese(measure, persons);
    }
  }
}

const LineLink = ({ language, line }: { readonly language: Language; readonly line: number | undefined }) =>
  line === undefined ? null : (
    <a class="nowrap" href={`#L${line}`}>
      {importWords[language].line(line)}
    </a>
  );

/** By what they ask for, each with the way to its lines. */
const Warnings = ({ language, report }: UnderstoodProps) => {
  const t = importWords[language];
  const { warnings } = report;
  if (warnings.length === 0) return <p>{t.noWarnings}</p>;
  return (
    <>
      <h3>{t.warningsHeading(warnings.length)}</h3>
      <ul class="warnings">
        {[...groupedBy(warnings, ({ code }) => code)].map(([code, ofCode]) => (
          <li>
            {saidWarningCode(code, language)}{' '}
            {[...new Set(ofCode.map(({ line }) => line))].map((line) => (
              <>
                <LineLink language={language} line={line} />{' '}
              </>
            ))}
          </li>
        ))}
      </ul>
    </>
  );
};
