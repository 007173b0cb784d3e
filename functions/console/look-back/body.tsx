import type { Child } from 'hono/jsx';
import type { LookBackReport } from '../../../domain/look-back/report.ts';
import { fieldLabel } from '../form/field-label.ts';
import { frame } from '../texts/frame.ts';
import { lookBackWords } from '../texts/look-back.ts';
import type { SignedIn } from '../visit.ts';
import { entryAddress } from './addresses.ts';
import { Amendments, ChangedSince } from './amendments.tsx';
import { CheckedItems, Draws } from './details.tsx';
import { Findings } from './findings.tsx';
import { Numbers } from './numbers.tsx';

interface BodyProps {
  readonly visit: SignedIn;
  readonly report: LookBackReport;
  readonly recording: boolean;
  /** What may be recorded next. */
  readonly children?: Child;
}

/** What was asked, checked, found and concluded: the same on the page and on paper. */
export const ReportBody = ({ visit, report, recording, children }: BodyProps) => {
  const { language } = visit;
  const t = lookBackWords[language];
  const { caseId, scope, opened, conclusion } = report;
  return (
    <>
      <p>
        <span class="tag">{conclusion === null ? t.underWay : t.concluded}</span>{' '}
        <a href={entryAddress(caseId, { itemId: null, seq: opened.seq })}>
          {t.opened(opened.on, opened.actor.office, opened.seq)}
        </a>
      </p>
      <ChangedSince visit={visit} report={report} />
      <h2>{fieldLabel(language, 'scope')}</h2>
      <p class="as-written">{scope ?? frame[language].erased}</p>
      <Amendments visit={visit} caseId={caseId} itemId={null} entries={opened.amendments} />
      {conclusion === null ? null : (
        <>
          <h2>{fieldLabel(language, 'conclusion')}</h2>
          <p class="as-written">{conclusion.text ?? frame[language].erased}</p>
          <p class="muted">
            <a href={entryAddress(caseId, { itemId: null, seq: conclusion.seq })}>#{conclusion.seq}</a>{' '}
            {conclusion.on} · {conclusion.actor.office} {conclusion.actor.sub}
          </p>
          <Amendments visit={visit} caseId={caseId} itemId={null} entries={conclusion.amendments} />
        </>
      )}
      <Numbers language={language} report={report} />
      {children}
      <CheckedItems visit={visit} report={report} recording={recording} />
      <Findings visit={visit} report={report} />
      <Draws visit={visit} report={report} />
    </>
  );
};
