import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { type CaseId, caseId } from '../../../domain/ids.ts';
import { isRefusal, refusals, refuse } from '../../../domain/refusals.ts';
import type { LookBackLine } from '../../app/ledger.ts';
import { answer, Page } from '../page.tsx';
import { refused } from '../problem-page.tsx';
import { factsWords } from '../texts/facts.ts';
import { frame } from '../texts/frame.ts';
import { SEMICOLON } from '../texts/language.ts';
import { lookBackWords } from '../texts/look-back.ts';
import { terms } from '../texts/terms.ts';
import { refusedPicture } from '../time/clock-refused.tsx';
import { askedClocks, clockQuery, Picture } from '../time/clocks.tsx';
import type { SignedIn } from '../visit.ts';
import { lookBackAddress, lookBacksAddress } from './addresses.ts';
import { LookBackForms, type UnsentOfLookBack } from './forms.tsx';

/** As many look-backs as one page shows; a case has a handful. */
const LIMIT = 100;

/** The look-backs of a case, and the form that opens one. */
export function showLookBacks(visit: SignedIn): Promise<Response> | Response {
  const id = caseId(visit.c.req.param('caseId') ?? '');
  return id ? lookBacksPage(visit, id) : refused(visit, refuse('case-not-found'));
}

export async function lookBacksPage(
  visit: SignedIn,
  id: CaseId,
  unsent?: UnsentOfLookBack,
): Promise<Response> {
  const { c, language, ledger, who } = visit;
  const t = lookBackWords[language];
  const asked = unsent ? {} : askedClocks(visit);
  const shown = await ledger.inspectionCase(who, id, asked);
  if (isRefusal(shown)) return refusedPicture(visit, shown, asked);
  const list = await ledger.lookBacks(who, id, { limit: LIMIT, cursor: c.req.query('cursor') }, asked);
  if (isRefusal(list)) return refusedPicture(visit, list, asked);
  const title = shown.title ?? frame[language].erased;
  const here = lookBacksAddress(id);
  const page = (
    <Page
      visit={visit}
      title={`${terms[language].lookBack} · ${title}`}
      crumbs={[
        { text: frame[language].cases, href: '/' },
        { text: title, href: `/cases/${id}${clockQuery(asked)}` },
        { text: terms[language].lookBack },
      ]}
    >
      <h1>
        {title} · {terms[language].lookBack}
      </h1>
      <p class="muted">{t.listHint}</p>
      <Picture visit={visit} cut={list.cut} now={here} />
      {list.data.length === 0 ? <p class="empty">{factsWords[language].noLookBacks}</p> : null}
      <ul class="look-backs">
        {list.data.map((line) => (
          <Line visit={visit} line={line} clocks={clockQuery(asked)} />
        ))}
      </ul>
      {list.nextCursor === undefined ? null : (
        <p>
          <a href={here + clockQuery(asked, { cursor: list.nextCursor })}>{factsWords[language].further}</a>
        </p>
      )}
      {list.cut ? null : (
        <LookBackForms visit={visit} shown={shown} action={here} types={['LookBackOpened']} unsent={unsent} />
      )}
    </Page>
  );
  return answer(visit, page, unsent ? (refusals[unsent.refusal.refused][0] as ContentfulStatusCode) : 200);
}

interface LineProps {
  readonly visit: SignedIn;
  readonly line: LookBackLine;
  readonly clocks: string;
}

const Line = ({ visit, line, clocks }: LineProps) => {
  const { language } = visit;
  const t = lookBackWords[language];
  const { caseId: id, seq, scope, opened, conclusion, counts } = line;
  const said = (['sampled', 'checked', 'partial', 'false', 'reopened'] as const).map(
    (name) => `${t.number[name]} ${counts[name].count}`,
  );
  return (
    <li>
      <p>
        <a href={lookBackAddress(id, seq) + clocks}>{factsWords[language].lookBack(seq)}</a>{' '}
        <span class="tag">{conclusion === null ? t.underWay : t.concluded}</span>
      </p>
      <p class="as-written">{scope ?? frame[language].erased}</p>
      <p class="muted foot">
        {[t.opened(opened.on, opened.actor.office, opened.seq), ...said].join(SEMICOLON[language])}
      </p>
    </li>
  );
};
