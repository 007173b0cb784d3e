import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { type Day, day, daysAfter } from '../../../domain/dates.ts';
import type { Change, DiffAxis } from '../../../domain/diff.ts';
import { type CaseId, caseId as readCaseId, itemId as readItemId } from '../../../domain/ids.ts';
import { isRefusal, type Refusal, refusals, refuse } from '../../../domain/refusals.ts';
import { pathLabel, valueText } from '../form/field-label.ts';
import { saidFieldError } from '../form/form.tsx';
import { entryName } from '../item/timeline.tsx';
import { answer, Page } from '../page.tsx';
import { refused } from '../problem-page.tsx';
import { type RegisterPicture, readPicture } from '../register/picture.ts';
import { compareWords } from '../texts/compare.ts';
import { frame } from '../texts/frame.ts';
import { itemWords } from '../texts/item.ts';
import { saidRefusal } from '../texts/refusals.ts';
import { words } from '../texts/words.ts';
import { instantText } from '../time/instants.ts';
import type { SignedIn } from '../visit.ts';
import { type Difference, differences } from './differences.ts';

/** What is compared, as the address says. */
interface Asked {
  readonly axis: DiffAxis;
  readonly from: string;
  readonly to: string;
  /** Only this item. */
  readonly item: string;
}

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
  const diff = await ledger.diff(who, caseId, wanted.axis, wanted.from, wanted.to, {});
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
  const all = differences(diff.changes, before.items, after.items);
  const only = readItemId(wanted.item);
  const found = only === undefined ? all : all.filter(({ itemId }) => itemId === only);
  const items = all.map(({ itemId }) => itemId).filter((itemId) => itemId !== null);
  return answer(
    visit,
    <Comparison visit={visit} caseId={caseId} asked={wanted} found={found} items={items} />,
  );
}

/** The register at one of the dates; before the case was there, an empty one. */
async function pictureAt(
  visit: SignedIn,
  caseId: CaseId,
  axis: DiffAxis,
  at: string,
): Promise<Pick<RegisterPicture, 'items'> | Refusal> {
  const picture = await readPicture(
    visit,
    caseId,
    axis === 'recorded' ? { recordedAsOf: at } : { effectiveOn: at },
  );
  return isRefusal(picture) && picture.refused === 'case-not-found' ? { items: [] } : picture;
}

interface ComparisonProps {
  readonly visit: SignedIn;
  readonly caseId: CaseId;
  readonly asked: Asked;
  readonly refusal?: Refusal | undefined;
  readonly found: readonly Difference[];
  /** Items with a change, to choose one of. */
  readonly items: readonly string[];
}

const Comparison = ({ visit, caseId, asked: wanted, refusal, found, items }: ComparisonProps) => {
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
        { text: caseId, href: `/cases/${caseId}` },
        { text: t.title },
      ]}
    >
      <h1>{t.title}</h1>
      <Question visit={visit} caseId={caseId} asked={wanted} items={items} refusal={refusal} />
      {refusal ? null : (
        <>
          <p>{t.explain[wanted.axis](wanted.from, wanted.to)}</p>
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
        {error ? <small class="fault">{saidFieldError(language, error)}</small> : null}
      </label>
    );
  };
  return (
    <section class="filters" aria-label={t.title}>
      {refusal ? (
        <p class="refusal" role="alert" id="refusal" tabindex={-1}>
          {saidRefusal(refusal, language)}
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

interface OneProps {
  readonly visit: SignedIn;
  readonly caseId: CaseId;
  readonly asked: Asked;
  readonly difference: Difference;
}

const OneDifference = ({ visit, caseId, asked: wanted, difference }: OneProps) => {
  const { language } = visit;
  const t = compareWords[language];
  const { itemId, before, after, fields, entries } = difference;
  const title = (after ?? before)?.title ?? (itemId === null ? t.caseItself : frame[language].erased);
  const address = itemId === null ? `/cases/${caseId}/facts` : `/cases/${caseId}/items/${itemId}`;
  const id = `d${itemId ?? 'case'}`;
  const clock = wanted.axis === 'recorded' ? 'recordedAsOf' : 'effectiveOn';
  const then = (at: string): string => `${address}?${clock}=${encodeURIComponent(at)}`;
  return (
    <section class="difference" aria-labelledby={id}>
      <h2 id={id}>
        <a href={address}>
          {itemId} {title}
        </a>
      </h2>
      {fields.length === 0 ? (
        itemId === null ? null : (
          <p class="muted">{t.sameInTheEnd}</p>
        )
      ) : (
        <table class="side-by-side">
          <thead>
            <tr>
              <th scope="col">{t.field}</th>
              <th scope="col">
                <a href={then(wanted.from)} title={t.open}>
                  {t.before(wanted.from)}
                </a>
              </th>
              <th scope="col">
                <a href={then(wanted.to)} title={t.open}>
                  {t.after(wanted.to)}
                </a>
              </th>
            </tr>
          </thead>
          <tbody>
            {fields.map(({ field, before: one, after: other }) => (
              <tr>
                <th scope="row">{pathLabel(language, field)}</th>
                <td>
                  <del>{valueText(language, field, one) ?? itemWords[language].empty}</del>
                </td>
                <td>
                  <ins>{valueText(language, field, other) ?? itemWords[language].empty}</ins>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <ul class="entries" aria-label={t.entries}>
        {entries.map((entry) => (
          <EntryLine visit={visit} address={address} entry={entry} />
        ))}
      </ul>
    </section>
  );
};

const EntryLine = ({
  visit,
  address,
  entry,
}: {
  readonly visit: SignedIn;
  readonly address: string;
  readonly entry: Change;
}) => {
  const { language } = visit;
  const t = itemWords[language];
  return (
    <li>
      <span class={`tag ${entry.kind}`}>{words[language].change[entry.kind]}</span>{' '}
      <a href={`${address}#e${entry.seq}`}>
        {entry.seq} {entryName(language, entry.type)}
      </a>{' '}
      <span class="muted">
        {entry.actor.office} {entry.actor.sub} · {t.recorded}{' '}
        {instantText(entry.recordedAt, visit.console.zone)} · {t.occurred}{' '}
        {entry.occurredOn ?? frame[language].unknown}
      </span>
    </li>
  );
};
