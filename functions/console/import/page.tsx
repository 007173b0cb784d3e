import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { refusals, refuse } from '../../../domain/refusals.ts';
import { answer, Page } from '../page.tsx';
import { refused } from '../problem-page.tsx';
import { actionName } from '../texts/actions.ts';
import { importWords } from '../texts/import.ts';
import type { SignedIn } from '../visit.ts';
import { OpenCaseForm, type Opening } from './case-form.tsx';
import { type ImportForm, NoticeForm } from './import-form.tsx';

/** A form that was refused, if any: it stands there again as it was sent. */
interface Unsent {
  readonly form?: ImportForm;
  readonly opening?: Opening;
}

/** Where a case begins: with a notice, or empty. Both are the committee's. */
export function showImportPage(visit: SignedIn, { form, opening }: Unsent = {}): Response {
  if (visit.who.role !== 'committee') return refused(visit, refuse('role-not-allowed'));
  const t = importWords[visit.language];
  const refusal = form?.refusal ?? opening?.refusal;
  const status = refusal ? (refusals[refusal.refused][0] as ContentfulStatusCode) : 200;
  return answer(
    visit,
    <Page visit={visit} title={t.title}>
      <h1>{t.title}</h1>
      <p class="muted">{t.lead}</p>
      <NoticeForm visit={visit} form={form ?? { caseId: '', pasted: '' }} />
      <h2>{t.openTitle}</h2>
      <details class="fold" open={opening !== undefined || form?.refusal?.refused === 'header-incomplete'}>
        <summary>{actionName(visit.language, 'CaseOpened')}</summary>
        <p class="muted">{t.openLead}</p>
        <OpenCaseForm visit={visit} {...opening} />
      </details>
    </Page>,
    status,
  );
}
