import { itemId } from '../../../domain/ids.ts';
import { type FlagRule, flagRules, SEVERITIES, type Severity } from '../../../domain/look-back/catalogue.ts';
import type { Flag } from '../../../domain/look-back/flag.ts';
import type { AskedCut } from '../../app/ledger.ts';
import { clockQuery } from '../time/clocks.tsx';

/** What the page of flags is asked to show; what makes no sense in an address is not asked. */
export interface AskedFlags {
  readonly severity: Severity | undefined;
  readonly rule: FlagRule | undefined;
  readonly office: string | undefined;
  readonly item: string | undefined;
  readonly dismissed: boolean;
}

export function readAskedFlags(query: URLSearchParams): AskedFlags {
  const item = query.get('item') ?? '';
  return {
    severity: SEVERITIES.find((one) => one === query.get('severity')),
    rule: flagRules.find((one) => one === query.get('rule')),
    office: query.get('office') || undefined,
    item: itemId(item.trim().padStart(4, '0')),
    dismissed: query.get('show') === 'dismissed',
  };
}

/** The query as the end of an address, with the clocks of the picture. */
export function flagsAddress(here: string, asked: Partial<AskedFlags>, clocks: AskedCut): string {
  const { severity, rule, office, item, dismissed } = asked;
  const said = { severity, rule, office, item, show: dismissed ? 'dismissed' : undefined };
  const more = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  return here + clockQuery(clocks, more as { [name: string]: string });
}

/** Everything but the severity: what the counts of the severities are taken from. */
export const isAsked = (asked: AskedFlags, flag: Flag): boolean =>
  (asked.rule === undefined || flag.rule === asked.rule) &&
  (asked.office === undefined || flag.lead === asked.office) &&
  (asked.item === undefined || flag.itemId === asked.item) &&
  (flag.dismissed !== null) === asked.dismissed;

/** What a flag rests on, in one line: a form that dismisses it says what its person saw. */
export const basisOf = ({ entries }: Flag): string =>
  entries.map(({ caseId, itemId, seq }) => `${caseId}/${itemId ?? ''}/${seq}`).join(' ');
