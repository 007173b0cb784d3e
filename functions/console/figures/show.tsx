import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { daysAfter, earliestDay } from '../../../domain/dates.ts';
import { caseId as readCaseId } from '../../../domain/ids.ts';
import { isRefusal, type Refusal, refusals, refuse } from '../../../domain/refusals.ts';
import { answer, Page } from '../page.tsx';
import { refused } from '../problem-page.tsx';
import { figuresWords } from '../texts/figures.ts';
import { frame } from '../texts/frame.ts';
import { terms } from '../texts/terms.ts';
import { refusedPicture } from '../time/clock-refused.tsx';
import { askedClocks, Clocks, clockQuery, Picture } from '../time/clocks.tsx';
import type { SignedIn } from '../visit.ts';
import { askedWeeks, figuresQuery, keptWeeks } from './asked.ts';
import { FiguresBody } from './body.tsx';
import { WeeksForm } from './weeks-form.tsx';

/** How far back the sliders reach where no case says when all began. */
const SLIDER_DAYS = 730;

/** Numbers over time of one case. */
export async function showCaseFigures(visit: SignedIn): Promise<Response> {
  const { c, ledger, who, language, today } = visit;
  const caseId = readCaseId(c.req.param('caseId') ?? '');
  if (!caseId) return refused(visit, refuse('case-not-found'));
  const [asked, weeks] = [askedClocks(visit), askedWeeks(visit)];
  const inspection = await ledger.inspectionCase(who, caseId, asked);
  if (isRefusal(inspection)) return refusedPicture(visit, inspection, asked);
  const figures = await ledger.figures(who, caseId, weeks, asked);
  if (isRefusal(figures)) return refusedFigures(visit, figures);
  const t = figuresWords[language];
  const title = figures.title ?? frame[language].erased;
  const here = `/cases/${caseId}/figures`;
  return answer(
    visit,
    <Page
      visit={visit}
      title={`${title} ${t.title}`}
      wide
      landscape
      crumbs={[
        { text: frame[language].cases, href: '/' },
        { text: title, href: `/cases/${caseId}${clockQuery(asked)}` },
        { text: t.title },
      ]}
    >
      <div class="heading">
        <h1>
          {title} · {t.title}
        </h1>
        <p class="actions">
          <a href={`/cases/${caseId}${clockQuery(asked)}`}>{terms[language].openRegister}</a>
          <a href={`/figures${clockQuery(asked)}`}>{t.all}</a>
        </p>
      </div>
      <Picture visit={visit} cut={figures.cut} now={here + figuresQuery({}, weeks)} />
      <Clocks
        visit={visit}
        asked={asked}
        first={inspection.feedbackOn === null ? today : earliestDay(inspection.feedbackOn)}
        kept={keptWeeks(weeks)}
      />
      <FiguresBody visit={visit} asked={asked} weeks={weeks} figures={figures} file={`${here}.csv`} />
    </Page>,
  );
}

/** The same of all cases that whoever looks reaches. */
export async function showAllFigures(visit: SignedIn): Promise<Response> {
  const { ledger, who, language, today } = visit;
  const [asked, weeks] = [askedClocks(visit), askedWeeks(visit)];
  const figures = await ledger.allFigures(who, weeks, asked);
  if (isRefusal(figures)) return refusedFigures(visit, figures);
  const t = figuresWords[language];
  return answer(
    visit,
    <Page visit={visit} title={t.title} wide landscape>
      <h1>
        {t.title} · {t.all}
      </h1>
      <Picture visit={visit} cut={figures.cut} now={`/figures${figuresQuery({}, weeks)}`} />
      <Clocks visit={visit} asked={asked} first={daysAfter(today, -SLIDER_DAYS)} kept={keptWeeks(weeks)} />
      <FiguresBody visit={visit} asked={asked} weeks={weeks} figures={figures} file="/figures.csv" />
    </Page>,
  );
}

/** Where the weeks are to blame, or the clocks, they stand on the page to be set anew. */
export function refusedFigures(visit: SignedIn, refusal: Refusal): Response {
  const asked = askedClocks(visit);
  const ofWeeks = ['/from', '/to'];
  if (!refusal.errors?.some(({ pointer }) => ofWeeks.includes(pointer)))
    return refusedPicture(visit, refusal, asked);
  const t = figuresWords[visit.language];
  const [status] = refusals[refusal.refused];
  return answer(
    visit,
    <Page visit={visit} title={t.wrongWeeks}>
      <h1>{t.wrongWeeks}</h1>
      <p role="alert">{t.rightWeeks}</p>
      <WeeksForm visit={visit} asked={asked} weeks={askedWeeks(visit)} />
    </Page>,
    status as ContentfulStatusCode,
  );
}
