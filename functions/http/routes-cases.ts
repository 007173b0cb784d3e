import { Hono } from 'hono';
import { caseId } from '../../domain/ids.ts';
import { isRefusal } from '../../domain/refusals.ts';
import type { Ledger } from '../app/ledger.ts';
import { signedIn } from './authentication.ts';
import { jsonBody } from './body.ts';
import { conditions, writeUnder } from './conditional.ts';
import type { ApiEnv } from './context.ts';
import { versionTag } from './entity-tags.ts';
import { problem } from './problems.ts';
import { clocksOf, pageOf, query, spanOf } from './query.ts';
import { recorded } from './recorded.ts';
import {
  checkNewCase,
  clockParameters,
  deadlineParameters,
  diffAcrossParameters,
  diffParameters,
  hindsightParameters,
  listParameters,
  noParameters,
  supervisionParameters,
} from './requests.ts';
import { caseTarget } from './targets.ts';

/** Cases, and what is asked across the items of one or across all. */
export function caseRoutes(ledger: Ledger): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();

  routes.post('/cases', signedIn, query(noParameters), conditions, jsonBody(checkNewCase), async (c) => {
    const { who, body } = c.var;
    const { caseId, ...request } = body;
    return recorded(
      c,
      await writeUnder(c.var.conditions, (options) => ledger.openCase(who, caseId, request, options)),
    );
  });

  routes.get('/cases', signedIn, query(listParameters), async (c) => {
    const { who, query } = c.var;
    const cases = await ledger.cases(who, pageOf(query), clocksOf(query));
    return isRefusal(cases) ? problem(c, cases) : c.json(cases);
  });

  routes.get('/cases/:caseId', signedIn, caseTarget, query(clockParameters), async (c) => {
    const { who, caseId, query } = c.var;
    const found = await ledger.inspectionCase(who, caseId, clocksOf(query));
    if (isRefusal(found)) return problem(c, found);
    const ETag = versionTag(found.version);
    return c.json(found, 200, { ETag });
  });

  routes.get('/cases/:caseId/diff', signedIn, caseTarget, query(diffParameters), async (c) => {
    const { who, caseId, query } = c.var;
    const diff = await ledger.diff(who, caseId, spanOf(query), clocksOf(query));
    return isRefusal(diff) ? problem(c, diff) : c.json(diff);
  });

  routes.get('/cases/:caseId/hindsight', signedIn, caseTarget, query(hindsightParameters), async (c) => {
    const { who, caseId, query } = c.var;
    const { notice, believedAsOf } = query;
    const hindsight = await ledger.hindsight(who, caseId, { notice, believedAsOf }, clocksOf(query));
    return isRefusal(hindsight) ? problem(c, hindsight) : c.json(hindsight);
  });

  routes.get('/diff', signedIn, query(diffAcrossParameters), async (c) => {
    const { who, query } = c.var;
    const countsOnly = query.changes === false;
    const diff = await ledger.diffAcross(who, spanOf(query), countsOnly, pageOf(query), clocksOf(query));
    return isRefusal(diff) ? problem(c, diff) : c.json(diff);
  });

  routes.get('/deadlines', signedIn, query(deadlineParameters), async (c) => {
    const { who, query } = c.var;
    const { case: id, office, withinDays, silentDays } = query;
    const filter = { caseId: id === undefined ? undefined : caseId(id), office, withinDays, silentDays };
    const deadlines = await ledger.deadlines(who, filter, pageOf(query), clocksOf(query));
    return isRefusal(deadlines) ? problem(c, deadlines) : c.json(deadlines);
  });

  routes.get('/audit', signedIn, query(supervisionParameters), async (c) => {
    const { who, query } = c.var;
    const { office, actor, type, from, to, order } = query;
    const filter = { office, actor, type, from, to, order };
    const trail = await ledger.supervision(who, filter, pageOf(query));
    return isRefusal(trail) ? problem(c, trail) : c.json(trail);
  });

  return routes;
}
