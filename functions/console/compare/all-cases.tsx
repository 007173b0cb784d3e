import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { isRefusal, type Refusal, refusals } from '../../../domain/refusals.ts';
import type { CaseChanges, DiffAcross, Span } from '../../app/comparison.ts';
import { answer, Page } from '../page.tsx';
import { casesWords } from '../texts/cases.ts';
import { compareWords } from '../texts/compare.ts';
import { frame } from '../texts/frame.ts';
import type { Language } from '../texts/language.ts';
import { supervisionWords } from '../texts/supervision.ts';
import { terms } from '../texts/terms.ts';
import { words } from '../texts/words.ts';
import type { SignedIn } from '../visit.ts';
import { compareAll, compareOf } from './address.ts';
import { askedSpan } from './asked.ts';
import { LegendOfKinds } from './kinds.tsx';
import { Question } from './question.tsx';

/** Cases looked at for one page; long ones end it earlier. */
const CASES = 100;

/** In which cases something changed between two dates, on either clock: numbers that lead to what changed. */
export async function showAllComparison(visit: SignedIn): Promise<Response> {
  const { c, ledger, who } = visit;
  const asked = askedSpan(visit);
  const cursor = c.req.query('cursor') || undefined;
  const diff = await ledger.diffAcross(who, asked, true, { limit: CASES, cursor }, {});
  const page = <AllComparison visit={visit} asked={asked} diff={diff} isFirst={cursor === undefined} />;
  return answer(visit, page, isRefusal(diff) ? (refusals[diff.refused][0] as ContentfulStatusCode) : 200);
}

interface AllProps {
  readonly visit: SignedIn;
  readonly asked: Span;
  readonly diff: DiffAcross | Refusal;
  /** The page of the first cases. */
  readonly isFirst: boolean;
}

const AllComparison = ({ visit, asked, diff, isFirst }: AllProps) => {
  const { language } = visit;
  const t = compareWords[language];
  return (
    <Page
      visit={visit}
      title={t.inAll}
      crumbs={[{ text: frame[language].cases, href: '/' }, { text: t.inAll }]}
    >
      <h1>{t.inAll}</h1>
      <Question visit={visit} action="/compare" asked={asked} refusal={isRefusal(diff) ? diff : undefined} />
      {isRefusal(diff) ? null : <Answer language={language} asked={asked} diff={diff} isFirst={isFirst} />}
    </Page>
  );
};

interface AnswerProps {
  readonly language: Language;
  readonly asked: Span;
  readonly diff: DiffAcross;
  readonly isFirst: boolean;
}

const Answer = ({ language, asked, diff: { data, nextCursor }, isFirst }: AnswerProps) => {
  const t = compareWords[language];
  const isWhole = isFirst && nextCursor === undefined;
  return (
    <>
      <p>{t.explain[asked.axis](asked.from, asked.to)}</p>
      {data.length === 0 ? (
        <p class="empty" role="status">
          {isWhole ? t.none : t.noneHere}
        </p>
      ) : (
        <>
          <LegendOfKinds language={language} axis={asked.axis} />
          <p class="hint">{t.inAllHint}</p>
          <CaseTable language={language} asked={asked} cases={data} />
        </>
      )}
      {isWhole ? null : (
        <p class="contents">
          {isFirst ? null : <a href={compareAll(asked)}>{supervisionWords[language].firstCases}</a>}
          {nextCursor === undefined ? null : (
            <a rel="next" href={compareAll(asked, nextCursor)}>
              {casesWords[language].more}
            </a>
          )}
        </p>
      )}
    </>
  );
};

interface TableProps {
  readonly language: Language;
  readonly asked: Span;
  readonly cases: readonly CaseChanges[];
}

const CaseTable = ({ language, asked, cases }: TableProps) => {
  const t = compareWords[language];
  const { change } = words[language];
  return (
    <section class="scroll" tabindex={0} aria-label={t.inAll}>
      <table class="changed-cases">
        <thead>
          <tr>
            <th scope="col">{terms[language].case}</th>
            {[t.changedItems, change.new, change['back-dated'], change.corrected].map((column) => (
              <th scope="col" class="number">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cases.map(({ caseId, title, items, summary }) => (
            <tr>
              <th scope="row">
                <a href={compareOf(caseId, asked)}>{title ?? frame[language].erased}</a>
              </th>
              {[items, summary.new, summary.backDated, summary.corrected].map((count) => (
                <td class={count === 0 ? 'number muted' : 'number'}>{count}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};
