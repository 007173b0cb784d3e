import { Hono } from 'hono';
import { isRefusal } from '../../domain/refusals.ts';
import type { Ledger } from '../app/ledger.ts';
import { signedIn } from './authentication.ts';
import { jsonBody } from './body.ts';
import { conditions, writeUnder } from './conditional.ts';
import type { ApiEnv } from './context.ts';
import { problem } from './problems.ts';
import { clocksOf, pageOf, query } from './query.ts';
import { recorded } from './recorded.ts';
import { checkNewSample, clockParameters, listParameters, noParameters } from './requests.ts';
import { caseTarget, lookBackTarget } from './targets.ts';

/** Look-backs: what they checked and found, and the draw of what to check. */
export function lookBackRoutes(ledger: Ledger): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();

  routes.get('/cases/:caseId/look-backs', signedIn, caseTarget, query(listParameters), async (c) => {
    const { who, caseId, query } = c.var;
    const list = await ledger.lookBacks(who, caseId, pageOf(query), clocksOf(query));
    return isRefusal(list) ? problem(c, list) : c.json(list);
  });

  routes.get(
    '/cases/:caseId/look-backs/:lookBackSeq',
    signedIn,
    caseTarget,
    lookBackTarget,
    query(clockParameters),
    async (c) => {
      const { who, caseId, lookBackSeq, query } = c.var;
      const report = await ledger.lookBack(who, caseId, lookBackSeq, clocksOf(query));
      return isRefusal(report) ? problem(c, report) : c.json(report);
    },
  );

  routes.post(
    '/cases/:caseId/look-backs/:lookBackSeq/sample',
    signedIn,
    caseTarget,
    lookBackTarget,
    query(noParameters),
    conditions,
    jsonBody(checkNewSample),
    async (c) => {
      const { who, caseId, lookBackSeq, body } = c.var;
      return recorded(
        c,
        await writeUnder(c.var.conditions, (options) =>
          ledger.drawSample(who, caseId, lookBackSeq, body, options),
        ),
      );
    },
  );

  return routes;
}
