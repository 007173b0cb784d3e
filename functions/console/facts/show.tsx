import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { CutEcho } from '../../../domain/cut.ts';
import { type CaseId, caseId } from '../../../domain/ids.ts';
import type { InspectionCase } from '../../../domain/inspection/view.ts';
import { isRefusal, type Refusal, refusals, refuse } from '../../../domain/refusals.ts';
import { answer, Page } from '../page.tsx';
import { refused } from '../problem-page.tsx';
import { factsWords } from '../texts/facts.ts';
import { frame } from '../texts/frame.ts';
import { terms } from '../texts/terms.ts';
import { refusedPicture } from '../time/clock-refused.tsx';
import { askedClocks } from '../time/clocks.tsx';
import { instantText } from '../time/instants.ts';
import type { SignedIn } from '../visit.ts';
import { CaseFacts } from './case-facts.tsx';
import { CaseForms, type UnsentFact } from './forms.tsx';
import { History } from './history.tsx';
import { caseHistory } from './read-history.ts';

/** The case's own page: what its stream says, what may be recorded on it, and its history. */
export function showFacts(visit: SignedIn): Promise<Response> | Response {
  const id = caseId(visit.c.req.param('caseId') ?? '');
  return id ? showCasePage(visit, id) : refused(visit, refuse('case-not-found'));
}

export async function showCasePage(visit: SignedIn, id: CaseId, unsent?: UnsentFact): Promise<Response> {
  const { language, ledger, who } = visit;
  const t = factsWords[language];
  const asked = unsent ? {} : askedClocks(visit);
  const shown = await ledger.inspectionCase(who, id, asked);
  if (isRefusal(shown)) return refusedPicture(visit, shown, asked);
  // A case is opened with the day of its feedback: without it, it was not open on that day.
  if (shown.feedbackOn === null) return refusedPicture(visit, refuse('case-not-found'), asked);
  const history = who.role === 'office' ? undefined : await caseHistory(visit, id, asked);
  if (history && isRefusal(history)) return refused(visit, history);
  const { cut } = shown;
  const title = shown.title ?? frame[language].erased;
  return answer(
    visit,
    <Page
      visit={visit}
      title={`${t.title} · ${title}`}
      crumbs={[
        { text: frame[language].cases, href: '/' },
        { text: title, href: `/cases/${id}` },
        { text: t.title },
      ]}
    >
      <h1>{title}</h1>
      <p class="muted">
        <code>{id}</code> · <a href={`/cases/${id}`}>{terms[language].openRegister}</a>
      </p>
      {cut ? <Clock visit={visit} shown={shown} cut={cut} /> : null}
      {cut || unsent ? null : <Recorded visit={visit} seq={await recordedHere(visit, id)} />}
      <CaseFacts language={language} shown={shown} />
      {cut ? null : <CaseForms visit={visit} shown={shown} unsent={unsent} />}
      <section aria-labelledby="history">
        <h2 id="history">{t.historyHeading}</h2>
        {history ? (
          <>
            <History visit={visit} entries={history.entries} nameOf={history.nameOf} />
            {history.next === undefined ? null : (
              <p>
                <a href={history.next}>{t.further}</a>
              </p>
            )}
          </>
        ) : (
          <p class="muted">{t.officeHistory}</p>
        )}
      </section>
    </Page>,
    unsent ? statusOf(unsent.refusal) : 200,
  );
}

const statusOf = ({ refused }: Refusal) => refusals[refused][0] as ContentfulStatusCode;

/** The entry that this person has just recorded, as the address names it and the ledger confirms. */
async function recordedHere({ c, ledger, who }: SignedIn, id: CaseId): Promise<number | undefined> {
  const seq = /^[1-9][0-9]{0,5}$/.exec(c.req.query('recorded') ?? '')?.[0];
  if (seq === undefined) return undefined;
  const found = await ledger.entry(who, { caseId: id }, Number(seq));
  if (isRefusal(found)) return undefined;
  const { sub, iss } = found.entry.header.actor;
  return sub === who.sub && iss === who.iss ? found.entry.header.seq : undefined;
}

const Recorded = ({ visit, seq }: { readonly visit: SignedIn; readonly seq: number | undefined }) =>
  seq === undefined ? null : (
    <p class="notice" role="status">
      {visit.who.role === 'office' ? (
        factsWords[visit.language].recorded(seq)
      ) : (
        <a href={`#e${seq}`}>{factsWords[visit.language].recorded(seq)}</a>
      )}
    </p>
  );

interface ClockProps {
  readonly visit: SignedIn;
  readonly shown: InspectionCase;
  readonly cut: CutEcho;
}

/** Which picture this is, and the way back to the present. */
const Clock = ({ visit, shown, cut }: ClockProps) => {
  const t = factsWords[visit.language];
  const { recordedAsOf, effectiveOn, laterEntries } = cut;
  return (
    <p class="notice picture" role="status">
      {t.cut(recordedAsOf && instantText(recordedAsOf, visit.console.zone), effectiveOn)}
      {laterEntries > 0 ? t.later(laterEntries) : null} <a href={`/cases/${shown.caseId}/facts`}>{t.now}</a>
    </p>
  );
};
