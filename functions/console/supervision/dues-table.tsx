import type { CaseId } from '../../../domain/ids.ts';
import { frame } from '../texts/frame.ts';
import type { Language } from '../texts/language.ts';
import { supervisionWords } from '../texts/supervision.ts';
import { terms } from '../texts/terms.ts';
import { words } from '../texts/words.ts';
import { COLUMN_FILTERS, registerAddress } from './addresses.ts';
import {
  type CaseDues,
  DUE_COLUMNS,
  type DueColumn,
  type DueCounts,
  type OfficeDues,
  sumOf,
} from './dues.ts';

const columnName = (language: Language, column: DueColumn): string => {
  const { due, status } = words[language];
  const names = {
    ...due,
    requested: status['closure-requested'],
    closed: status.closed,
    all: terms[language].all,
  };
  return names[column];
};

interface DuesProps {
  readonly language: Language;
  readonly offices: readonly OfficeDues[];
}

/**
 * What each office has due; an office with several cases has a row for each under its own. Where all is of one case,
 * the caption names it once for all.
 */
export const DuesTable = ({ language, offices }: DuesProps) => {
  const t = supervisionWords[language];
  const parts = offices.flatMap(({ cases }) => cases);
  const [first] = parts;
  const common = parts.every(({ caseId }) => caseId === first?.caseId) ? first : undefined;
  return (
    <section class="scroll" tabindex={0} aria-label={t.dues}>
      <table class="dues">
        <caption>
          {common ? (
            <>
              <CaseLink language={language} one={common} /> ·{' '}
            </>
          ) : null}
          {t.duesCaption}
        </caption>
        <thead>
          <tr>
            <th scope="col">{terms[language].office}</th>
            {DUE_COLUMNS.map((column) => (
              <th scope="col" class="number">
                {columnName(language, column)}
              </th>
            ))}
          </tr>
        </thead>
        {offices.map((one) => (
          <OfficeRows language={language} one={one} named={common === undefined} />
        ))}
        {offices.length > 1 ? (
          <tfoot>
            <tr>
              <th scope="row">{terms[language].total}</th>
              <Counts language={language} office={terms[language].total} counts={sumOf(offices)} />
            </tr>
          </tfoot>
        ) : null}
      </table>
    </section>
  );
};

const CaseLink = ({ language, one }: { readonly language: Language; readonly one: CaseDues }) => (
  <a href={`/cases/${one.caseId}`}>{one.title ?? frame[language].erased}</a>
);

interface OfficeProps {
  readonly language: Language;
  readonly one: OfficeDues;
  /** Says of which case it is. */
  readonly named: boolean;
}

const OfficeRows = ({ language, one, named }: OfficeProps) => {
  const name = one.office ?? supervisionWords[language].nobody;
  const [only, ...others] = one.cases;
  const single = others.length === 0 ? only : undefined;
  // A register has no filter for items that nobody leads: their numbers lead nowhere rather than to other items.
  const register = (caseId: CaseId) => (one.office === null ? undefined : { caseId, office: one.office });
  return (
    <tbody>
      <tr>
        <th scope="row">
          {name}
          {single && named ? (
            <small>
              <CaseLink language={language} one={single} />
            </small>
          ) : null}
        </th>
        <Counts
          language={language}
          office={name}
          counts={one.counts}
          register={single && register(single.caseId)}
        />
      </tr>
      {single
        ? null
        : one.cases.map((part) => (
            <tr class="part">
              <th scope="row">
                <CaseLink language={language} one={part} />
              </th>
              <Counts
                language={language}
                office={name}
                counts={part.counts}
                register={register(part.caseId)}
              />
            </tr>
          ))}
    </tbody>
  );
};

interface CountsProps {
  readonly language: Language;
  readonly office: string;
  readonly counts: DueCounts;
  /** Whose register the numbers lead to; without one they are numbers only. */
  readonly register?: { readonly caseId: CaseId; readonly office: string } | undefined;
}

const Counts = ({ language, office, counts, register }: CountsProps) => {
  const t = supervisionWords[language];
  return (
    <>
      {DUE_COLUMNS.map((column) => {
        const count = counts[column];
        const alert = column === 'overdue' && count > 0;
        return (
          <td class={alert ? 'number overdue' : count === 0 ? 'number muted' : 'number'}>
            {register && count > 0 ? (
              <a
                href={registerAddress(register.caseId, {
                  office: register.office,
                  leads: 'yes',
                  ...COLUMN_FILTERS[column],
                })}
                aria-label={t.counted(office, columnName(language, column), count)}
              >
                {count}
              </a>
            ) : (
              count
            )}
          </td>
        );
      })}
    </>
  );
};
