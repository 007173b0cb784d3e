import type { Role } from '../../../domain/actor.ts';
import type { CaseEventType } from '../../../domain/events.ts';
import { recordableOnCase } from '../../../domain/inspection/decide.ts';
import { shownState } from '../../../domain/inspection/shown-state.ts';
import type { InspectionCase } from '../../../domain/inspection/view.ts';
import { type FormField, fieldsOf, NO_CHOICES } from '../form/controls.ts';
import type { Language } from '../texts/language.ts';

/** What has a form here, in the order in which a case goes on; look-backs have pages of their own. */
const WITH_FORM = [
  'PlanIssued',
  'PlanAccepted',
  'AccountabilityRecorded',
  'InstitutionRecorded',
  'FundsRecovered',
  'CaseSettingsChanged',
  'EntryVoided',
] as const satisfies readonly CaseEventType[];

export type CaseForm = (typeof WITH_FORM)[number];

export const caseForm = (type: string): CaseForm | undefined => WITH_FORM.find((known) => known === type);

/** What answers to the case as it was shown, so that a page gone stale is refused; all else only adds to it. */
const ANSWERS: ReadonlySet<CaseForm> = new Set([
  'PlanIssued',
  'PlanAccepted',
  'CaseSettingsChanged',
  'EntryVoided',
]);

export const answersToVersion = (type: CaseForm): boolean => ANSWERS.has(type);

/** The forms that this role may use now: what the decision itself would let in. */
export function caseForms(role: Role, shown: InspectionCase): readonly CaseForm[] {
  const recordable = recordableOnCase(role, shownState(shown));
  return WITH_FORM.filter((type) => recordable.includes(type));
}

/** The fields of one of them. */
export function caseFormFields(type: CaseForm, language: Language): readonly FormField[] {
  const fields = fieldsOf('case', type, NO_CHOICES, language);
  return type === 'EntryVoided' ? [TARGET, ...fields] : fields;
}

/** Which entry a form is about, where it does not stand beside one: its number in the history. */
const TARGET: FormField = { name: 'target', optional: false, control: { kind: 'number' } };

export const issueFields = (language: Language): readonly FormField[] =>
  fieldsOf('item', 'IssueRaised', NO_CHOICES, language);
