import type { Change } from '../../../domain/diff.ts';
import { type FieldChange, fieldChanges } from '../../../domain/field-changes.ts';
import type { ItemId } from '../../../domain/ids.ts';
import type { InspectionCase } from '../../../domain/inspection/view.ts';
import type { Item } from '../../../domain/item/present.ts';

/** One item, or the case itself, at both dates. */
export interface Difference {
  /** Null for the case itself. */
  readonly itemId: ItemId | null;
  /** Undefined where the register did not hold it. */
  readonly before: Item | undefined;
  readonly after: Item | undefined;
  /** The fields in which the two pictures differ. */
  readonly fields: readonly FieldChange[];
  /** The entries that made the difference. */
  readonly entries: readonly Change[];
}

/** Counters that say nothing beside the entries themselves. */
const COUNTERS: ReadonlySet<string> = new Set(['progressReports', 'findings', 'dismissedRules', 'version']);

const MEMBER = /^(measures|evidence)\/([^/]+)\//;
/** What stands for a whole measure or a whole piece of evidence. */
const NAMES: { readonly [list: string]: string } = { measures: 'text', evidence: 'name' };

/** Absent, empty and none are one thing to a reader. */
const isNothing = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  value === 0 ||
  (Array.isArray(value) && value.length === 0);

/**
 * A member that came or went is one line, by its name; one that stayed is a line for each field. What is nothing
 * on both sides is no line.
 */
export function readable(changes: readonly FieldChange[]): readonly FieldChange[] {
  const lists = new Map<string, FieldChange[]>();
  const lines: FieldChange[] = [];
  for (const change of changes) {
    const [prefix] = MEMBER.exec(change.field) ?? [];
    if (prefix === undefined) {
      if (!COUNTERS.has(change.field)) lines.push(change);
      continue;
    }
    lists.set(prefix, [...(lists.get(prefix) ?? []), change]);
  }
  for (const [prefix, members] of lists) {
    const name = NAMES[prefix.split('/')[0] ?? ''];
    const named = members.find(({ field }) => field === `${prefix}${name}`);
    const cameOrWent = named !== undefined && (named.before === null || named.after === null);
    if (cameOrWent) lines.push({ ...named, field: prefix.slice(0, -1) });
    else lines.push(...members.filter(({ field }) => field !== `${prefix}evidence`));
  }
  return lines.filter((line) => !(isNothing(line.before) && isNothing(line.after)));
}

const OF_ENTRY = /^entries\/[0-9]+\//;

/** What a correction changed is left out where a field of the pictures says just that. */
export function toldOnce(lines: readonly FieldChange[]): readonly FieldChange[] {
  const said = ({ field, before, after }: FieldChange): string =>
    JSON.stringify([field.split('/').at(-1), before, after]);
  const inPictures = new Set(lines.filter(({ field }) => !OF_ENTRY.test(field)).map(said));
  return lines.filter((line) => !OF_ENTRY.test(line.field) || !inPictures.has(said(line)));
}

/** The register at one date; without its case where the case was not there yet. */
export interface Register {
  readonly inspection?: InspectionCase | undefined;
  readonly items: readonly Item[];
}

/** Entries between two dates, gathered by item, with what the register said at both. */
export function differences(
  changes: readonly Change[],
  before: Register,
  after: Register,
): readonly Difference[] {
  const byId = (items: readonly Item[]) => new Map(items.map((item) => [item.itemId as string, item]));
  const [then, now] = [byId(before.items), byId(after.items)];
  const gathered = new Map<ItemId | null, Change[]>();
  for (const change of changes) gathered.set(change.itemId, [...(gathered.get(change.itemId) ?? []), change]);
  return [...gathered].map(([itemId, entries]) => {
    const one = itemId === null ? undefined : then.get(itemId);
    const other = itemId === null ? undefined : now.get(itemId);
    return {
      itemId,
      before: one,
      after: other,
      fields: itemId === null ? ofCase(before.inspection, after.inspection) : fieldsOf(one, other),
      entries,
    };
  });
}

/** What its items come to is no field of the case itself. */
const OF_ITEMS = /^(counts|cut)\//;

function ofCase(
  before: InspectionCase | undefined,
  after: InspectionCase | undefined,
): readonly FieldChange[] {
  const nothing = {} as InspectionCase;
  return readable(
    fieldChanges(before ?? nothing, after ?? nothing).filter(({ field }) => !OF_ITEMS.test(field)),
  );
}

const NOTHING = {} as Item;

function fieldsOf(before: Item | undefined, after: Item | undefined): readonly FieldChange[] {
  return readable(fieldChanges(before ?? NOTHING, after ?? NOTHING));
}
