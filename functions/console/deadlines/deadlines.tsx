import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { daysAfter } from '../../../domain/dates.ts';
import { USUAL_SCOPE } from '../../../domain/inspection/deadlines.ts';
import { isRefusal, type Refusal, refusals } from '../../../domain/refusals.ts';
import type { CaseDeadlines, CountedOn } from '../../app/case-deadlines.ts';
import type { AskedCut, Paged, WithCut } from '../../app/ledger.ts';
import { answer, Page } from '../page.tsx';
import { byName } from '../supervision/dues.ts';
import { casesWords } from '../texts/cases.ts';
import { deadlineWords } from '../texts/deadlines.ts';
import { digestWords } from '../texts/digest.ts';
import { figuresWords } from '../texts/figures.ts';
import { frame } from '../texts/frame.ts';
import { registerWords } from '../texts/register.ts';
import { supervisionWords } from '../texts/supervision.ts';
import { terms } from '../texts/terms.ts';
import { refusedPicture } from '../time/clock-refused.tsx';
import { askedClocks, Clocks, Picture } from '../time/clocks.tsx';
import type { SignedIn } from '../visit.ts';
import { checked, deadlinesAddress, readTyped, type TypedDeadlines } from './asked.ts';
import { countedByOffice, inOrderOf } from './by-office.ts';
import { CountsTable } from './counts-table.tsx';
import { DeadlineFilters } from './filters.tsx';
import { OneCase } from './one-case.tsx';

/** Each case reads its items: so many are shown at a time. */
const CASES = 20;
/** How far back the sliders reach. */
const SLIDER_DAYS = 730;

type Found = Paged<CaseDeadlines> & CountedOn & WithCut;

/** What is overdue, due soon and silent by office, now or on either clock: what one takes to a meeting. */
export async function showDeadlines(visit: SignedIn): Promise<Response> {
  const { c, ledger, who } = visit;
  const typed = readTyped(visit);
  const clocks = askedClocks(visit);
  const filter = checked(typed);
  if (isRefusal(filter)) return refusedFilters(visit, typed, clocks, filter);
  const cursor = c.req.query('cursor') || undefined;
  const found = await ledger.deadlines(who, filter, { limit: CASES, cursor }, clocks);
  if (isRefusal(found)) return refusedPicture(visit, found, clocks, typed);
  const page = (
    <Deadlines visit={visit} typed={typed} clocks={clocks} found={found} isFirst={cursor === undefined} />
  );
  return answer(visit, page);
}

function refusedFilters(
  visit: SignedIn,
  typed: TypedDeadlines,
  clocks: AskedCut,
  refusal: Refusal,
): Response {
  const { language, who } = visit;
  const t = deadlineWords[language];
  const page = (
    <Page visit={visit} title={t.title} crumbs={crumbsOf(visit)}>
      <h1>{t.title}</h1>
      <DeadlineFilters
        language={language}
        typed={typed}
        clocks={clocks}
        counted={USUAL_SCOPE}
        offices={[who.office]}
        refusal={refusal}
      />
    </Page>
  );
  return answer(visit, page, refusals[refusal.refused][0] as ContentfulStatusCode);
}

const crumbsOf = ({ language }: SignedIn) => [
  { text: frame[language].supervision, href: '/supervision' },
  { text: deadlineWords[language].title },
];

interface DeadlinesProps {
  readonly visit: SignedIn;
  readonly typed: TypedDeadlines;
  readonly clocks: AskedCut;
  readonly found: Found;
  /** The page of the first cases. */
  readonly isFirst: boolean;
}

const Deadlines = ({ visit, typed, clocks, found, isFirst }: DeadlinesProps) => {
  const { language, who, today } = visit;
  const t = deadlineWords[language];
  const { data, day, cut, nextCursor } = found;
  const offices = countedByOffice(data);
  const known = [...new Set([who.office, ...offices.flatMap(({ office }) => office ?? [])])];
  const isWhole = isFirst && nextCursor === undefined;
  return (
    <Page visit={visit} title={`${t.title} · ${day}`} crumbs={crumbsOf(visit)}>
      <h1>{t.title}</h1>
      <p class="muted">
        {terms[language].asOf(day)}
        {typed.office === undefined ? null : ` · ${t.ofOffice(typed.office)}`}{' '}
        <button type="button" class="quiet no-print" hidden data-print>
          {registerWords[language].printButton}
        </button>
      </p>
      {who.role === 'office' ? <p class="muted">{figuresWords[language].own}</p> : null}
      <Picture visit={visit} cut={cut} now={deadlinesAddress(typed, {})} />
      <Clocks visit={visit} asked={clocks} first={daysAfter(today, -SLIDER_DAYS)} kept={typed} />
      <DeadlineFilters
        language={language}
        typed={typed}
        clocks={clocks}
        counted={found}
        offices={known.toSorted(byName)}
      />
      {data.length === 0 ? (
        <p class="empty" role="status">
          {digestWords[language].nothing}
        </p>
      ) : (
        <>
          <p class="hint">{t.hint}</p>
          <CountsTable language={language} counted={found} offices={offices} isWhole={isWhole} />
          {inOrderOf(offices, data).map((one) => (
            <OneCase language={language} one={one} counted={found} clocks={clocks} />
          ))}
        </>
      )}
      {isWhole ? null : (
        <p class="contents">
          {isFirst ? null : (
            <a href={deadlinesAddress(typed, clocks)}>{supervisionWords[language].firstCases}</a>
          )}
          {nextCursor === undefined ? null : (
            <a rel="next" href={deadlinesAddress(typed, clocks, nextCursor)}>
              {casesWords[language].more}
            </a>
          )}
        </p>
      )}
    </Page>
  );
};
