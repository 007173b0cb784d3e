import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { earliestDay } from '../../../domain/dates.ts';
import { type CaseId, caseId } from '../../../domain/ids.ts';
import { isRefusal, refusals, refuse } from '../../../domain/refusals.ts';
import { answer, Page } from '../page.tsx';
import { refused } from '../problem-page.tsx';
import { factsWords } from '../texts/facts.ts';
import { frame } from '../texts/frame.ts';
import { lookBackWords } from '../texts/look-back.ts';
import { terms } from '../texts/terms.ts';
import { refusedPicture } from '../time/clock-refused.tsx';
import { askedClocks, Clocks, clockQuery, Picture } from '../time/clocks.tsx';
import type { SignedIn } from '../visit.ts';
import { entryAddress, lookBackAddress, lookBacksAddress } from './addresses.ts';
import { ReportBody } from './body.tsx';
import { LookBackForms, OF_ONE, type UnsentOfLookBack } from './forms.tsx';
import { PrintedReport } from './printed.tsx';
import { showSheet } from './sheet.tsx';
import type { Shown } from './shown.ts';

/** The seq in an address of a look-back; 0, which no entry has, where there is none. */
export const lookBackSeqOf = ({ c }: SignedIn): number => {
  const text = c.req.param('lookBackSeq') ?? '';
  return /^[1-9][0-9]{0,5}$/.test(text) ? Number(text) : 0;
};

/** One look-back: its report, what may be done next, and both on paper. */
export function showLookBack(visit: SignedIn): Promise<Response> | Response {
  const id = caseId(visit.c.req.param('caseId') ?? '');
  return id ? lookBackPage(visit, id, lookBackSeqOf(visit)) : refused(visit, refuse('case-not-found'));
}

export async function lookBackPage(
  visit: SignedIn,
  id: CaseId,
  seq: number,
  unsent?: UnsentOfLookBack,
): Promise<Response> {
  const { c, ledger, who } = visit;
  const asked = unsent ? {} : askedClocks(visit);
  const inspection = await ledger.inspectionCase(who, id, asked);
  if (isRefusal(inspection)) return refusedPicture(visit, inspection, asked);
  const report = await ledger.lookBack(who, id, seq, asked);
  if (isRefusal(report)) return refusedPicture(visit, report, asked);
  const shown: Shown = { visit, inspection, report, asked };
  const print = unsent ? undefined : c.req.query('print');
  if (print === 'sheet') return showSheet(shown);
  if (print !== undefined) return answer(visit, <PrintedReport {...shown} />);
  const status = unsent ? (refusals[unsent.refusal.refused][0] as ContentfulStatusCode) : 200;
  return answer(visit, <LookBackPage {...shown} unsent={unsent} />, status);
}

const LookBackPage = ({
  visit,
  inspection,
  report,
  asked,
  unsent,
}: Shown & { readonly unsent: UnsentOfLookBack | undefined }) => {
  const { language } = visit;
  const t = lookBackWords[language];
  const { caseId: id, seq, cut, conclusion } = report;
  const title = inspection.title ?? frame[language].erased;
  const here = lookBackAddress(id, seq);
  return (
    <Page
      visit={visit}
      title={`${factsWords[language].lookBack(seq)} · ${title}`}
      wide
      crumbs={[
        { text: frame[language].cases, href: '/' },
        { text: title, href: `/cases/${id}${clockQuery(asked)}` },
        { text: terms[language].lookBack, href: lookBacksAddress(id) + clockQuery(asked) },
        { text: `#${seq}` },
      ]}
    >
      <div class="heading">
        <h1>
          {title} · {factsWords[language].lookBack(seq)}
        </h1>
        <p class="actions">
          <a href={here + clockQuery(asked, { print: 'sheet' })}>{t.printSheet}</a>
          <a href={here + clockQuery(asked, { print: 'report' })}>{t.printReport}</a>
        </p>
      </div>
      {cut || unsent ? null : <Recorded visit={visit} id={id} />}
      <Picture visit={visit} cut={cut} now={here} />
      <ReportBody visit={visit} report={report} recording={cut === undefined}>
        {cut || conclusion ? null : (
          <section aria-labelledby="forms">
            <h2 id="forms">{terms[language].record}</h2>
            <LookBackForms visit={visit} shown={inspection} action={here} types={OF_ONE} unsent={unsent} />
          </section>
        )}
      </ReportBody>
      <Clocks
        visit={visit}
        asked={asked}
        first={inspection.feedbackOn === null ? visit.today : earliestDay(inspection.feedbackOn)}
        kept={{}}
      />
    </Page>
  );
};

/** After a redirect: the entry that was just recorded here. */
const Recorded = ({ visit, id }: { readonly visit: SignedIn; readonly id: CaseId }) => {
  const seq = Number(/^[1-9][0-9]{0,5}$/.exec(visit.c.req.query('recorded') ?? '')?.[0] ?? 0);
  return seq === 0 ? null : (
    <p class="notice" role="status">
      <a href={entryAddress(id, { itemId: null, seq })}>{lookBackWords[visit.language].recorded(seq)}</a>
    </p>
  );
};
