import { caseId } from '../../../domain/ids.ts';
import { isRefusal, refuse, refuseFields } from '../../../domain/refusals.ts';
import { keptKey } from '../form/kept-key.ts';
import { readEntry, type Sent, textOf, typedIn } from '../form/read-form.ts';
import { refused } from '../problem-page.tsx';
import type { SignedIn } from '../visit.ts';
import { openingFields, WRONG_ID } from './case-form.tsx';
import { showImportPage } from './page.tsx';

/** Opens the case that a form describes, and goes on to it. */
export async function openCase(visit: SignedIn, sent: Sent): Promise<Response> {
  if (visit.who.role !== 'committee') return refused(visit, refuse('role-not-allowed'));
  const typed = typedIn(sent);
  const key = textOf(sent, 'key');
  const id = caseId((typed.caseId?.[0] ?? '').trim());
  const { entry, errors } = readEntry('CaseOpened', openingFields(visit.language), typed);
  const wrong = [...(id ? [] : [WRONG_ID]), ...errors];
  const outcome =
    id === undefined || wrong.length > 0
      ? refuseFields(wrong)
      : await visit.ledger.openCase(visit.who, id, entry, { idempotencyKey: key });
  if (!isRefusal(outcome)) return visit.c.redirect(`/cases/${id}/facts`, 303);
  return showImportPage(visit, {
    opening: { typed, refusal: outcome, formKey: keptKey(key, outcome) },
  });
}
