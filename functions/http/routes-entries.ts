import { type Context, Hono } from 'hono';
import type { Principal } from '../../domain/actor.ts';
import type { Stream } from '../../domain/ids.ts';
import { presentEntry } from '../../domain/interchange.ts';
import { isRefusal, refuse } from '../../domain/refusals.ts';
import type { AskedCut } from '../app/ledger.ts';
import { signedIn } from './authentication.ts';
import { jsonBody } from './body.ts';
import { conditions, writeUnder } from './conditional.ts';
import type { ApiDependencies, ApiEnv } from './context.ts';
import { envelopeLines, NDJSON } from './ndjson.ts';
import { negotiate } from './negotiation.ts';
import { problem } from './problems.ts';
import { clocksOf, pageOf, query } from './query.ts';
import { recorded } from './recorded.ts';
import { checkNewEntry, clockParameters, listParameters, noParameters } from './requests.ts';
import { caseTarget, itemTarget, seqTarget, streamTarget } from './targets.ts';

type Dependencies = Pick<ApiDependencies, 'ledger' | 'log'>;

/** Recording on a stream and reading its history: the same for a case's own stream and for an item's. */
export function entryRoutes({ ledger, log }: Dependencies): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();

  routes.post(
    '/cases/:caseId/events',
    signedIn,
    caseTarget,
    query(noParameters),
    conditions,
    jsonBody(checkNewEntry('case')),
    async (c) => {
      const { who, caseId, body } = c.var;
      return recorded(
        c,
        await writeUnder(c.var.conditions, (options) => ledger.recordOnCase(who, caseId, body, options)),
      );
    },
  );
  routes.post(
    '/cases/:caseId/items/:itemId/events',
    signedIn,
    caseTarget,
    itemTarget,
    query(noParameters),
    conditions,
    jsonBody(checkNewEntry('item')),
    async (c) => {
      const { who, caseId, itemId, body } = c.var;
      return recorded(
        c,
        await writeUnder(c.var.conditions, (options) =>
          ledger.recordOnItem(who, caseId, itemId, body, options),
        ),
      );
    },
  );

  for (const path of ['/cases/:caseId', '/cases/:caseId/items/:itemId']) {
    routes.get(`${path}/events`, signedIn, caseTarget, streamTarget, query(listParameters), async (c) => {
      const { who, stream, query } = c.var;
      c.header('Vary', 'Accept', { append: true });
      const type = negotiate(c.req.header('accept'), ['application/json', NDJSON]);
      if (type === undefined) {
        return problem(c, refuse('not-acceptable', `a history is application/json or ${NDJSON}`));
      }
      if (type === NDJSON) {
        if (query.limit !== undefined || query.cursor !== undefined) {
          return problem(c, refuse('invalid-request', `${NDJSON} streams everything: no limit, no cursor`));
        }
        return streamHistory(c, { ledger, log }, who, stream, clocksOf(query));
      }
      const history = await ledger.history(who, stream, pageOf(query), clocksOf(query));
      return isRefusal(history)
        ? problem(c, history)
        : c.json({ ...history, data: history.data.map(presentEntry) });
    });

    routes.get(
      `${path}/events/:seq`,
      signedIn,
      caseTarget,
      streamTarget,
      seqTarget,
      query(clockParameters),
      async (c) => {
        const { who, stream, seq, query } = c.var;
        const found = await ledger.entry(who, stream, seq, clocksOf(query));
        return isRefusal(found) ? problem(c, found) : c.json(presentEntry(found.entry));
      },
    );

    routes.get(`${path}/audit`, signedIn, caseTarget, streamTarget, query(listParameters), async (c) => {
      const { who, stream, query } = c.var;
      const trail = await ledger.audit(who, stream, pageOf(query), clocksOf(query));
      return isRefusal(trail) ? problem(c, trail) : c.json(trail);
    });
  }

  return routes;
}

/** Lines have no room for the cut's echo, so it stands in a header, as JSON. */
async function streamHistory(
  c: Context,
  { ledger, log }: Dependencies,
  who: Principal,
  stream: Stream,
  asked: AskedCut,
): Promise<Response> {
  if (asked.recordedAsOf !== undefined || asked.effectiveOn !== undefined) {
    const head = await ledger.history(who, stream, { limit: 1 }, asked);
    if (isRefusal(head)) return problem(c, head);
    if (head.cut) c.header('Cut', JSON.stringify(head.cut));
  }
  const pages = await ledger.historyStream(who, stream, asked);
  if (isRefusal(pages)) return problem(c, pages);
  c.header('Content-Type', NDJSON);
  if (c.req.method === 'HEAD') return c.body(null);
  const requestId: unknown = c.get('requestId');
  const lines = await envelopeLines(pages, (fault) =>
    log('error', 'a streamed history broke off', { requestId, fault: String(fault) }),
  );
  return c.body(lines);
}
