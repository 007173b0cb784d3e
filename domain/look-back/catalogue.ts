import type { Settings } from '../entries.ts';
import { type FieldError, isRecord, step } from '../fields.ts';
import { type Refusal, refuseFields } from '../refusals.ts';

export const SEVERITIES = ['high', 'medium', 'low'] as const;
export type Severity = (typeof SEVERITIES)[number];

type Unit = 'days' | 'minutes' | 'entries' | 'items' | 'times' | 'percent' | 'characters';

/** What a case may set otherwise (`settings.flagThresholds`), with what counts where it does not. */
export const THRESHOLDS = {
  /** Recorded more than so many days after it happened. */
  lateDays: { unit: 'days', default: 30, least: 1, most: 3_650 },
  /** A burst: so many entries of the offices on one item, or on all of a case … */
  burstEntries: { unit: 'entries', default: 5, least: 2, most: 1_000 },
  /** … within so many days up to the date in question … */
  burstDays: { unit: 'days', default: 3, least: 1, most: 365 },
  /** … that are so much of all their entries on it, or on them. */
  burstPercent: { unit: 'percent', default: 80, least: 1, most: 100 },
  /** So many closings by one person … */
  bulkItems: { unit: 'items', default: 5, least: 2, most: 1_000 },
  /** … within so many minutes. */
  bulkMinutes: { unit: 'minutes', default: 10, least: 1, most: 1_440 },
  /** A long-term item closed sooner than so many days after it was raised or reopened. */
  longTermDays: { unit: 'days', default: 90, least: 1, most: 3_650 },
  /** A long-term item of which nothing was heard for so many days. */
  silentDays: { unit: 'days', default: 90, least: 1, most: 3_650 },
  /** A new lead office of which nothing was heard for so many days. */
  idleDays: { unit: 'days', default: 30, least: 1, most: 3_650 },
  /** A deadline extended so often. */
  extensions: { unit: 'times', default: 2, least: 2, most: 100 },
  /** A new measure comes at most so many days before or after an extension. */
  extensionGraceDays: { unit: 'days', default: 30, least: 1, most: 3_650 },
  /** Returned so often. */
  returns: { unit: 'times', default: 3, least: 2, most: 100 },
  /** Measures on two items are alike when their trigrams overlap so much (Jaccard index). */
  similarPercent: { unit: 'percent', default: 85, least: 50, most: 99 },
  /** Shorter measures are compared with none: short ones are alike by nature. */
  similarLength: { unit: 'characters', default: 16, least: 3, most: 1_000 },
  /** A case without a plan so many days after the feedback; no rule is known to hold everywhere, so none is assumed. */
  planDays: { unit: 'days', default: undefined, least: 1, most: 3_650 },
} as const satisfies {
  readonly [name: string]: {
    readonly unit: Unit;
    readonly default: number | undefined;
    readonly least: number;
    readonly most: number;
  };
};
export type Threshold = keyof typeof THRESHOLDS;

interface Rule {
  readonly severity: Severity;
  /** What the rule reads of the case's settings. */
  readonly thresholds: readonly Threshold[];
}

const rule = (severity: Severity, ...thresholds: readonly Threshold[]): Rule => ({ severity, thresholds });

/** Every rule, in the order in which its flags are listed. The names are stable: dismissals name them. */
export const FLAG_RULES = {
  // what a closing rests on
  'closed-without-evidence': rule('high'),
  'closed-without-measure': rule('high'),
  'closer-involved': rule('high'),
  'closed-after-return-unchanged': rule('high'),
  'evidence-after-closing': rule('high'),
  'steps-out-of-order': rule('medium'),
  'closed-in-bulk': rule('medium', 'bulkItems', 'bulkMinutes'),
  'long-term-closed-fast': rule('medium', 'longTermDays'),
  'corrected-after-closing': rule('medium'),
  // what the words say
  'evidence-reused': rule('high'),
  'measure-repeated': rule('medium', 'similarLength'),
  'measure-similar': rule('low', 'similarPercent', 'similarLength'),
  'measures-vague': rule('low'),
  'money-closed-by-training': rule('high'),
  'recovered-less-than-named': rule('medium'),
  'title-parts-unanswered': rule('low'),
  // when it happened, and when the ledger learned of it
  'dated-before-inspection': rule('medium'),
  'dated-before-feedback': rule('low'),
  'recorded-late': rule('medium', 'lateDays'),
  'burst-before-deadline': rule('medium', 'burstEntries', 'burstDays', 'burstPercent'),
  'burst-before-look-back': rule('medium', 'burstEntries', 'burstDays', 'burstPercent'),
  'register-burst-before-look-back': rule('high', 'burstEntries', 'burstDays', 'burstPercent'),
  // deadlines and silence
  overdue: rule('medium'),
  'extended-repeatedly': rule('medium', 'extensions'),
  'extended-after-expiry': rule('medium'),
  'extended-without-measures': rule('medium', 'extensionGraceDays'),
  'long-term-silent': rule('medium', 'silentDays'),
  'lead-changed-idle': rule('medium', 'idleDays'),
  // back and forth
  'returned-repeatedly': rule('medium', 'returns'),
  reopened: rule('low'),
  'problem-recurs': rule('high', 'similarPercent', 'similarLength'),
  // the case
  'plan-missing': rule('medium', 'planDays'),
  'published-totals-differ': rule('high'),
  'corrected-after-publication': rule('medium'),
  'sanctions-without-item': rule('low'),
  'institutions-without-item': rule('low'),
  'funds-without-item': rule('low'),
  'institution-without-number': rule('low'),
  'numbering-gap': rule('low'),
} as const satisfies { readonly [name: string]: Rule };
export type FlagRule = keyof typeof FLAG_RULES;
export const flagRules = Object.keys(FLAG_RULES) as readonly FlagRule[];

export const isFlagRule = (name: string): name is FlagRule => Object.hasOwn(FLAG_RULES, name);

/** A dismissal names a rule of this release: of any other nobody could say what it dismisses. */
export function unknownRule(name: string): Refusal | undefined {
  if (isFlagRule(name)) return undefined;
  const message = `must be one of ${flagRules.join(', ')}`;
  return refuseFields([{ pointer: '/data/rule', code: 'invalid-value', message }]);
}

/**
 * Thresholds that no rule reads, or outside what makes sense: a misspelt one would set nothing, and say nothing.
 * What is no settings at all, the schema refuses. `at` points to the settings in the request.
 */
export function wrongThresholds(settings: unknown, at: string): Refusal | undefined {
  const named = isRecord(settings) && isRecord(settings.flagThresholds) ? settings.flagThresholds : {};
  const errors: FieldError[] = [];
  for (const [name, value] of Object.entries(named)) {
    const pointer = `${at}/flagThresholds${step(name)}`;
    if (!Object.hasOwn(THRESHOLDS, name)) {
      const message = `is no threshold; there are ${Object.keys(THRESHOLDS).join(', ')}`;
      errors.push({ pointer, code: 'unknown-field', message });
      continue;
    }
    const { least, most } = THRESHOLDS[name as Threshold];
    if (typeof value === 'number' && value >= least && value <= most) continue;
    errors.push({ pointer, code: 'out-of-range', message: `must be from ${least} to ${most}` });
  }
  return errors.length > 0 ? refuseFields(errors) : undefined;
}

export type Thresholds = {
  readonly [T in Threshold]: (typeof THRESHOLDS)[T]['default'] extends number ? number : number | undefined;
};

/** What counts in a case with these settings. */
export function thresholdsOf({ flagThresholds = {} }: Settings): Thresholds {
  const values = Object.entries(THRESHOLDS).map(([name, { default: usual }]) => [
    name,
    flagThresholds[name] ?? usual,
  ]);
  return Object.fromEntries(values) as Thresholds;
}
