import { STATUSES } from '../../../domain/item/state.ts';
import { isRefusal } from '../../../domain/refusals.ts';
import type { LandingCase } from '../../app/landing-cases.ts';
import { isLocal } from '../local-visitor.ts';
import { answer, Page } from '../page.tsx';
import { refused } from '../problem-page.tsx';
import { casesWords } from '../texts/cases.ts';
import { compareWords } from '../texts/compare.ts';
import { frame } from '../texts/frame.ts';
import { terms } from '../texts/terms.ts';
import { words } from '../texts/words.ts';
import type { SignedIn, Visit } from '../visit.ts';
import { CaseCard } from './case-card.tsx';

/** The start: the cases of whoever is signed in, and what is public for everybody else. */
export function showHome(visit: Visit): Promise<Response> {
  return visit.who ? showCases({ ...visit, who: visit.who }) : showLanding(visit);
}

const CARDS = 60;

async function showCases(visit: SignedIn): Promise<Response> {
  const t = casesWords[visit.language];
  const cursor = visit.c.req.query('cursor');
  const cases = await visit.ledger.cases(visit.who, { limit: CARDS, cursor }, {});
  if (isRefusal(cases)) return refused(visit, cases);
  return answer(
    visit,
    <Page visit={visit} title={frame[visit.language].cases} wide>
      <div class="heading">
        <h1>{frame[visit.language].cases}</h1>
        {cases.data.length === 0 ? null : (
          <p class="actions">
            <a href="/compare">{compareWords[visit.language].inAll}</a>
          </p>
        )}
      </div>
      {cases.data.length === 0 ? <p class="empty">{t.none}</p> : null}
      <ul class="cards">
        {cases.data.map((one) => (
          <CaseCard visit={visit} one={one} />
        ))}
      </ul>
      {cases.nextCursor === undefined ? null : (
        <p>
          <a href={`/?cursor=${encodeURIComponent(cases.nextCursor)}`}>{t.more}</a>
        </p>
      )}
    </Page>,
  );
}

async function showLanding(visit: Visit): Promise<Response> {
  const { c, deps, language } = visit;
  const t = casesWords[language];
  const cases = await deps.landing({ local: isLocal(c) }).catch((fault: unknown) => {
    deps.log('warn', 'the cases of the landing page could not be read', {
      requestId: c.get('requestId'),
      fault: String(fault),
    });
    return undefined;
  });
  const page = (
    <Page visit={visit} title={frame[language].cases}>
      <h1>{frame[language].name}</h1>
      <p class="muted">{frame[language].subtitle}</p>
      <p>
        <a class="button" href="/sign-in">
          {frame[language].signIn}
        </a>{' '}
        {t.pleaseSignIn}
      </p>
      <h2>{isLocal(c) ? t.localTitle : t.publicTitle}</h2>
      {cases === undefined ? (
        <p role="alert">{frame[language].unavailable}</p>
      ) : cases.length === 0 ? (
        <p class="empty">{t.nonePublic}</p>
      ) : (
        <PublicCases visit={visit} cases={cases} />
      )}
    </Page>
  );
  return answer(visit, page, cases ? 200 : 503);
}

const PublicCases = ({ visit, cases }: { readonly visit: Visit; readonly cases: readonly LandingCase[] }) => {
  const t = casesWords[visit.language];
  const w = words[visit.language];
  return (
    <section class="scroll" tabindex={0} aria-label={t.publicTitle}>
      <table>
        <thead>
          <tr>
            <th scope="col">{terms[visit.language].case}</th>
            <th scope="col" class="number">
              {t.total}
            </th>
            {STATUSES.map((status) => (
              <th scope="col" class="number">
                {w.status[status]}
              </th>
            ))}
            <th scope="col" class="number">
              {w.due.overdue}
            </th>
            <th scope="col">{t.notice}</th>
          </tr>
        </thead>
        <tbody>
          {cases.map(({ caseId, title, counts, published }) => (
            <tr>
              <th scope="row">
                {title ?? frame[visit.language].erased}
                <small>{caseId}</small>
              </th>
              <td class="number">{counts.items}</td>
              {STATUSES.map((status) => (
                <td class="number">{counts.byStatus[status]}</td>
              ))}
              <td class={counts.overdue > 0 ? 'number overdue' : 'number'}>{counts.overdue}</td>
              <td>{published ? <a href={`/v1/cases/${caseId}/notice`}>{t.readNotice}</a> : null}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};
