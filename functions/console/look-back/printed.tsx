import type { Child } from 'hono/jsx';
import { Document } from '../page.tsx';
import { frame } from '../texts/frame.ts';
import { lookBackWords } from '../texts/look-back.ts';
import { registerWords } from '../texts/register.ts';
import { clockQuery, Picture } from '../time/clocks.tsx';
import type { SignedIn } from '../visit.ts';
import { lookBackAddress } from './addresses.ts';
import { ReportBody } from './body.tsx';
import type { Shown } from './shown.ts';

interface PaperProps {
  readonly visit: SignedIn;
  readonly title: string;
  /** The page that this is on paper. */
  readonly back: string;
  readonly children?: Child;
}

/** A4 upright, with the way back and a button that do not print. */
export const Paper = ({ visit, title, back, children }: PaperProps) => {
  const { language } = visit;
  return (
    <Document language={language} title={title} bodyClass="paper">
      <main id="main">
        <p class="no-print">
          <a href={back}>{frame[language].back}</a>{' '}
          <button type="button" class="quiet" hidden data-print>
            {registerWords[language].printButton}
          </button>
        </p>
        {children}
      </main>
    </Document>
  );
};

/** The report as it is filed. */
export const PrintedReport = ({ visit, inspection, report, asked }: Shown) => {
  const { language } = visit;
  const t = lookBackWords[language];
  const { caseId, seq, cut } = report;
  const title = inspection.title ?? frame[language].erased;
  const back = lookBackAddress(caseId, seq);
  return (
    <Paper visit={visit} title={`${title} ${t.report}`} back={back + clockQuery(asked)}>
      <h1>
        {title} {t.report}
      </h1>
      <p class="muted">
        <code>{caseId}</code> · #{seq} · {registerWords[language].printedOn(visit.today)}
      </p>
      <Picture visit={visit} cut={cut} now={back} />
      <ReportBody visit={visit} report={report} recording={false} />
    </Paper>
  );
};
