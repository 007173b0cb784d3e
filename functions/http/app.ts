import { Hono } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { secureHeaders } from 'hono/secure-headers';
import { UndecodableEntry } from '../../domain/decode.ts';
import { StoreFault } from '../../domain/ports.ts';
import { refuse } from '../../domain/refusals.ts';
import { IdentityUnavailable } from '../identity/unavailable.ts';
import { accessLog } from './access-log.ts';
import { authentication } from './authentication.ts';
import type { ApiDependencies, ApiEnv } from './context.ts';
import { problem } from './problems.ts';
import { caseRoutes } from './routes-cases.ts';
import { consoleRoutes, isForPeople } from './routes-console.ts';
import { entryRoutes } from './routes-entries.ts';
import { figuresRoutes } from './routes-figures.ts';
import { flagRoutes } from './routes-flags.ts';
import { itemRoutes } from './routes-items.ts';
import { lookBackRoutes } from './routes-look-backs.ts';
import { noticeRoutes } from './routes-notice.ts';
import { serviceRoutes } from './routes-service.ts';

/** Nothing comes from elsewhere and nothing stands inline: pages bring their style and script as own files. */
const contentSecurityPolicy = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

/**
 * The whole interface of the ledger over HTTP. Middleware runs from the outside in: log, headers, who asks,
 * 405; then each route says in its own line what it takes.
 */
export function createApi(dependencies: ApiDependencies): Hono<ApiEnv> {
  const { authenticate, ledger, log } = dependencies;
  const app = new Hono<ApiEnv>();
  app.use(accessLog(dependencies));
  // Without any referrer a browser names no origin with a form either, and then nobody can tell where it is from.
  app.use(secureHeaders({ contentSecurityPolicy, referrerPolicy: 'same-origin', xFrameOptions: 'DENY' }));
  // Headers set before the answer exists ride along; set after it, they make Hono build it anew, as a stream.
  app.use('/v1/*', (c, next) => {
    c.header('Cache-Control', 'no-store');
    return next();
  });
  app.use(authentication(authenticate));
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: async (c, methods) => {
        c.header('Allow', methods.join(', '));
        if (isForPeople(c)) {
          const { refusedPage } = await import('./pages.ts');
          return refusedPage(c, dependencies, 'method-not-allowed');
        }
        return problem(c, refuse('method-not-allowed', `this address takes ${methods.join(', ')}`));
      },
    }),
  );

  app.route('/v1', caseRoutes(ledger));
  app.route('/v1', flagRoutes(ledger));
  app.route('/v1', itemRoutes(ledger));
  app.route('/v1', entryRoutes(dependencies));
  app.route('/v1', figuresRoutes(ledger));
  app.route('/v1', lookBackRoutes(ledger));
  app.route('/v1', noticeRoutes(ledger));
  app.route('/', serviceRoutes(dependencies));
  app.route('/', consoleRoutes(dependencies));

  app.notFound(async (c) => {
    if (!isForPeople(c)) return problem(c, refuse('not-found'));
    const { refusedPage } = await import('./pages.ts');
    return refusedPage(c, dependencies, 'not-found');
  });
  app.onError((error, c) => {
    const { requestId } = c.var;
    if (error instanceof StoreFault) {
      log('warn', 'the store did not answer', { requestId, kind: error.kind, cause: String(error.cause) });
      return problem(c, refuse(error.kind));
    }
    if (error instanceof IdentityUnavailable) {
      log('warn', 'the issuer did not answer', { requestId, cause: error.message });
      return problem(c, refuse('unavailable', 'The issuer of tokens cannot be reached; try again'));
    }
    if (error instanceof UndecodableEntry) {
      log('error', 'an entry cannot be read', { requestId, where: error.where, why: error.message });
      return problem(c, refuse('stream-unreadable', error.message));
    }
    log('error', 'unexpected', { requestId, stack: error.stack ?? String(error) });
    return problem(c, refuse('internal', `the log has it under ${requestId}`));
  });
  return app;
}
