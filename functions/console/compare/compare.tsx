import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { type Day, day, daysAfter } from '../../../domain/dates.ts';
import type { DiffAxis } from '../../../domain/diff.ts';
import { type CaseId, caseId as readCaseId, itemId as readItemId } from '../../../domain/ids.ts';
import { isRefusal, type Refusal, refusals, refuse } from '../../../domain/refusals.ts';
import { answer, Page } from '../page.tsx';
import { refused } from '../problem-page.tsx';
import { readPicture } from '../register/picture.ts';
import { compareWords } from '../texts/compare.ts';
import { frame } from '../texts/frame.ts';
import { hindsightWords } from '../texts/hindsight.ts';
import { saidRefusal } from '../texts/refusals.ts';
import { timeWords } from '../texts/time.ts';
import { words } from '../texts/words.ts';
import type { SignedIn } from '../visit.ts';
import { hindsightOf } from './address.ts';
import type { Asked } from './asked.ts';
import { OneDifference } from './difference.tsx';
import { type Difference, differences, type Register } from './differences.ts';

/** Without dates: the last thirty days. */
const USUAL_DAYS = 30;

function asked({ c, today }: SignedIn): Asked {
  const axis = c.req.query('axis') === 'effective' ? 'effective' : 'recorded';
  return {
    axis,
    from: c.req.query('from') || daysAfter(today, -USUAL_DAYS),
    to: c.req.query('to') || today,
    item: c.req.query('item') ?? '',
  };
}

/** Two dates side by side, on either clock, with the entries that made the difference. */
export async function showComparison(visit: SignedIn): Promise<Response> {
  const { ledger, who } = visit;
  const caseId = readCaseId(visit.c.req.param('caseId') ?? '');
  if (!caseId) return refused(visit, refuse('case-not-found'));
  const wanted = asked(visit);
  const diff = await ledger.diff(who, caseId, wanted, {});
  if (isRefusal(diff)) {
    if (diff.refused === 'case-not-found' || diff.refused === 'case-not-allowed') return refused(visit, diff);
    const [status] = refusals[diff.refused];
    const page = (
      <Comparison visit={visit} caseId={caseId} asked={wanted} refusal={diff} found={[]} items={[]} />
    );
    return answer(visit, page, status as ContentfulStatusCode);
  }
  const [before, after] = await Promise.all([
    pictureAt(visit, caseId, wanted.axis, wanted.from),
    pictureAt(visit, caseId, wanted.axis, wanted.to),
  ]);
  if (isRefusal(before)) return refused(visit, before);
  if (isRefusal(after)) return refused(visit, after);
  const all = differences(diff.changes, before, after);
  const only = readItemId(wanted.item);
  const found = only === undefined ? all : all.filter(({ itemId }) => itemId === only);
  const items = all.map(({ itemId }) => itemId).filter((itemId) => itemId !== null);
  return answer(
    visit,
    <Comparison
      visit={visit}
      caseId={caseId}
      caseTitle={after.inspection?.title ?? undefined}
      asked={wanted}
      found={found}
      items={items}
    />,
  );
}

/** The register at one of the dates; before the case was there, an empty one. */
async function pictureAt(
  visit: SignedIn,
  caseId: CaseId,
  axis: DiffAxis,
  at: string,
): Promise<Register | Refusal> {
  const picture = await readPicture(
    visit,
    caseId,
    axis === 'recorded' ? { recordedAsOf: at } : { effectiveOn: at },
  );
  if (!isRefusal(picture)) return picture;
  return picture.refused === 'case-not-found' ? { items: [] } : picture;
}

interface ComparisonProps {
  readonly visit: SignedIn;
  readonly caseId: CaseId;
  readonly caseTitle?: string | undefined;
  readonly asked: Asked;
  readonly refusal?: Refusal | undefined;
  readonly found: readonly Difference[];
  /** Items with a change, to choose one of. */
  readonly items: readonly string[];
}

const Comparison = ({ visit, caseId, caseTitle, asked: wanted, refusal, found, items }: ComparisonProps) => {
  const { language } = visit;
  const t = compareWords[language];
  const entries = found.reduce((sum, one) => sum + one.entries.length, 0);
  const changedItems = found.filter(({ itemId }) => itemId !== null).length;
  return (
    <Page
      visit={visit}
      title={t.title}
      wide
      crumbs={[
        { text: frame[language].cases, href: '/' },
        { text: caseTitle ?? caseId, href: `/cases/${caseId}` },
        { text: t.title },
      ]}
    >
      <h1>{t.title}</h1>
      <Question visit={visit} caseId={caseId} asked={wanted} items={items} refusal={refusal} />
      {refusal ? null : (
        <>
          <p>{t.explain[wanted.axis](wanted.from, wanted.to)}</p>
          {wanted.axis === 'recorded' ? (
            <p>
              <a href={hindsightOf(caseId, wanted.from)}>
                {hindsightWords[language].linkOfDate(wanted.from)}
              </a>
            </p>
          ) : null}
          <ul class="legend-of-kinds">
            <li>
              <span class="tag new">{words[language].change.new}</span> {t.kinds.new}
            </li>
            <li>
              <span class="tag back-dated">{words[language].change['back-dated']}</span>{' '}
              {t.kinds['back-dated'][wanted.axis]}
            </li>
            <li>
              <span class="tag corrected">{words[language].change.corrected}</span>{' '}
              {t.kinds.corrected[wanted.axis]}
            </li>
          </ul>
          <p class="muted" role="status">
            {entries === 0 ? t.none : t.totals(entries, changedItems)}
          </p>
          {found.map((difference) => (
            <OneDifference visit={visit} caseId={caseId} asked={wanted} difference={difference} />
          ))}
        </>
      )}
    </Page>
  );
};

const Question = (props: Omit<ComparisonProps, 'found'>) => {
  const { visit, caseId, asked: wanted, items, refusal } = props;
  const { language, today } = visit;
  const t = compareWords[language];
  const dateField = (name: 'from' | 'to', label: string) => {
    const error = refusal?.errors?.find(({ pointer }) => pointer === `/${name}`);
    return (
      <label>
        {label}{' '}
        <input
          type="date"
          name={name}
          value={shownDay(wanted[name])}
          max={today}
          required
          aria-invalid={error ? 'true' : undefined}
        />
        {error ? (
          <small class="fault">
            {error.code === 'out-of-range' ? t.wrongOrder : timeWords[language].rightDate}
          </small>
        ) : null}
      </label>
    );
  };
  return (
    <section class="filters" aria-label={t.title}>
      {refusal ? (
        <p class="refusal" role="alert" id="refusal" tabindex={-1}>
          {refusal.errors ? timeWords[language].wrongDate : saidRefusal(refusal, language)}
        </p>
      ) : null}
      <form method="get" action={`/cases/${caseId}/compare`}>
        <label>
          {t.axis}{' '}
          <select name="axis">
            {(['recorded', 'effective'] as const).map((axis) => (
              <option value={axis} selected={axis === wanted.axis}>
                {t.axes[axis]}
              </option>
            ))}
          </select>
        </label>
        {dateField('from', t.from)}
        {dateField('to', t.to)}
        <label>
          {t.item}{' '}
          <select name="item">
            <option value="">{t.allItems}</option>
            {[...new Set([...items, ...(wanted.item === '' ? [] : [wanted.item])])].map((item) => (
              <option value={item} selected={item === wanted.item}>
                {item}
              </option>
            ))}
          </select>
        </label>
        <button type="submit">{t.show}</button>
      </form>
    </section>
  );
};

/** What a date field can show of an instant: its day. */
const shownDay = (text: string): Day | undefined => day(text.slice(0, 10));
