import {
  FLAG_RULES,
  type FlagRule,
  flagRules,
  type Severity,
  THRESHOLDS,
} from '../../domain/look-back/catalogue.ts';
import { flagWords, ruleWords } from '../console/texts/flags.ts';
import type { Language } from '../console/texts/language.ts';

type InBothLanguages = { readonly [L in Language]: string };

/** A rule as clients show it: what it looks for, why, and what a case may set. */
export interface RuleDescription {
  readonly rule: FlagRule;
  readonly severity: Severity;
  readonly name: InBothLanguages;
  readonly reason: InBothLanguages;
  readonly thresholds: readonly {
    readonly name: string;
    readonly unit: string;
    /** Null where the rule rests until a case sets it. */
    readonly default: number | null;
    readonly least: number;
    readonly most: number;
  }[];
}

export function describedRules(): {
  readonly note: InBothLanguages;
  readonly data: readonly RuleDescription[];
} {
  const inBoth = (say: (language: Language) => string): InBothLanguages => ({ zh: say('zh'), en: say('en') });
  return {
    note: inBoth((language) => flagWords[language].note),
    data: flagRules.map((rule) => ({
      rule,
      severity: FLAG_RULES[rule].severity,
      name: inBoth((language) => ruleWords[language][rule].name),
      reason: inBoth((language) => ruleWords[language][rule].reason),
      thresholds: FLAG_RULES[rule].thresholds.map((name) => {
        const { unit, default: usual, least, most } = THRESHOLDS[name];
        return { name, unit, default: usual ?? null, least, most };
      }),
    })),
  };
}
