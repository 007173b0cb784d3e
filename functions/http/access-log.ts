import { createMiddleware } from 'hono/factory';
import { routePath } from 'hono/route';
import type { ApiDependencies, ApiEnv } from './context.ts';

const SANE_ID = /^[A-Za-z0-9._:-]{1,64}$/;

/**
 * Names every request, and writes down who asked for what: a case's readers are as much on record as its
 * writers. Ids and codes only, never words of a payload, a title or a query. `ms` ends with the head of the
 * answer.
 */
export function accessLog({ log, now, requestId }: Pick<ApiDependencies, 'log' | 'now' | 'requestId'>) {
  return createMiddleware<ApiEnv>(async (c, next) => {
    const started = now();
    const brought = c.req.header('x-request-id') ?? '';
    const id = SANE_ID.test(brought) ? brought : requestId();
    c.set('requestId', id);
    c.header('X-Request-Id', id);
    await next();
    const { principal } = c.var;
    const route = routePath(c, -1);
    log('info', 'request', {
      requestId: id,
      method: c.req.method,
      // Middleware stands at /*; a path that no route knows may hold anything, so it is not written down.
      route: route === '/*' || route === '*' ? null : route,
      ...namedIds(c.req.path),
      status: c.res.status,
      ms: now() - started,
      ...(principal
        ? { iss: principal.iss, sub: principal.sub, office: principal.office, role: principal.role }
        : {}),
    });
  });
}

/** Ids are slugs and digits, so they are safe to write where they are well formed. */
function namedIds(path: string): { readonly caseId?: string; readonly itemId?: string } {
  const match = /^(?:\/v1)?\/cases\/([a-z0-9-]{3,64})(?:\/items\/([0-9]{4}))?(?:\/|$)/.exec(path);
  if (!match) return {};
  return { caseId: match[1] as string, ...(match[2] === undefined ? {} : { itemId: match[2] }) };
}
