import { FLAG_RULES, flagRules } from './catalogue.ts';
import { dismissals } from './dismissals.ts';
import type { Dismissal, EntryRef, Flag, Pointed } from './flag.ts';
import { type Asked, type CaseEvents, readHistory } from './history.ts';
import type { Standing } from './item-history.ts';
import { sightings } from './sightings.ts';

/**
 * Every flag that the rules raise on a case as it stood at the cut, in the order of the catalogue, of one rule in the
 * order of the items. What was recorded after the cut plays no part.
 */
export function flagsOf(recorded: CaseEvents, asked: Asked): readonly Flag[] {
  const inspection = readHistory(recorded, asked);
  const dismissalOf = dismissals(recorded, asked, inspection);
  const items = new Map(inspection.items.map((item) => [item.itemId, item]));
  const seen = sightings(inspection);
  return flagRules.flatMap((rule) =>
    seen(rule).map((sighted) => {
      const { itemId, entries, values, since } = sighted;
      const item = itemId === null ? undefined : items.get(itemId);
      const dismissal = dismissalOf(rule, sighted);
      return {
        caseId: inspection.caseId,
        itemId,
        title: item?.title ?? null,
        lead: item?.state.lead ?? null,
        rule,
        severity: FLAG_RULES[rule].severity,
        since,
        entries: entries.map(refTo),
        values,
        dismissed: dismissal ? presented(dismissal) : null,
      };
    }),
  );
}

const refTo = ({ caseId, itemId, seq, type, recordedAt }: Pointed): EntryRef => ({
  caseId,
  itemId: itemId ?? null,
  seq,
  type,
  recordedAt,
});

const presented = ({ seq, recordedAt, actor, text }: Standing<'FlagDismissed'>): Dismissal => ({
  seq,
  recordedAt,
  actor,
  reason: text?.reason ?? null,
});
