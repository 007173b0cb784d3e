import { daysAfter } from '../../../domain/dates.ts';
import { SEVERITIES, type Severity } from '../../../domain/look-back/catalogue.ts';
import { isRefusal } from '../../../domain/refusals.ts';
import type { FlaggedCase } from '../../app/flagged-case.ts';
import type { Paged } from '../../app/ledger.ts';
import { answer, Page } from '../page.tsx';
import { casesWords } from '../texts/cases.ts';
import { flagWords } from '../texts/flags.ts';
import { frame } from '../texts/frame.ts';
import { terms } from '../texts/terms.ts';
import { refusedPicture } from '../time/clock-refused.tsx';
import { askedClocks, Clocks, clockQuery, Picture } from '../time/clocks.tsx';
import type { SignedIn } from '../visit.ts';
import { flagsAddress } from './asked.ts';

const CASES = 100;
/** How far back the sliders reach. */
const SLIDER_DAYS = 730;

/** Cases by their flags: where a look-back should begin. */
export async function showFlaggedCases(visit: SignedIn): Promise<Response> {
  const { c, language, ledger, today, who } = visit;
  const t = flagWords[language];
  const clocks = askedClocks(visit);
  const cursor = c.req.query('cursor');
  const found = await ledger.flaggedCases(who, {}, { limit: CASES, cursor }, clocks);
  if (isRefusal(found)) return refusedPicture(visit, found, clocks);
  const next = found.nextCursor;
  return answer(
    visit,
    <Page visit={visit} title={t.cases}>
      <h1>{t.cases}</h1>
      <p>
        {t.note} <a href="/flag-rules">{t.about}</a>
      </p>
      <Picture visit={visit} cut={found.cut} now="/flags" />
      <Clocks visit={visit} asked={clocks} first={daysAfter(today, -SLIDER_DAYS)} kept={{}} />
      {found.data.length === 0 ? (
        <p class="empty">{frame[language].none}</p>
      ) : (
        <CaseTable visit={visit} found={found} />
      )}
      {next === undefined ? null : (
        <p>
          <a rel="next" href={`/flags${clockQuery(clocks, { cursor: next })}`}>
            {casesWords[language].more}
          </a>
        </p>
      )}
    </Page>,
  );
}

const CaseTable = ({ visit, found }: { readonly visit: SignedIn; readonly found: Paged<FlaggedCase> }) => {
  const { language } = visit;
  const t = flagWords[language];
  const clocks = askedClocks(visit);
  const number = (of: FlaggedCase, severity: Severity) => {
    const count = of.bySeverity[severity];
    const to = flagsAddress(`/cases/${of.caseId}/flags`, { severity }, clocks);
    return <td class="number">{count === 0 ? 0 : <a href={to}>{count}</a>}</td>;
  };
  return (
    <>
      <p class="hint">{t.casesHint}</p>
      <section class="scroll" tabindex={0} aria-label={t.cases}>
        <table class="flagged-cases">
          <thead>
            <tr>
              <th scope="col">{terms[language].case}</th>
              {SEVERITIES.map((severity) => (
                <th scope="col" class="number">
                  {t.severity[severity]}
                </th>
              ))}
              <th scope="col" class="number">
                {t.flaggedItems}
              </th>
              <th scope="col" class="number">
                {t.dismissed}
              </th>
            </tr>
          </thead>
          <tbody>
            {found.data.map((one) => (
              <tr>
                <th scope="row">
                  <a href={flagsAddress(`/cases/${one.caseId}/flags`, {}, clocks)}>
                    {one.title ?? frame[language].erased}
                  </a>
                </th>
                {SEVERITIES.map((severity) => number(one, severity))}
                <td class="number">{one.items}</td>
                <td class="number">{one.dismissed}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
};
