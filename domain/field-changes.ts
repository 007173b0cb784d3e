import type { InspectionCase } from './inspection/view.ts';
import type { Item } from './item/present.ts';

type Plain = string | number | boolean | null | readonly string[] | object;

/** One field that an entry changed; null is absent. */
export interface FieldChange {
  /** A path such as `status`, `measures/m2/status` or `evidence/e5/standing`. */
  readonly field: string;
  readonly before: Plain | null;
  readonly after: Plain | null;
}

type Presented = Item | InspectionCase;

/** What moves with every entry, and says nothing about it. */
const BOOKKEEPING: ReadonlySet<string> = new Set([
  'caseId',
  'itemId',
  'version',
  'hash',
  'recordedAt',
  'overdue',
  'statusChanges',
  'lastActivity',
]);
const KEYED: { readonly [list: string]: string } = { measures: 'measureId', evidence: 'evidenceId' };

const isPlainObject = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The fields in which two pictures of the same item or case differ. */
export function fieldChanges(before: Presented, after: Presented): FieldChange[] {
  const changes: FieldChange[] = [];
  compare(
    before as unknown as { [name: string]: unknown },
    after as unknown as { [name: string]: unknown },
    '',
    changes,
  );
  return changes;
}

function compare(
  before: { readonly [name: string]: unknown },
  after: { readonly [name: string]: unknown },
  path: string,
  changes: FieldChange[],
): void {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (path === '' && BOOKKEEPING.has(name)) continue;
    const one = before[name] ?? null;
    const other = after[name] ?? null;
    if (one === other) continue;
    const key = path === '' ? KEYED[name] : undefined;
    if (key !== undefined) compare(byKey(one, key), byKey(other, key), `${name}/`, changes);
    else if ((isPlainObject(one) || one === null) && (isPlainObject(other) || other === null)) {
      compare(isPlainObject(one) ? one : {}, isPlainObject(other) ? other : {}, `${path}${name}/`, changes);
    } else if (JSON.stringify(one) !== JSON.stringify(other)) {
      changes.push({ field: path + name, before: one as Plain | null, after: other as Plain | null });
    }
  }
}

/** A list as members by id; a member that comes or goes is compared field by field. */
function byKey(list: unknown, key: string): { readonly [name: string]: unknown } {
  const members: { [name: string]: unknown } = {};
  for (const member of (list ?? []) as readonly { readonly [name: string]: unknown }[]) {
    const { [key]: id, ...fields } = member;
    members[String(id)] = fields;
  }
  return members;
}
