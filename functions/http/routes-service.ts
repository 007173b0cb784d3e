import { Hono } from 'hono';
import { refuse } from '../../domain/refusals.ts';
import type { ApiDependencies, ApiEnv } from './context.ts';
import { negotiate } from './negotiation.ts';
import { problem } from './problems.ts';

const pages = () => import('./pages.ts');

/**
 * What stands beside the API: health, its description, and the pages. None needs a token. Everything but health
 * is imported when first asked for, so that a cold start of the API does not pay for it.
 */
export function serviceRoutes(dependencies: ApiDependencies): Hono<ApiEnv> {
  const { ledger, log, version } = dependencies;
  const routes = new Hono<ApiEnv>();

  routes.get('/healthz', async (c) => {
    const health = await ledger.health().catch((fault: unknown) => {
      log('warn', 'health is unknown', { requestId: c.var.requestId, fault: String(fault) });
      return { ok: false, deadLetters: null };
    });
    c.header('Cache-Control', 'no-store');
    const { ok, deadLetters } = health;
    return c.json({ status: ok ? 'ok' : 'unavailable', deadLetters, version }, ok ? 200 : 503);
  });

  routes.get('/openapi.json', async (c) => {
    c.header('Cache-Control', 'no-cache');
    return c.json(await dependencies.openApi());
  });

  routes.get('/docs', async (c) => {
    const { docsPage } = await pages();
    return c.html(docsPage());
  });

  routes.get('/docs/:file', async (c) => {
    const { docsFile } = await pages();
    const file = await docsFile(c.req.param('file'));
    if (!file) return problem(c, refuse('not-found'));
    return c.body(file.bytes, 200, { 'Content-Type': file.mediaType, 'Cache-Control': 'no-cache' });
  });

  routes.get('/problems', async (c) => {
    const { ProblemsPage, problemTypes, rendered } = await pages();
    c.header('Vary', 'Accept', { append: true });
    const type = negotiate(c.req.header('accept'), ['application/json', 'text/html']);
    if (type === undefined) return problem(c, refuse('not-acceptable', 'application/json or text/html'));
    if (type === 'application/json') return c.json({ data: problemTypes });
    return c.html(rendered(ProblemsPage()));
  });

  return routes;
}
