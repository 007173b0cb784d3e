import { Hono } from 'hono';
import { isRefusal } from '../../domain/refusals.ts';
import type { FlagFilter } from '../app/flagged-case.ts';
import type { Ledger } from '../app/ledger.ts';
import { signedIn } from './authentication.ts';
import type { ApiEnv } from './context.ts';
import { problem } from './problems.ts';
import { clocksOf, pageOf, query } from './query.ts';
import { flaggedCasesParameters, flagParameters, noParameters } from './requests.ts';
import { caseTarget } from './targets.ts';

/** The filter alone: a cursor is bound to it, and knows nothing of pages. */
const filterOf = ({ rule, severity, office, dismissed }: FlagFilter): FlagFilter => ({
  rule,
  severity,
  office,
  dismissed,
});

/** The worklist of a look-back: flags of a case, cases by their flags, and what the rules are. */
export function flagRoutes(ledger: Ledger): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();

  routes.get('/cases/:caseId/flags', signedIn, caseTarget, query(flagParameters), async (c) => {
    const { who, caseId, query } = c.var;
    const filter = { item: query.item, ...filterOf(query) };
    const flags = await ledger.flags(who, caseId, filter, pageOf(query), clocksOf(query));
    return isRefusal(flags) ? problem(c, flags) : c.json(flags);
  });

  routes.get('/flags', signedIn, query(flaggedCasesParameters), async (c) => {
    const { who, query } = c.var;
    const cases = await ledger.flaggedCases(who, filterOf(query), pageOf(query), clocksOf(query));
    return isRefusal(cases) ? problem(c, cases) : c.json(cases);
  });

  routes.get('/flag-rules', query(noParameters), async (c) => {
    const { describedRules } = await import('./flag-rules.ts');
    return c.json(describedRules());
  });

  return routes;
}
