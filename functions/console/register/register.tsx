import { earliestDay } from '../../../domain/dates.ts';
import { type CaseId, caseId as readCaseId } from '../../../domain/ids.ts';
import { isRefusal, refuse } from '../../../domain/refusals.ts';
import type { AskedCut } from '../../app/ledger.ts';
import { periodText } from '../cases/case-card.tsx';
import { ProgressBar, sharesOf } from '../cases/progress-bar.tsx';
import { compareWithNow } from '../compare/address.ts';
import { lookBacksAddress } from '../look-back/addresses.ts';
import { answer, Page } from '../page.tsx';
import { refused } from '../problem-page.tsx';
import { casesWords } from '../texts/cases.ts';
import { compareWords } from '../texts/compare.ts';
import { figuresWords } from '../texts/figures.ts';
import { flagWords } from '../texts/flags.ts';
import { frame } from '../texts/frame.ts';
import { registerWords } from '../texts/register.ts';
import { terms } from '../texts/terms.ts';
import { refusedPicture } from '../time/clock-refused.tsx';
import { askedClocks, Clocks, clockQuery, Picture } from '../time/clocks.tsx';
import type { SignedIn } from '../visit.ts';
import { BurnUp } from './burn-up.tsx';
import { filterItems, isFiltered, readQuery, writeQuery } from './filter.ts';
import { Filters } from './filters.tsx';
import { HeatStrip } from './heat.tsx';
import { dayOfPicture, type RegisterPicture, readPicture } from './picture.ts';
import { PrintedRegister } from './printed.tsx';
import { RegisterTable } from './table.tsx';

/** Rows of one page; with their words they stay under 100 KB on the way. */
const ROWS = 500;
export async function showRegister(visit: SignedIn): Promise<Response> {
  const caseId = readCaseId(visit.c.req.param('caseId') ?? '');
  if (!caseId) return refused(visit, refuse('case-not-found'));
  const asked = askedClocks(visit);
  const picture = await readPicture(visit, caseId, asked);
  if (isRefusal(picture)) return refusedPicture(visit, picture, asked);
  // A case is opened with the day of its feedback: without it, it was not open on that day.
  if (picture.inspection.feedbackOn === null) return refusedPicture(visit, refuse('case-not-found'), asked);
  return visit.c.req.query('print') === undefined
    ? answer(visit, <Register visit={visit} caseId={caseId} asked={asked} picture={picture} />)
    : answer(
        visit,
        <PrintedRegister visit={visit} picture={picture} day={dayOfPicture(picture.cut, visit)} />,
      );
}

interface RegisterProps {
  readonly visit: SignedIn;
  readonly caseId: CaseId;
  readonly asked: AskedCut;
  readonly picture: RegisterPicture;
}

const Register = ({ visit, caseId, asked, picture }: RegisterProps) => {
  const { language, who } = visit;
  const t = registerWords[language];
  const { inspection, items, cut } = picture;
  const today = dayOfPicture(cut, visit);
  const query = readQuery(new URL(visit.c.req.url).searchParams);
  const filtered = filterItems(items, query, today);
  const pages = Math.max(1, Math.ceil(filtered.items.length / ROWS));
  const page = Math.min(query.page, pages);
  const rows = filtered.items.slice((page - 1) * ROWS, page * ROWS);
  const clocks: { [name: string]: string } = Object.fromEntries(
    Object.entries(asked).filter(([, value]) => value !== undefined),
  ) as { [name: string]: string };
  const onClocks = clockQuery(asked);
  const title = inspection.title ?? frame[language].erased;
  const shares = sharesOf(inspection.counts);
  const here = `/cases/${caseId}`;
  return (
    <Page
      visit={visit}
      title={`${title} ${t.title}`}
      wide
      landscape
      crumbs={[{ text: frame[language].cases, href: '/' }, { text: title }]}
    >
      <div class="heading">
        <h1>{title}</h1>
        <p class="actions">
          <a href={`${here}/facts${onClocks}`}>{t.facts}</a>
          <a href={`${here}/figures${onClocks}`}>{figuresWords[language].title}</a>
          {who.role === 'office' ? null : (
            <a href={lookBacksAddress(caseId) + onClocks}>{terms[language].lookBack}</a>
          )}
          <a href={`${here}/compare`}>{compareWords[language].title}</a>
          {visit.who.role === 'office' ? null : (
            <a href={`${here}/flags${onClocks}`}>{flagWords[language].title}</a>
          )}
          <a href={here + writeQuery(query, { ...clocks, print: 'yes' })}>{t.print}</a>
        </p>
      </div>
      <Picture
        visit={visit}
        cut={cut}
        now={here + writeQuery(query)}
        compare={compareWithNow(caseId, asked, visit.today)}
      />
      <p class="muted">
        {casesWords[language].progress(shares.closed, shares.all)} ·{' '}
        {periodText(language, inspection.concentratedUntil, today)}
      </p>
      <ProgressBar shares={shares} label={casesWords[language].progress(shares.closed, shares.all)} />
      {items.length === 0 ? null : (
        <details class="overview" open={!isFiltered(query) && page === 1}>
          <summary>{t.overview}</summary>
          <div class="charts">
            <BurnUp visit={visit} items={items} until={today} />
            <HeatStrip
              visit={visit}
              caseId={caseId}
              items={items}
              today={today}
              clocks={onClocks.replace('?', '&')}
            />
          </div>
        </details>
      )}
      <Clocks
        visit={visit}
        asked={asked}
        first={inspection.feedbackOn === null ? visit.today : earliestDay(inspection.feedbackOn)}
        kept={Object.fromEntries(new URLSearchParams(writeQuery(query)))}
      />
      <Filters
        visit={visit}
        caseId={caseId}
        query={query}
        filtered={filtered}
        items={items}
        clocks={clocks}
      />
      {items.length === 0 ? (
        <p class="empty">{t.empty}</p>
      ) : rows.length === 0 ? (
        <p class="empty">
          {t.none} <a href={here + onClocks}>{t.clear}</a>
        </p>
      ) : (
        <RegisterTable
          visit={visit}
          caseId={caseId}
          items={rows}
          query={query}
          today={today}
          clocks={clocks}
          clockQuery={onClocks}
        />
      )}
      {pages > 1 ? (
        <nav class="pages" aria-label={t.page(page, pages)}>
          {page > 1 ? (
            <a href={here + writeQuery({ ...query, page: page - 1 }, clocks)}>{t.previous}</a>
          ) : null}
          <span>{t.page(page, pages)}</span>
          {page < pages ? (
            <a href={here + writeQuery({ ...query, page: page + 1 }, clocks)}>{t.next}</a>
          ) : null}
        </nav>
      ) : null}
    </Page>
  );
};
