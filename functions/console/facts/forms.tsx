import { randomUUID } from 'node:crypto';
import type { InspectionCase } from '../../../domain/inspection/view.ts';
import { mayRecord } from '../../../domain/item/permissions.ts';
import { initialItem } from '../../../domain/item/state.ts';
import { EntryForm, type Unsent } from '../form/form.tsx';
import { actionName } from '../texts/actions.ts';
import { factsWords } from '../texts/facts.ts';
import { terms } from '../texts/terms.ts';
import type { SignedIn } from '../visit.ts';
import { answersToVersion, caseForm, caseFormFields, caseForms, issueFields } from './case-forms.ts';

/** A form that was refused, with the key of its next try. */
export interface UnsentFact extends Unsent {
  readonly formKey: string | undefined;
}

interface FormsProps {
  readonly visit: SignedIn;
  readonly shown: InspectionCase;
  readonly unsent: UnsentFact | undefined;
}

/** What this person may record on the case now; the form that was refused stands open. */
export const CaseForms = ({ visit, shown, unsent }: FormsProps) => {
  const { language, who } = visit;
  const t = factsWords[language];
  const recordable = caseForms(who.role, shown);
  // What was refused stands there with its words, even where it cannot be recorded any more.
  const refused = caseForm(unsent?.type ?? '');
  const forms = refused && !recordable.includes(refused) ? [...recordable, refused] : recordable;
  const raises = !mayRecord('IssueRaised', who, initialItem) || unsent?.type === 'IssueRaised';
  const address = `/cases/${shown.caseId}`;
  const sentBefore = (type: string) => (unsent?.type === type ? unsent : undefined);
  return (
    <section aria-labelledby="forms">
      <h2 id="forms">{terms[language].record}</h2>
      {forms.length === 0 && !raises ? <p class="muted">{t.noForms}</p> : <p class="muted">{t.formsHint}</p>}
      {raises ? (
        <details class="fold" open={sentBefore('IssueRaised') !== undefined}>
          <summary>{actionName(language, 'IssueRaised')}</summary>
          <EntryForm
            visit={visit}
            type="IssueRaised"
            action={`${address}/items`}
            fields={issueFields(language)}
            typed={sentBefore('IssueRaised')?.typed}
            refusal={sentBefore('IssueRaised')?.refusal}
            hidden={{ key: sentBefore('IssueRaised')?.formKey ?? randomUUID() }}
            submit={actionName(language, 'IssueRaised')}
          />
        </details>
      ) : null}
      {forms.map((type) => {
        const before = sentBefore(type);
        return (
          <details class="fold" open={before !== undefined}>
            <summary>{actionName(language, type)}</summary>
            <EntryForm
              visit={visit}
              type={type}
              action={`${address}/facts`}
              fields={caseFormFields(type, language)}
              typed={before?.typed}
              refusal={before?.refusal}
              hidden={{
                key: before?.formKey ?? randomUUID(),
                ...(answersToVersion(type) ? { version: String(shown.version) } : {}),
              }}
            />
          </details>
        );
      })}
    </section>
  );
};
