import { flagRules, SEVERITIES } from '../../../domain/look-back/catalogue.ts';
import type { Flag } from '../../../domain/look-back/flag.ts';
import type { AskedCut } from '../../app/ledger.ts';
import { fieldLabel } from '../form/field-label.ts';
import { flagWords, ruleWords } from '../texts/flags.ts';
import { terms } from '../texts/terms.ts';
import type { SignedIn } from '../visit.ts';
import { type AskedFlags, flagsAddress } from './asked.ts';

interface FiltersProps {
  readonly visit: SignedIn;
  readonly here: string;
  readonly asked: AskedFlags;
  readonly flags: readonly Flag[];
  /** Those that the other filters want, whatever their severity. */
  readonly among: readonly Flag[];
  readonly clocks: AskedCut;
}

/** Severities with their counts, and the other filters as a form. */
export const FlagFilters = ({ visit, here, asked, flags, among, clocks }: FiltersProps) => {
  const { language } = visit;
  const t = flagWords[language];
  const { all, office } = terms[language];
  const offices = [...new Set(flags.flatMap(({ lead }) => lead ?? []))].sort((one, other) =>
    one.localeCompare(other, 'zh'),
  );
  const rules = flagRules.filter((rule) => flags.some((flag) => flag.rule === rule) || rule === asked.rule);
  const chip = (severity: AskedFlags['severity'], label: string, count: number) => (
    <li>
      <a
        href={flagsAddress(here, { ...asked, severity }, clocks)}
        aria-current={asked.severity === severity ? 'true' : undefined}
      >
        {label} <span class="count">{count}</span>
      </a>
    </li>
  );
  return (
    <section class="filters" aria-label={t.apply}>
      <ul class="chips">
        {chip(undefined, all, among.length)}
        {SEVERITIES.map((severity) =>
          chip(severity, t.severity[severity], among.filter((flag) => flag.severity === severity).length),
        )}
      </ul>
      <form method="get" action={here} data-filters>
        {Object.entries({ ...clocks, severity: asked.severity }).map(([name, value]) =>
          value === undefined ? null : <input type="hidden" name={name} value={value} />,
        )}
        <label>
          {t.rule}{' '}
          <select name="rule">
            <option value="">{t.allRules}</option>
            {rules.map((rule) => (
              <option value={rule} selected={rule === asked.rule}>
                {ruleWords[language][rule].name}
              </option>
            ))}
          </select>
        </label>
        <label>
          {office}{' '}
          <select name="office">
            <option value="">{all}</option>
            {offices.map((one) => (
              <option value={one} selected={one === asked.office}>
                {one}
              </option>
            ))}
          </select>
        </label>
        <label>
          {fieldLabel(language, 'itemId')}{' '}
          <input name="item" value={asked.item} inputmode="numeric" maxlength={4} size={6} />
        </label>
        <label>
          {t.show}{' '}
          <select name="show">
            <option value="">{t.raised}</option>
            <option value="dismissed" selected={asked.dismissed}>
              {t.dismissed}
            </option>
          </select>
        </label>
        <button type="submit">{t.apply}</button>
      </form>
    </section>
  );
};
