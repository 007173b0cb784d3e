import { Hono } from 'hono';
import { isRefusal, refuse } from '../../domain/refusals.ts';
import type { Ledger } from '../app/ledger.ts';
import { signedIn } from './authentication.ts';
import { textBody } from './body.ts';
import type { ApiEnv } from './context.ts';
import { negotiate } from './negotiation.ts';
import { problem } from './problems.ts';
import { clocksOf, query } from './query.ts';
import { clockParameters, importParameters } from './requests.ts';
import { caseTarget } from './targets.ts';

/** Public notices: out, as text, and in. */
export function noticeRoutes(ledger: Ledger): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();

  routes.get('/cases/:caseId/notice', caseTarget, query(clockParameters), async (c) => {
    c.header('Vary', 'Accept', { append: true });
    if (negotiate(c.req.header('accept'), ['text/plain']) === undefined) {
      return problem(c, refuse('not-acceptable', 'a notice is text/plain'));
    }
    const { principal, caseId, query } = c.var;
    const notice = await ledger.notice(principal, caseId, clocksOf(query));
    return typeof notice === 'string' ? c.text(notice) : problem(c, notice);
  });

  routes.post('/cases/:caseId/import', signedIn, caseTarget, query(importParameters), textBody, async (c) => {
    if (c.req.header('if-match') !== undefined) {
      return problem(
        c,
        refuse('invalid-request', 'an import writes many streams: If-Match has no meaning here'),
      );
    }
    const { who, caseId, query, text } = c.var;
    const report = await ledger.importNotice(who, caseId, text, query.commit ?? false);
    return isRefusal(report) ? problem(c, report) : c.json(report);
  });

  return routes;
}
