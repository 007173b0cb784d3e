import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { daysAfter } from '../../../domain/dates.ts';
import { type CaseId, caseId as readCaseId } from '../../../domain/ids.ts';
import { isRefusal, type Refusal, type RefusalCode, refusals, refuse } from '../../../domain/refusals.ts';
import type { AskedMoment, Hindsight } from '../../app/hindsight.ts';
import { answer, Page } from '../page.tsx';
import { refused } from '../problem-page.tsx';
import { frame } from '../texts/frame.ts';
import { hindsightWords } from '../texts/hindsight.ts';
import { registerWords } from '../texts/register.ts';
import { timeWords } from '../texts/time.ts';
import { askedClocks, momentText } from '../time/clocks.tsx';
import type { SignedIn } from '../visit.ts';
import { OneInHindsight } from './one.tsx';
import { type Asked, Question } from './question.tsx';
import { Totals } from './totals.tsx';

/** Without a notice and a date: the last thirty days. */
const USUAL_DAYS = 30;

/** Stands for a number that no entry can have, so that the ledger says that there is none to whoever may ask. */
const NO_ENTRY = 0;

/** Refusals of the moment alone: another one may be asked for. */
const OF_THE_MOMENT: ReadonlySet<RefusalCode> = new Set(['cut-in-future', 'entry-not-found']);

/** What was said when a notice was published, or at any other moment, beside what is known of the same day. */
export async function showHindsight(visit: SignedIn): Promise<Response> {
  const { ledger, who } = visit;
  const caseId = readCaseId(visit.c.req.param('caseId') ?? '');
  if (!caseId) return refused(visit, refuse('case-not-found'));
  const moment = await readMoment(visit, caseId);
  if (isRefusal(moment)) return refused(visit, moment);
  const asked: Asked = { moment, cut: askedClocks(visit) };
  const shown = await ledger.hindsight(who, caseId, moment, asked.cut);
  if (!isRefusal(shown)) return answer(visit, <InHindsight visit={visit} asked={asked} shown={shown} />);
  if (!shown.errors && !OF_THE_MOMENT.has(shown.refused)) return refused(visit, shown);
  const [status] = refusals[shown.refused];
  return answer(
    visit,
    <Refused visit={visit} caseId={caseId} asked={asked} refusal={shown} />,
    status as ContentfulStatusCode,
  );
}

/** The moment that the address names; without one the last notice's, or that of thirty days ago. */
async function readMoment(visit: SignedIn, caseId: CaseId): Promise<AskedMoment | Refusal> {
  const notice = visit.c.req.query('notice');
  const believedAsOf = visit.c.req.query('believedAsOf') || undefined;
  if (notice) {
    const seq = /^[1-9][0-9]{0,5}$/.test(notice) ? Number(notice) : NO_ENTRY;
    return { notice: seq, believedAsOf };
  }
  if (believedAsOf !== undefined) return { believedAsOf };
  const inspection = await visit.ledger.inspectionCase(visit.who, caseId, {});
  if (isRefusal(inspection)) return inspection;
  const last = inspection.notices.at(-1);
  return last ? { notice: last.seq } : { believedAsOf: daysAfter(visit.today, -USUAL_DAYS) };
}

interface ShownProps {
  readonly visit: SignedIn;
  readonly asked: Asked;
  readonly shown: Hindsight;
}

const InHindsight = ({ visit, asked, shown }: ShownProps) => {
  const { language, who } = visit;
  const t = hindsightWords[language];
  const { caseId, notice, believed, known, differences, cut } = shown;
  const said = momentText(visit, shown.believedAsOf);
  const later = cut.recordedAsOf && momentText(visit, cut.recordedAsOf);
  const heads = [t.saidAt(said), later === undefined ? t.knownNow : t.knownAt(later)] as const;
  const title = shown.title ?? frame[language].erased;
  return (
    <Page
      visit={visit}
      title={`${t.title} · ${title}`}
      crumbs={[
        { text: frame[language].cases, href: '/' },
        { text: title, href: `/cases/${caseId}` },
        { text: t.title },
      ]}
    >
      <h1>{t.title}</h1>
      <p class="muted">
        {title}
        {notice === null || who.role === 'office' ? null : (
          <>
            {' · '}
            <a href={`/cases/${caseId}/facts#e${notice}`}>{t.notice(notice)}</a>
          </>
        )}{' '}
        <button type="button" class="quiet no-print" hidden data-print>
          {registerWords[language].printButton}
        </button>
      </p>
      <div class="notice picture" role="status">
        <p>
          <strong>{t.banner(cut.effectiveOn, said, later)}</strong>
        </p>
        <p>
          {later === undefined ? null : timeWords[language].later(cut.laterEntries)}{' '}
          {cut.settled ? timeWords[language].settled : timeWords[language].unsettled}
        </p>
      </div>
      <Question visit={visit} caseId={caseId} asked={asked} />
      <h2>{t.totals}</h2>
      <section class="scroll" tabindex={0} aria-label={t.totals}>
        <Totals language={language} believed={believed} known={known} heads={heads} />
      </section>
      <h2>{t.differencesHeading}</h2>
      <p role="status">{differences.length === 0 ? t.none : t.count(differences.length)}</p>
      {differences.length === 0 ? <p>{t.compared(known.counts.items)}</p> : null}
      {who.role === 'office' ? <p class="muted">{t.ofOffice}</p> : null}
      {differences.map((difference) => (
        <OneInHindsight visit={visit} shown={shown} difference={difference} heads={heads} />
      ))}
    </Page>
  );
};

const Refused = ({
  visit,
  caseId,
  asked,
  refusal,
}: {
  readonly visit: SignedIn;
  readonly caseId: CaseId;
  readonly asked: Asked;
  readonly refusal: Refusal;
}) => {
  const { title } = hindsightWords[visit.language];
  return (
    <Page
      visit={visit}
      title={title}
      crumbs={[
        { text: frame[visit.language].cases, href: '/' },
        { text: caseId, href: `/cases/${caseId}` },
        { text: title },
      ]}
    >
      <h1>{title}</h1>
      <Question visit={visit} caseId={caseId} asked={asked} refusal={refusal} />
    </Page>
  );
};
