import { type CaseId, caseId } from '../../../domain/ids.ts';
import { isRefusal, type Refusal, refuse, refuseFields } from '../../../domain/refusals.ts';
import type { RecordedEntry, WriteOptions } from '../../app/ledger.ts';
import type { FormField } from '../form/controls.ts';
import { keptKey } from '../form/kept-key.ts';
import { type FormEntry, readEntry, type Sent, textOf, typedIn } from '../form/read-form.ts';
import { refused } from '../problem-page.tsx';
import type { SignedIn } from '../visit.ts';
import { answersToVersion, type CaseForm, caseForm, caseFormFields, issueFields } from './case-forms.ts';
import { showCasePage } from './show.tsx';

/** Records one entry on the case stream, and goes on to it. */
export async function recordFact(visit: SignedIn, sent: Sent): Promise<Response> {
  const type = caseForm(textOf(sent, 'type'));
  const id = caseId(visit.c.req.param('caseId') ?? '');
  if (!id) return refused(visit, refuse('case-not-found'));
  if (!type)
    return refused(visit, refuse('invalid-request', 'the form names no entry that this page records'));
  // A form that brings no version has seen none: 0 is no case's.
  const ifMatch = answersToVersion(type) ? Number(textOf(sent, 'version')) : undefined;
  return taken(visit, id, sent, type, caseFormFields(type, visit.language), {
    record: (entry, options) =>
      visit.ledger.recordOnCase(visit.who, id, entry, {
        ...options,
        ...(ifMatch === undefined ? {} : { ifMatch }),
      }),
    next: ({ entry: { header } }) => `/cases/${id}/facts?recorded=${header.seq}#e${header.seq}`,
  });
}

/** Raises an issue, and goes on to the new item. */
export async function raiseIssue(visit: SignedIn, sent: Sent): Promise<Response> {
  const id = caseId(visit.c.req.param('caseId') ?? '');
  if (!id) return refused(visit, refuse('case-not-found'));
  return taken(visit, id, sent, 'IssueRaised', issueFields(visit.language), {
    record: ({ type: _, ...request }, options) => visit.ledger.raiseIssue(visit.who, id, request, options),
    next: ({ entry: { header } }) => `/cases/${id}/items/${header.itemId}`,
  });
}

interface Taking {
  readonly record: (entry: FormEntry, options: WriteOptions) => Promise<RecordedEntry | Refusal>;
  readonly next: (recorded: RecordedEntry) => string;
}

async function taken(
  visit: SignedIn,
  id: CaseId,
  sent: Sent,
  type: CaseForm | 'IssueRaised',
  fields: readonly FormField[],
  { record, next }: Taking,
): Promise<Response> {
  const typed = typedIn(sent);
  const key = textOf(sent, 'key');
  const { entry, errors } = readEntry(type, fields, typed);
  const outcome = errors.length > 0 ? refuseFields(errors) : await record(entry, { idempotencyKey: key });
  if (!isRefusal(outcome)) return visit.c.redirect(next(outcome), 303);
  return showCasePage(visit, id, { type, typed, refusal: outcome, formKey: keptKey(key, outcome) });
}
