import { type CaseId, caseId } from '../../../domain/ids.ts';
import { isRefusal, refuse, refuseFields } from '../../../domain/refusals.ts';
import type { ImportReport } from '../../app/ledger.ts';
import { FIELD, type Sent, textOf } from '../form/read-form.ts';
import { answer, Page } from '../page.tsx';
import { refused } from '../problem-page.tsx';
import { factsWords } from '../texts/facts.ts';
import { importWords } from '../texts/import.ts';
import { terms } from '../texts/terms.ts';
import type { SignedIn } from '../visit.ts';
import { WRONG_ID } from './case-form.tsx';
import { showImportPage } from './page.tsx';
import { showPreview } from './preview.tsx';
import { readSource } from './source.ts';

/** The two steps of an import: a preview that records nothing, and the commit of the very bytes that were shown. */
export async function sendImport(visit: SignedIn, sent: Sent): Promise<Response> {
  if (visit.who.role !== 'committee') return refused(visit, refuse('role-not-allowed'));
  const typedId = textOf(sent, `${FIELD}caseId`).trim();
  const pasted = textOf(sent, `${FIELD}text`);
  const source = await readSource(sent);
  const id = caseId(typedId);
  if (isRefusal(source)) {
    const errors = [...(id ? [] : [WRONG_ID]), ...(source.errors ?? [])];
    const refusal = source.errors ? refuseFields(errors) : source;
    return showImportPage(visit, { form: { caseId: typedId, pasted, refusal } });
  }
  // A file came before what was pasted, and is what the next try is about.
  const typed = { caseId: typedId, pasted: source.fileName === undefined ? pasted : '', source };
  if (!id) return showImportPage(visit, { form: { ...typed, refusal: refuseFields([WRONG_ID]) } });
  const commit = textOf(sent, 'step') === 'commit';
  const report = await visit.ledger.importNotice(visit.who, id, source.text, commit);
  if (isRefusal(report)) return showImportPage(visit, { form: { ...typed, refusal: report } });
  return commit ? showDone(visit, id, report) : showPreview(visit, id, source, report);
}

/** Sent again, the same text records nothing, so that this answer may be loaded again. */
function showDone(visit: SignedIn, id: CaseId, { recorded }: ImportReport): Response {
  const t = importWords[visit.language];
  return answer(
    visit,
    <Page
      visit={visit}
      title={t.doneTitle}
      crumbs={[{ text: t.title, href: '/import' }, { text: t.doneTitle }]}
    >
      <h1>{t.doneTitle}</h1>
      <p class="notice" role="status">
        {recorded === 0 ? t.already : t.done(recorded)}
      </p>
      <ul>
        <li>
          <a href={`/cases/${id}`}>{terms[visit.language].openRegister}</a>
        </li>
        <li>
          <a href={`/cases/${id}/facts`}>{factsWords[visit.language].title}</a>
        </li>
        <li>
          <a href="/import">{t.more}</a>
        </li>
      </ul>
    </Page>,
  );
}
