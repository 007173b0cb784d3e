import type { Settings } from '../../../domain/entries.ts';
import { FLAG_RULES, type FlagRule, thresholdsOf } from '../../../domain/look-back/catalogue.ts';
import { flagWords, ruleWords } from '../texts/flags.ts';
import { COLON, type Language, SEMICOLON } from '../texts/language.ts';

interface RuleHeadingProps {
  readonly language: Language;
  readonly rule: FlagRule;
  readonly count?: number;
  readonly settings: Settings;
}

/** What a rule looks for and why, with the thresholds that count in this case. */
export const RuleHeading = ({ language, rule, count, settings }: RuleHeadingProps) => {
  const t = flagWords[language];
  const { name, reason } = ruleWords[language][rule];
  const { severity, thresholds } = FLAG_RULES[rule];
  const inForce = thresholdsOf(settings);
  const set = thresholds.flatMap((threshold) => {
    const value = inForce[threshold];
    return value === undefined ? [] : [`${t.threshold[threshold]}${COLON[language]}${value}`];
  });
  return (
    <>
      <h2 id={rule}>
        {name} {count === undefined ? null : <span class="count">{count}</span>}{' '}
        <span class={`tag severity-${severity}`}>{t.severity[severity]}</span>
      </h2>
      <p class="hint">
        {reason} {set.length === 0 ? null : <span class="muted">{set.join(SEMICOLON[language])}</span>}
      </p>
    </>
  );
};
