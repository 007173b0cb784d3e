import type { Refusal } from '../../../domain/refusals.ts';
import type { CountedOn } from '../../app/case-deadlines.ts';
import type { AskedCut } from '../../app/ledger.ts';
import { MOST_DAYS } from '../../http/requests.ts';
import { errorOf } from '../form/form.tsx';
import { deadlineWords } from '../texts/deadlines.ts';
import type { Language } from '../texts/language.ts';
import { supervisionWords } from '../texts/supervision.ts';
import { terms } from '../texts/terms.ts';
import { deadlinesAddress, type TypedDeadlines } from './asked.ts';

interface FiltersProps {
  readonly language: Language;
  readonly typed: TypedDeadlines;
  readonly clocks: AskedCut;
  /** The bounds that were counted within, shown where none was typed. */
  readonly counted: Pick<CountedOn, 'withinDays' | 'silentDays'>;
  /** Offices to suggest; others may be written. */
  readonly offices: readonly string[];
  readonly refusal?: Refusal | undefined;
}

/** One office, and how near and how silent; with what is wrong beside each. The clocks are kept. */
export const DeadlineFilters = ({ language, typed, clocks, counted, offices, refusal }: FiltersProps) => {
  const t = deadlineWords[language];
  const { fault } = supervisionWords[language];
  const isFiltered = Object.keys(typed).length > 0;
  const field = (name: 'withinDays' | 'silentDays') => (
    <label>
      {t[name]}{' '}
      <input
        name={name}
        value={typed[name] ?? String(counted[name])}
        inputmode="numeric"
        size={5}
        autocomplete="off"
        aria-invalid={errorOf(refusal, name) ? 'true' : undefined}
      />
      {errorOf(refusal, name) ? <small class="fault">{t.wrongDays(MOST_DAYS)}</small> : null}
    </label>
  );
  return (
    <section class="filters" aria-label={t.apply}>
      {refusal ? (
        <p class="refusal" role="alert" id="refusal" tabindex={-1}>
          {supervisionWords[language].refused}
        </p>
      ) : null}
      <form method="get" action="/deadlines">
        {Object.entries(clocks).map(([name, value]) =>
          value === undefined ? null : <input type="hidden" name={name} value={value} />,
        )}
        <label>
          {terms[language].office}{' '}
          <input
            name="office"
            value={typed.office}
            list="deadline-offices"
            autocomplete="off"
            aria-invalid={errorOf(refusal, 'office') ? 'true' : undefined}
          />
          {errorOf(refusal, 'office') ? <small class="fault">{fault.name}</small> : null}
        </label>
        <datalist id="deadline-offices">
          {offices.map((office) => (
            <option value={office}></option>
          ))}
        </datalist>
        {field('withinDays')}
        {field('silentDays')}
        <button type="submit">{t.apply}</button>
        {isFiltered ? <a href={deadlinesAddress({}, clocks)}>{t.clear}</a> : null}
      </form>
    </section>
  );
};
