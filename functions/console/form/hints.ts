import type { EventType } from '../../../domain/events.ts';
import { formWords } from '../texts/fields.ts';
import { hintWords } from '../texts/hints.ts';
import type { Language } from '../texts/language.ts';
import type { Control } from './controls.ts';

/** What helps to fill in a field: by its name where that says more than its kind. */
export function hintOf(
  language: Language,
  name: string,
  control: Control,
  type: EventType,
): string | undefined {
  const t = formWords[language];
  const h = hintWords[language];
  if (name === 'occurredOn') return t.occurredHint;
  if (name === 'caseId') return t.caseIdHint;
  if (name === 'itemId') return h.itemId;
  if (name === 'itemIds') return h.itemIds;
  if (name === 'seed') return h.seed;
  if (name === 'size' && type === 'SampleDrawn') return h.size;
  if (name === 'count' && type === 'InstitutionRecorded') return h.institutions;
  if (control.kind === 'date') return t.dateHint;
  if (control.kind === 'list') return t.listHint;
  if (control.kind === 'money') return t.moneyHint;
  return undefined;
}
