import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Principal } from '../../domain/actor.ts';
import { epochMs } from '../../domain/dates.ts';
import type { Ledger } from '../../functions/app/ledger.ts';
import { createApi } from '../../functions/http/app.ts';
import { openApiDocument } from '../../functions/http/openapi.ts';
import { LOCAL_AUDIENCE, LOCAL_ISSUER, openLocalIssuer } from '../../functions/identity/local-issuer.ts';
import { createVerifier } from '../../functions/identity/token-verifier.ts';
import { consoleOf } from './console.ts';
import { entropy, type LedgerBench, ledgerBench } from './ledger-bench.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: an answer is whatever the test says it is.
  readonly body: any;
}

/** Asks with a real token of this person; undefined asks without one. Text is sent as it is, all else as JSON. */
export type Ask = (
  who: Principal | undefined,
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<Answer>;

export interface ApiBench extends LedgerBench {
  readonly ask: Ask;
  readonly tokenOf: (who: Principal) => Promise<string>;
  /** One of its own, that lasts so long. */
  readonly mint: (who: Principal, ttlSeconds: number) => Promise<string>;
  /** As it comes, for what is no JSON: forms and pages. */
  readonly request: (path: string, init?: RequestInit) => Promise<Response>;
}

export const sentBody = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body));

export const headersOf = (
  token: string | undefined,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Record<string, string> => ({
  ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  ...(body === undefined
    ? {}
    : { 'content-type': typeof body === 'string' ? 'text/plain' : 'application/json' }),
  ...headers,
});

export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const json = text !== '' && response.headers.get('content-type')?.match(/\/(problem\+)?json/);
  return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
}

export interface ApiBenchOptions {
  /** Today is the day of the ledger's clock, not that of the machine. */
  readonly onItsClock?: boolean;
  /** Cases that a page of a list over cases holds, however many are asked for. */
  readonly casesAtOnce?: number;
}

/** The same ledger with short pages, so that there are further ones. */
const shortPaged = (ledger: Ledger, limit: number): Ledger => ({
  ...ledger,
  deadlines: (who, filter, page, asked) => ledger.deadlines(who, filter, { ...page, limit }, asked),
  diffAcross: (who, span, countsOnly, page, asked) =>
    ledger.diffAcross(who, span, countsOnly, { ...page, limit }, asked),
});

/** The API with real tokens over the whole ledger in this process. */
export async function apiBench({ onItsClock = false, casesAtOnce }: ApiBenchOptions = {}): Promise<ApiBench> {
  const folder = await mkdtemp(join(tmpdir(), 'taizhang-api-'));
  const issuer = await openLocalIssuer(folder);
  const bench = await ledgerBench();
  const { authenticate } = createVerifier({
    issuer: LOCAL_ISSUER,
    audience: LOCAL_AUDIENCE,
    keys: issuer.jwks,
  });
  const app = createApi({
    ledger: casesAtOnce === undefined ? bench.ledger : shortPaged(bench.ledger, casesAtOnce),
    authenticate,
    log: () => {},
    requestId: entropy.uuid,
    version: 'test',
    openApi: async () => openApiDocument('test'),
    now: Date.now,
    landing: async () => [],
    console: consoleOf(authenticate, onItsClock ? () => epochMs(bench.clock.now()) : Date.now),
  });
  const tokens = new Map<Principal, Promise<string>>();
  const tokenOf = (who: Principal): Promise<string> => {
    const known = tokens.get(who) ?? issuer.mint(who, 3_600);
    tokens.set(who, known);
    return known;
  };
  return {
    ...bench,
    tokenOf,
    mint: (who, ttlSeconds) => issuer.mint(who, ttlSeconds),
    request: async (path, init) => app.request(path, init),
    ask: async (who, method, path, body, headers) =>
      answerOf(
        await app.request(path, {
          method,
          headers: headersOf(who && (await tokenOf(who)), body, headers),
          ...(body === undefined ? {} : { body: sentBody(body) }),
        }),
      ),
    stop: async () => {
      await bench.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
