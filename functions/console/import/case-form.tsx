import { randomUUID } from 'node:crypto';
import type { Refusal } from '../../../domain/refusals.ts';
import { type FormField, fieldsOf, NO_CHOICES } from '../form/controls.ts';
import { EntryForm } from '../form/form.tsx';
import type { Typed } from '../form/read-form.ts';
import { actionName } from '../texts/actions.ts';
import type { Language } from '../texts/language.ts';
import type { SignedIn } from '../visit.ts';

export interface Opening {
  readonly typed?: Typed | undefined;
  readonly refusal?: Refusal | undefined;
  /** Of the form that was refused: a second try is the same command. */
  readonly formKey?: string | undefined;
}

const CASE_ID: FormField = { name: 'caseId', optional: false, control: { kind: 'line' } };

export const openingFields = (language: Language): readonly FormField[] =>
  fieldsOf('case', 'CaseOpened', NO_CHOICES, language);

/** Opens a case without a notice. */
export const OpenCaseForm = ({ visit, typed, refusal, formKey }: Opening & { readonly visit: SignedIn }) => (
  <EntryForm
    visit={visit}
    type="CaseOpened"
    action="/cases"
    fields={[CASE_ID, ...openingFields(visit.language)]}
    typed={typed}
    refusal={refusal}
    hidden={{ key: formKey ?? randomUUID() }}
    submit={actionName(visit.language, 'CaseOpened')}
  />
);

/** What is wrong with the id of a case that no case can have. */
export const WRONG_ID = {
  pointer: '/caseId',
  code: 'invalid-value',
  message: 'must be 3 to 64 characters a-z 0-9 -, neither first nor last a hyphen',
} as const;
