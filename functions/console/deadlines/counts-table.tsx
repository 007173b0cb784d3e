import type { CountedOn } from '../../app/case-deadlines.ts';
import { deadlineWords } from '../texts/deadlines.ts';
import { digestWords } from '../texts/digest.ts';
import type { Language } from '../texts/language.ts';
import { supervisionWords } from '../texts/supervision.ts';
import { terms } from '../texts/terms.ts';
import { LISTS, type ListCounts, type OfficeCounts, sumOf } from './by-office.ts';

interface CountsProps {
  readonly language: Language;
  readonly counted: Pick<CountedOn, 'withinDays' | 'silentDays'>;
  readonly offices: readonly OfficeCounts[];
  /** All cases are here, not those of one page. */
  readonly isWhole: boolean;
}

/** How the lists are called, with the bounds that they were counted within. */
export function listNames(
  language: Language,
  { withinDays, silentDays }: CountsProps['counted'],
): { readonly [L in keyof ListCounts]: string } {
  const said = digestWords[language];
  return { overdue: said.overdue, due: said.due(withinDays), silent: said.silent(silentDays) };
}

/** How many of each kind every office has, at a glance. */
export const CountsTable = ({ language, counted, offices, isWhole }: CountsProps) => {
  const t = deadlineWords[language];
  const names = listNames(language, counted);
  return (
    <section class="scroll" tabindex={0} aria-label={t.byOffice}>
      <table class="deadline-counts">
        <caption>{isWhole ? t.byOffice : t.byOfficeHere}</caption>
        <thead>
          <tr>
            <th scope="col">{terms[language].office}</th>
            {LISTS.map((list) => (
              <th scope="col" class="number">
                {names[list]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {offices.map(({ office, counts }) => (
            <tr>
              <th scope="row">{office ?? supervisionWords[language].nobody}</th>
              <Counts counts={counts} />
            </tr>
          ))}
        </tbody>
        {offices.length > 1 ? (
          <tfoot>
            <tr>
              <th scope="row">{terms[language].total}</th>
              <Counts counts={sumOf(offices)} />
            </tr>
          </tfoot>
        ) : null}
      </table>
    </section>
  );
};

const Counts = ({ counts }: { readonly counts: ListCounts }) => (
  <>
    {LISTS.map((list) => {
      const alert = list === 'overdue' ? 'number overdue' : 'number';
      return <td class={counts[list] === 0 ? 'number muted' : alert}>{counts[list]}</td>;
    })}
  </>
);
