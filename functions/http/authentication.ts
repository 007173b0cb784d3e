import { createMiddleware } from 'hono/factory';
import type { Principal } from '../../domain/actor.ts';
import { isRefusal, refuse } from '../../domain/refusals.ts';
import type { ApiDependencies, ApiEnv } from './context.ts';
import { problem } from './problems.ts';

/** Longer than any token of an issuer that fits a header. */
const LONGEST_TOKEN = 16_384;

/** @see RFC 6750 section 2.1 */
const CREDENTIALS = /^bearer +([A-Za-z0-9._~+/-]+=*)$/i;

/** Says who asks, from the token alone. A bad token is refused even where none is needed. */
export function authentication(authenticate: ApiDependencies['authenticate']) {
  return createMiddleware<ApiEnv>(async (c, next) => {
    const header = c.req.header('authorization');
    if (header === undefined) return next();
    const token = header.length <= LONGEST_TOKEN ? CREDENTIALS.exec(header)?.[1] : undefined;
    if (token === undefined) {
      return problem(c, refuse('token-invalid', 'the Authorization header holds no bearer token'));
    }
    const principal = await authenticate(token);
    if (isRefusal(principal)) return problem(c, principal);
    c.set('principal', principal);
    return next();
  });
}

/** Lets nobody through without a token. */
export const signedIn = createMiddleware<{ Variables: { principal?: Principal; who: Principal } }>(
  async (c, next) => {
    const { principal } = c.var;
    if (!principal) return problem(c, refuse('token-missing'));
    c.set('who', principal);
    return next();
  },
);
