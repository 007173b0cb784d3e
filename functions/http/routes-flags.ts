import { Hono } from 'hono';
import { isRefusal } from '../../domain/refusals.ts';
import type { Ledger } from '../app/ledger.ts';
import { signedIn } from './authentication.ts';
import type { ApiEnv } from './context.ts';
import { problem } from './problems.ts';
import { clocksOf, pageOf, query } from './query.ts';
import { flaggedCasesParameters, flagParameters, noParameters } from './requests.ts';
import { caseTarget } from './targets.ts';

/** The worklist of a look-back: flags of a case, cases by their flags, and what the rules are. */
export function flagRoutes(ledger: Ledger): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();

  routes.get('/cases/:caseId/flags', signedIn, caseTarget, query(flagParameters), async (c) => {
    const { who, caseId, query } = c.var;
    const flags = await ledger.flags(who, caseId, query, pageOf(query), clocksOf(query));
    return isRefusal(flags) ? problem(c, flags) : c.json(flags);
  });

  routes.get('/flags', signedIn, query(flaggedCasesParameters), async (c) => {
    const { who, query } = c.var;
    const cases = await ledger.flaggedCases(who, query, pageOf(query), clocksOf(query));
    return isRefusal(cases) ? problem(c, cases) : c.json(cases);
  });

  routes.get('/flag-rules', query(noParameters), async (c) => {
    const { describedRules } = await import('./flag-rules.ts');
    return c.json(describedRules());
  });

  return routes;
}
