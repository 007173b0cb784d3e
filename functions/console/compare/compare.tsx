import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { DiffAxis } from '../../../domain/diff.ts';
import { type CaseId, caseId as readCaseId, itemId as readItemId } from '../../../domain/ids.ts';
import { isRefusal, type Refusal, refusals, refuse } from '../../../domain/refusals.ts';
import { answer, Page } from '../page.tsx';
import { refused } from '../problem-page.tsx';
import { readPicture } from '../register/picture.ts';
import { compareWords } from '../texts/compare.ts';
import { frame } from '../texts/frame.ts';
import { hindsightWords } from '../texts/hindsight.ts';
import type { SignedIn } from '../visit.ts';
import { compareAll, hindsightOf } from './address.ts';
import { type Asked, askedSpan } from './asked.ts';
import { OneDifference } from './difference.tsx';
import { type Difference, differences, type Register } from './differences.ts';
import { LegendOfKinds } from './kinds.tsx';
import { Question } from './question.tsx';

/** Two dates side by side, on either clock, with the entries that made the difference. */
export async function showComparison(visit: SignedIn): Promise<Response> {
  const { ledger, who } = visit;
  const caseId = readCaseId(visit.c.req.param('caseId') ?? '');
  if (!caseId) return refused(visit, refuse('case-not-found'));
  const wanted: Asked = { ...askedSpan(visit), item: visit.c.req.query('item') ?? '' };
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
      <div class="heading">
        <h1>{t.title}</h1>
        {refusal ? null : (
          <p class="actions">
            <a href={compareAll(wanted)}>{t.inAll}</a>
          </p>
        )}
      </div>
      <Question visit={visit} action={`/cases/${caseId}/compare`} asked={wanted} refusal={refusal}>
        <ItemChoice visit={visit} asked={wanted} items={items} />
      </Question>
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
          <LegendOfKinds language={language} axis={wanted.axis} />
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

const ItemChoice = ({
  visit,
  asked: { item: wanted },
  items,
}: Pick<ComparisonProps, 'visit' | 'asked' | 'items'>) => {
  const t = compareWords[visit.language];
  return (
    <label>
      {t.item}{' '}
      <select name="item">
        <option value="">{t.allItems}</option>
        {[...new Set([...items, ...(wanted === '' ? [] : [wanted])])].map((item) => (
          <option value={item} selected={item === wanted}>
            {item}
          </option>
        ))}
      </select>
    </label>
  );
};
