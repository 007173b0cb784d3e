import type { CaseId } from '../../../domain/ids.ts';
import type { LookBackReport } from '../../../domain/look-back/report.ts';
import { REPORT_NUMBERS, type TracedNumber } from '../../../domain/look-back/report-numbers.ts';
import type { Language } from '../texts/language.ts';
import { lookBackWords } from '../texts/look-back.ts';
import { terms } from '../texts/terms.ts';
import { entryAddress, entryLabel } from './addresses.ts';

interface NumbersProps {
  readonly language: Language;
  readonly report: LookBackReport;
}

/** What was checked and found, by office and in all, each number above the entries that it rests on. */
export const Numbers = ({ language, report }: NumbersProps) => {
  const t = lookBackWords[language];
  const { caseId, byOffice, counts } = report;
  return (
    <>
      <h2 id="numbers">{t.numbers}</h2>
      <section class="scroll" tabindex={0} aria-labelledby="numbers">
        <table class="look-back-numbers">
          <caption>{t.numbersCaption}</caption>
          <thead>
            <tr>
              <th scope="col">{terms[language].office}</th>
              {REPORT_NUMBERS.map((name) => (
                <th scope="col">{t.number[name]}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {byOffice.map((line) => (
              <tr>
                <th scope="row">{line.office ?? t.nobody}</th>
                {REPORT_NUMBERS.map((name) => (
                  <Traced caseId={caseId} number={line.counts[name]} />
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t.total}</th>
              {REPORT_NUMBERS.map((name) => (
                <Traced caseId={caseId} number={counts[name]} />
              ))}
            </tr>
          </tfoot>
        </table>
      </section>
    </>
  );
};

const Traced = ({ caseId, number }: { readonly caseId: CaseId; readonly number: TracedNumber }) => (
  <td>
    <strong>{number.count}</strong>
    {number.entries.map((entry) => (
      <a href={entryAddress(caseId, entry)}>{entryLabel(entry)}</a>
    ))}
  </td>
);
