import type { LedgerEvent } from './events.ts';
import type { FieldChange } from './field-changes.ts';
import { joinPayload } from './payload.ts';

/**
 * What a correction changed in its target, a field each, as `entries/<target>/<name>`: it may change words or a
 * date that no picture shows, such as a report's. `events` in seq order, from the first; none for any other entry.
 */
export function correctedFields(events: readonly LedgerEvent[], event: LedgerEvent): FieldChange[] {
  if (!event.known || event.type !== 'EntryCorrected') return [];
  const { target } = event.data;
  const fields: { [name: string]: unknown } = {};
  for (const earlier of events) {
    if (earlier.seq >= event.seq || !earlier.known) continue;
    if (earlier.seq === target) {
      Object.assign(
        fields,
        joinPayload(earlier.data, earlier.text as { [name: string]: unknown } | undefined),
        {
          occurredOn: earlier.occurredOn ?? null,
        },
      );
    } else if (earlier.type === 'EntryCorrected' && earlier.data.target === target) {
      Object.assign(fields, setOf(earlier));
    }
  }
  return Object.entries(setOf(event)).map(([name, after]) => ({
    field: `entries/${target}/${name}`,
    before: (fields[name] ?? null) as FieldChange['before'],
    after: after as FieldChange['after'],
  }));
}

function setOf(event: LedgerEvent): { readonly [name: string]: unknown } {
  const data = event.data as { readonly set?: object; readonly occurredOn?: unknown };
  const words = event.text as { readonly set?: object } | undefined;
  return {
    ...data.set,
    ...words?.set,
    ...(data.occurredOn === undefined ? {} : { occurredOn: data.occurredOn }),
  };
}

/** Several corrections as one: each field from before the first to after the last; what is as it was is none. */
export function correctedTogether(
  events: readonly LedgerEvent[],
  corrections: readonly LedgerEvent[],
): FieldChange[] {
  const found = new Map<string, FieldChange>();
  for (const correction of corrections) {
    for (const change of correctedFields(events, correction)) {
      found.set(change.field, { ...change, before: (found.get(change.field) ?? change).before });
    }
  }
  return [...found.values()].filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after));
}
