import { Hono } from 'hono';
import { isRefusal } from '../../domain/refusals.ts';
import type { Ledger } from '../app/ledger.ts';
import { signedIn } from './authentication.ts';
import { jsonBody } from './body.ts';
import { conditions, writeUnder } from './conditional.ts';
import type { ApiEnv } from './context.ts';
import { stillFresh, versionTag } from './entity-tags.ts';
import { problem } from './problems.ts';
import { clocksOf, pageOf, query, spanOf } from './query.ts';
import { recorded } from './recorded.ts';
import {
  checkNewIssue,
  clockParameters,
  diffParameters,
  noParameters,
  registerParameters,
} from './requests.ts';
import { caseTarget, itemTarget } from './targets.ts';

/** The register of a case and its items. */
export function itemRoutes(ledger: Ledger): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();

  routes.post(
    '/cases/:caseId/items',
    signedIn,
    caseTarget,
    query(noParameters),
    conditions,
    jsonBody(checkNewIssue),
    async (c) => {
      const { who, caseId, body } = c.var;
      return recorded(
        c,
        await writeUnder(c.var.conditions, (options) => ledger.raiseIssue(who, caseId, body, options)),
      );
    },
  );

  routes.get('/cases/:caseId/items', signedIn, caseTarget, query(registerParameters), async (c) => {
    const { who, caseId, query } = c.var;
    const { status, office, overdue } = query;
    const filter = { status, office, overdue };
    const register = await ledger.register(who, caseId, filter, pageOf(query), clocksOf(query));
    return isRefusal(register) ? problem(c, register) : c.json(register);
  });

  routes.get(
    '/cases/:caseId/items/:itemId',
    signedIn,
    caseTarget,
    itemTarget,
    query(clockParameters),
    async (c) => {
      const { who, caseId, itemId, query } = c.var;
      const item = await ledger.item(who, caseId, itemId, clocksOf(query));
      if (isRefusal(item)) return problem(c, item);
      const ETag = versionTag(item.version);
      // An item falls overdue by the mere passing of a day: what the client has may still call it in time.
      if (item.cut === undefined && !item.overdue && stillFresh(c.req.header('if-none-match'), item.version))
        return c.body(null, 304, { ETag });
      return c.json(item, 200, { ETag });
    },
  );

  routes.get(
    '/cases/:caseId/items/:itemId/diff',
    signedIn,
    caseTarget,
    itemTarget,
    query(diffParameters),
    async (c) => {
      const { who, caseId, itemId, query } = c.var;
      const diff = await ledger.itemDiff(who, caseId, itemId, spanOf(query), clocksOf(query));
      return isRefusal(diff) ? problem(c, diff) : c.json(diff);
    },
  );

  routes.get(
    '/cases/:caseId/items/:itemId/next',
    signedIn,
    caseTarget,
    itemTarget,
    query(noParameters),
    async (c) => {
      const { who, caseId, itemId } = c.var;
      const next = await ledger.nextOnItem(who, caseId, itemId);
      if (isRefusal(next)) return problem(c, next);
      const { newestVersion: version, recordable, completable, unmet } = next;
      const inTheWay = unmet.map(({ refused: code, detail }) => ({ code, detail }));
      return c.json({ version, recordable, completable, unmet: inTheWay }, 200, {
        ETag: versionTag(version),
      });
    },
  );

  return routes;
}
