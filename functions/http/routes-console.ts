import { type Context, Hono } from 'hono';
import { CONSOLE_ROUTES, type ConsoleRoute } from '../console/routes.ts';
import type { ApiDependencies, ApiEnv } from './context.ts';
import { negotiate } from './negotiation.ts';

type Handlers = ReturnType<typeof import('./pages.ts')['consoleHandlers']>;

/** What a person sees who follows a wrong address; programs, and whoever asks for JSON, get a problem. */
export function isForPeople(c: Context<ApiEnv>): boolean {
  const offered = negotiate(c.req.header('accept'), ['application/json', 'text/html']);
  return offered === 'text/html' && !c.req.path.startsWith('/v1/');
}

/** The console's addresses. Its pages are imported with the first request for one. */
export function consoleRoutes(dependencies: ApiDependencies): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();
  let handlers: Promise<Handlers> | undefined;
  for (const [name, [method, path]] of Object.entries(CONSOLE_ROUTES)) {
    routes.on(method, path, async (c) => {
      handlers ??= import('./pages.ts').then(({ consoleHandlers }) => consoleHandlers(dependencies));
      return (await handlers)[name as ConsoleRoute](c);
    });
  }
  return routes;
}
