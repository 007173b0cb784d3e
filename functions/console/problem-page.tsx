import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { type Refusal, refusals } from '../../domain/refusals.ts';
import { answer, Page } from './page.tsx';
import { frame } from './texts/frame.ts';
import { saidRefusal } from './texts/refusals.ts';
import type { Visit } from './visit.ts';

/** A refusal as a page of its own, where there is no form to show it beside. */
export function refused(visit: Visit, refusal: Refusal): Response {
  const [status] = refusals[refusal.refused];
  const t = frame[visit.language];
  const said = saidRefusal(refusal, visit.language);
  if (status === 503) visit.c.header('Retry-After', '1');
  return answer(
    visit,
    <Page visit={visit} title={said}>
      <h1>{said}</h1>
      <p class="muted">
        <a href={`/problems#${refusal.refused}`}>
          <code>{refusal.refused}</code>
        </a>{' '}
        {status >= 500 ? visit.c.get('requestId') : null}
      </p>
      <p>
        <a href="/">{t.back}</a>
      </p>
    </Page>,
    status as ContentfulStatusCode,
  );
}
