import { expect, test } from 'vitest';
import { FLAG_RULES, type FlagRule, type Threshold } from '../../../domain/look-back/catalogue.ts';
import type { CaseEvents } from '../../../domain/look-back/history.ts';
import { type CaseTold, caseEvents, flagsIn, inWords, unamended, type When } from './kit.ts';

/** One history of a rule, in a table: given what was recorded, these flags of the rule and no others. */
export interface Row {
  readonly rule: FlagRule;
  /**
   * `raises` shows flags, `near miss` is a step short of it, `corrected` raises one or none but for what was corrected
   * or voided, `threshold` raises one or none but for what the case's settings say.
   */
  readonly kind: 'raises' | 'near miss' | 'corrected' | 'threshold';
  readonly history: string;
  readonly given: CaseTold;
  readonly when?: When;
  /** Each as `inWords` says it. */
  readonly flags: readonly string[];
  /** Where the day from which it could be seen is not that of its newest entry. */
  readonly since?: string;
}

/** What the rows of one file have in common. */
export const rowsOf = (
  rule: FlagRule,
  rows: readonly (Omit<Row, 'rule'> & { readonly rule?: never })[],
): readonly Row[] => rows.map((row) => ({ ...row, rule }));

const flagsFor = (rule: FlagRule, recorded: CaseEvents, when: When = {}) =>
  flagsIn(recorded, when).filter((flag) => flag.rule === rule);

export const thresholdsOfRow = ({ given }: Row): readonly Threshold[] =>
  Object.keys(given.thresholds ?? {}) as Threshold[];

export function checkRows(rows: readonly Row[]): void {
  test.each(rows)('$rule, $kind: $history', ({ rule, kind, given, when, flags, since }) => {
    const recorded = caseEvents(given);
    const raised = flagsFor(rule, recorded, when);
    expect(raised.map(inWords)).toEqual(flags);
    for (const flag of raised) expect(flag.severity).toBe(FLAG_RULES[rule].severity);
    if (since !== undefined) expect(raised.map((flag) => flag.since)).toEqual(raised.map(() => since));
    if (kind === 'raises') expect(raised).not.toEqual([]);
    if (kind === 'near miss') expect(raised).toEqual([]);
    const other = otherwise(kind, given, recorded);
    if (other) expect(flagsFor(rule, other, when).length > 0).toBe(raised.length === 0);
  });
}

/** The same case without that on which the outcome is to hang. */
function otherwise(kind: Row['kind'], given: CaseTold, recorded: CaseEvents): CaseEvents | undefined {
  if (kind === 'corrected') return unamended(recorded);
  if (kind !== 'threshold') return undefined;
  const { thresholds: _, ...usual } = given;
  return caseEvents(usual);
}
