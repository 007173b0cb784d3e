import { randomUUID } from 'node:crypto';
import type { CaseEventType } from '../../../domain/events.ts';
import { recordableOnCase } from '../../../domain/inspection/decide.ts';
import { shownState } from '../../../domain/inspection/shown-state.ts';
import type { InspectionCase } from '../../../domain/inspection/view.ts';
import { type FormField, fieldsOf, NO_CHOICES } from '../form/controls.ts';
import { EntryForm, type Unsent } from '../form/form.tsx';
import { actionName } from '../texts/actions.ts';
import { lookBackWords } from '../texts/look-back.ts';
import type { SignedIn } from '../visit.ts';

/** A form that was refused, with the key of its next try. */
export interface UnsentOfLookBack extends Unsent {
  readonly formKey: string | undefined;
}

/** What is recorded on the page of one look-back. */
export const OF_ONE = ['SampleDrawn', 'LookBackConcluded'] as const satisfies readonly CaseEventType[];
export type OfOne = (typeof OF_ONE)[number];

/** A draw asks how many and, where the seed is a public number, which; the rest is the ledger's. */
const DRAW: readonly FormField[] = [
  { name: 'size', optional: false, control: { kind: 'number' } },
  { name: 'seed', optional: true, control: { kind: 'line' } },
];

export function lookBackFields(type: CaseEventType, { language }: Pick<SignedIn, 'language'>) {
  if (type === 'SampleDrawn') return DRAW;
  return fieldsOf('case', type, NO_CHOICES, language).filter(({ name }) => name !== 'lookBackSeq');
}

interface FormsProps {
  readonly visit: SignedIn;
  readonly shown: InspectionCase;
  readonly action: string;
  readonly types: readonly CaseEventType[];
  readonly unsent: UnsentOfLookBack | undefined;
}

/** The forms that this person may use now; one that was refused stands open, with its words. */
export const LookBackForms = ({ visit, shown, action, types, unsent }: FormsProps) => {
  const { language, who } = visit;
  const recordable = recordableOnCase(who.role, shownState(shown));
  return (
    <>
      {types
        .filter((type) => recordable.includes(type) || unsent?.type === type)
        .map((type) => {
          const before = unsent?.type === type ? unsent : undefined;
          const name = type === 'SampleDrawn' ? lookBackWords[language].drawForm : actionName(language, type);
          return (
            <details class="fold no-print" open={before !== undefined}>
              <summary>{name}</summary>
              <EntryForm
                visit={visit}
                type={type}
                action={action}
                fields={lookBackFields(type, visit)}
                typed={before?.typed}
                refusal={before?.refusal}
                dated={type !== 'SampleDrawn'}
                hidden={{ key: before?.formKey ?? randomUUID(), version: String(shown.version) }}
                submit={name}
              />
            </details>
          );
        })}
    </>
  );
};
