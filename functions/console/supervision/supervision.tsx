import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { isRefusal, type Refusal, refusals } from '../../../domain/refusals.ts';
import type { Paged, SupervisedEntry } from '../../app/ledger.ts';
import type { OfficeStanding } from '../../app/office-standing.ts';
import { deadlinesAddress } from '../deadlines/asked.ts';
import { answer, Page } from '../page.tsx';
import { refused } from '../problem-page.tsx';
import { deadlineWords } from '../texts/deadlines.ts';
import { frame } from '../texts/frame.ts';
import { supervisionWords } from '../texts/supervision.ts';
import { askedClocks, isPast } from '../time/clocks.tsx';
import type { SignedIn } from '../visit.ts';
import { byName, duesByOffice, returnsOf } from './dues.ts';
import { DuesTable } from './dues-table.tsx';
import { ReturnsTable } from './returns-table.tsx';
import { readSilent, type SilentPage } from './silent.ts';
import { Silent } from './silent-table.tsx';
import { TrailFilters } from './trail-filters.tsx';
import { readTrail, readTrailQuery, type TrailQuery, trailAddress } from './trail-query.ts';
import { TrailTable } from './trail-table.tsx';
import { zoneName } from './trail-words.ts';

const ROWS = 100;

/** What each office has due, what was returned to it, of what nothing is heard, and who recorded what: across all cases. */
export async function showSupervision(visit: SignedIn): Promise<Response> {
  // It tells of now. Who asks for a past date must not take it for that.
  const clocks = askedClocks(visit);
  if (isPast(clocks)) return visit.c.redirect(deadlinesAddress({}, clocks), 303);
  const query = readTrailQuery(visit);
  const [standing, silent, trail] = await Promise.all([
    visit.ledger.standing(visit.who),
    readSilent(visit),
    readTrail(visit, query, 'newest', ROWS),
  ]);
  return isRefusal(silent) ? refused(visit, silent) : supervisionPage(visit, standing, silent, query, trail);
}

/** The same page where only the trail was asked for, and refused. */
export async function showRefusedTrail(
  visit: SignedIn,
  query: TrailQuery,
  refusal: Refusal,
): Promise<Response> {
  const [standing, silent] = await Promise.all([visit.ledger.standing(visit.who), readSilent(visit)]);
  return isRefusal(silent)
    ? refused(visit, silent)
    : supervisionPage(visit, standing, silent, query, refusal);
}

function supervisionPage(
  visit: SignedIn,
  standing: readonly OfficeStanding[],
  silent: SilentPage,
  query: TrailQuery,
  trail: Paged<SupervisedEntry> | Refusal,
): Response {
  const { language, who, console } = visit;
  const t = supervisionWords[language];
  const own = who.role === 'office';
  const offices = duesByOffice(standing);
  const returned = returnsOf(standing);
  const known = [...new Set([who.office, ...offices.flatMap(({ office }) => office ?? [])])];
  const headings = {
    dues: own ? t.ownDues : t.dues,
    silent: t.silent,
    returns: t.returns,
    trail: own ? t.ownTrail : t.trail,
  };
  const status = isRefusal(trail) ? (refusals[trail.refused][0] as ContentfulStatusCode) : 200;
  const page = (
    <Page visit={visit} title={frame[language].supervision} wide>
      <h1>{frame[language].supervision}</h1>
      <nav class="contents" aria-label={t.contents}>
        {Object.entries(headings).map(([id, said]) => (
          <a href={`#${id}`}>{said}</a>
        ))}
      </nav>
      <h2 id="dues">{headings.dues}</h2>
      {offices.length === 0 ? (
        <p class="empty">{own ? t.noOwnDues : t.noDues}</p>
      ) : (
        <>
          <p class="hint">{t.duesHint}</p>
          <DuesTable language={language} offices={offices} />
        </>
      )}
      <p>
        <a href="/deadlines">{deadlineWords[language].another}</a>
      </p>
      <h2 id="silent">{headings.silent}</h2>
      <Silent language={language} page={silent} />
      <h2 id="returns">{headings.returns}</h2>
      {returned.length === 0 ? (
        <p class="empty">{t.noReturns}</p>
      ) : (
        <ReturnsTable language={language} lines={returned} />
      )}
      <h2 id="trail">{headings.trail}</h2>
      <p class="hint">{t.trailHint(zoneName(console.zone))}</p>
      <TrailFilters
        language={language}
        typed={query.typed}
        offices={known.toSorted(byName)}
        refusal={isRefusal(trail) ? trail : undefined}
      />
      {isRefusal(trail) ? null : <Trail visit={visit} query={query} trail={trail} />}
    </Page>
  );
  return answer(visit, page, status);
}

interface TrailProps {
  readonly visit: SignedIn;
  readonly query: TrailQuery;
  readonly trail: Paged<SupervisedEntry>;
}

/** The rows with the ways onwards. */
const Trail = ({ visit, query: { typed, cursor }, trail }: TrailProps) => {
  const { language, console } = visit;
  const t = supervisionWords[language];
  const { data, nextCursor } = trail;
  return (
    <>
      <p>
        <a href={trailAddress('/supervision.csv', typed)}>{t.csv}</a>
      </p>
      {data.length === 0 ? (
        <p class="empty">{cursor === undefined ? t.noEntries : t.noneFurther}</p>
      ) : (
        <TrailTable language={language} typed={typed} entries={data} zone={console.zone} />
      )}
      <p class="contents">
        {cursor === undefined ? null : (
          <a href={`${trailAddress('/supervision', typed)}#trail`}>{t.newest}</a>
        )}
        {nextCursor === undefined ? null : (
          <a href={`${trailAddress('/supervision', typed, nextCursor)}#trail`} rel="next">
            {t.earlier}
          </a>
        )}
      </p>
    </>
  );
};
