import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { daysAfter } from '../../../domain/dates.ts';
import { type Refusal, refusals } from '../../../domain/refusals.ts';
import type { AskedCut } from '../../app/ledger.ts';
import { answer, Page } from '../page.tsx';
import { refused } from '../problem-page.tsx';
import { saidRefusal } from '../texts/refusals.ts';
import { timeWords } from '../texts/time.ts';
import type { SignedIn } from '../visit.ts';
import { Clocks, clockQuery, isPast } from './clocks.tsx';

/** How far back the sliders reach where no picture says when all began. */
const SLIDER_DAYS = 730;

/**
 * A picture that could not be had: where the clocks are to blame, they stand on the page to be set anew. `kept` is
 * what else the page was asked.
 */
export function refusedPicture(
  visit: SignedIn,
  refusal: Refusal,
  asked: AskedCut,
  kept: { readonly [name: string]: string } = {},
): Response {
  if (!isPast(asked)) return refused(visit, refusal);
  const t = timeWords[visit.language];
  const { pathname } = new URL(visit.c.req.url);
  const notYet = refusal.refused === 'case-not-found' || refusal.refused === 'item-not-found';
  const wrong = refusal.refused === 'invalid-fields';
  if (!notYet && !wrong && refusal.refused !== 'cut-in-future') return refused(visit, refusal);
  const said = notYet ? t.notYet : wrong ? t.wrongDate : saidRefusal(refusal, visit.language);
  const [status] = refusals[refusal.refused];
  const page = (
    <Page visit={visit} title={said}>
      <h1>{said}</h1>
      <p role="alert">{wrong ? t.rightDate : null}</p>
      <p>
        <a href={pathname + clockQuery({}, kept)}>{t.now}</a>
      </p>
      <Clocks visit={visit} asked={asked} first={daysAfter(visit.today, -SLIDER_DAYS)} kept={kept} />
    </Page>
  );
  return answer(visit, page, status as ContentfulStatusCode);
}
