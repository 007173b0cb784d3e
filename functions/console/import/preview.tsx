import { sha256Hex } from '../../../domain/hashing.ts';
import type { CaseId } from '../../../domain/ids.ts';
import { readingsByLine } from '../../../domain/notice/readings.ts';
import { isRefusal, type Refusal } from '../../../domain/refusals.ts';
import type { ImportReport } from '../../app/ledger.ts';
import { FIELD } from '../form/read-form.ts';
import { answer, FormToken, Page } from '../page.tsx';
import { refused } from '../problem-page.tsx';
import { frame } from '../texts/frame.ts';
import { importWords } from '../texts/import.ts';
import { saidWarning } from '../texts/import-warnings.ts';
import type { SignedIn } from '../visit.ts';
import { OpenCaseForm } from './case-form.tsx';
import { LinesTable } from './lines.tsx';
import { keptFields, type Source } from './source.ts';
import { Understood } from './understood.tsx';

/** What an import would record, before it does. */
export async function showPreview(
  visit: SignedIn,
  id: CaseId,
  source: Source,
  report: ImportReport,
): Promise<Response> {
  const { language } = visit;
  const t = importWords[language];
  const target = await visit.ledger.inspectionCase(visit.who, id, {});
  const isNew = isRefusal(target) && target.refused === 'case-not-found';
  if (isRefusal(target) && !isNew) return refused(visit, target);
  const { header } = report;
  const opens = header.inspectedBody && header.inspectingBody && header.feedbackOn;
  const beside = report.warnings.filter(({ code }) => code === 'other-source');
  return answer(
    visit,
    <Page
      visit={visit}
      title={t.previewTitle}
      crumbs={[{ text: t.title, href: '/import' }, { text: t.previewTitle }]}
      wide
    >
      <h1>{t.previewTitle}</h1>
      <div class="notice">
        <p>
          <strong>{t.nothingYet}</strong>
        </p>
        <p>{source.fileName === undefined ? t.pasted : t.file(source.fileName)}</p>
        {source.encoding === 'utf-8' ? null : <p class="fault">{t.converted}</p>}
        <p>
          {t.hash} <code>{sha256Hex(source.text)}</code>
        </p>
        {isCase(target) && target.sources.includes(sha256Hex(source.text)) ? (
          <p>
            <strong>{t.importedBefore}</strong>
          </p>
        ) : null}
        <p>{isCase(target) ? t.addsTo(id, target.title ?? frame[language].erased) : t.opensCase(id)}</p>
      </div>
      {beside.map((warning) => (
        <p class="refusal" role="alert">
          {saidWarning(warning, language)}
        </p>
      ))}
      <Understood language={language} report={report} />
      <h2>{t.commitHeading}</h2>
      {isNew && !opens ? (
        <>
          <p class="refusal" role="alert">
            {t.headerIncomplete}
          </p>
          <h3>{t.openTitle}</h3>
          <OpenCaseForm visit={visit} typed={openingOf(id, report)} />
        </>
      ) : (
        <CommitForm visit={visit} id={id} source={source} />
      )}
      <p>
        <a href="/import">{t.again}</a>
      </p>
      <h2>{t.linesHeading}</h2>
      <LinesTable
        language={language}
        lines={readingsByLine(source.text, report)}
        most={MOST_LINES}
        warnings={report.warnings}
      />
    </Page>,
  );
}

/** Lines that a page shows: a notice has some hundreds; more than this nobody looks through. */
const MOST_LINES = 3_000;

const isCase = <T extends object>(found: T | Refusal): found is T => !isRefusal(found);

interface CommitProps {
  readonly visit: SignedIn;
  readonly id: CaseId;
  readonly source: Source;
}

const CommitForm = ({ visit, id, source }: CommitProps) => {
  const t = importWords[visit.language];
  return (
    <form method="post" action="/import" enctype="multipart/form-data" class="entry">
      <FormToken visit={visit} />
      <input type="hidden" name="step" value="commit" />
      <input type="hidden" name={`${FIELD}caseId`} value={id} />
      {keptFields(source).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <p>{t.commitHint}</p>
      <p>
        <button type="submit">{t.commit}</button>
      </p>
    </form>
  );
};

/** What the beginning of a notice says of a case, for the form that opens one. */
function openingOf(id: CaseId, { header }: ImportReport): { readonly [field: string]: readonly string[] } {
  const known = {
    caseId: id,
    inspectedBody: header.inspectedBody,
    inspectingBody: header.inspectingBody,
    feedbackOn: header.feedbackOn,
    'inspection/from': header.inspectionFrom,
    'inspection/to': header.inspectionTo,
  };
  return Object.fromEntries(
    Object.entries(known).map(([name, value]) => [name, value === undefined ? [] : [value]]),
  );
}
