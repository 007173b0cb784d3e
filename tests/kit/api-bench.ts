import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Principal } from '../../domain/actor.ts';
import { createApi } from '../../functions/http/app.ts';
import { LOCAL_AUDIENCE, LOCAL_ISSUER, openLocalIssuer } from '../../functions/identity/local-issuer.ts';
import { createVerifier } from '../../functions/identity/token-verifier.ts';
import { entropy, type LedgerBench, ledgerBench } from './ledger-bench.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: an answer is whatever the test says it is.
  readonly body: any;
}

export interface ApiBench extends LedgerBench {
  /** Asks with a real token of this person; undefined asks without one. */
  ask(
    who: Principal | undefined,
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>;
}

/** The API with real tokens over the whole ledger in this process. */
export async function apiBench(): Promise<ApiBench> {
  const folder = await mkdtemp(join(tmpdir(), 'taizhang-api-'));
  const issuer = await openLocalIssuer(folder);
  const bench = await ledgerBench();
  const { authenticate } = createVerifier({
    issuer: LOCAL_ISSUER,
    audience: LOCAL_AUDIENCE,
    keys: issuer.jwks,
  });
  const app = createApi({
    ledger: bench.ledger,
    authenticate,
    log: () => {},
    requestId: entropy.uuid,
    version: 'test',
    now: Date.now,
    landing: async () => [],
  });
  const tokens = new Map<Principal, Promise<string>>();
  const tokenOf = (who: Principal): Promise<string> => {
    const known = tokens.get(who) ?? issuer.mint(who, 3_600);
    tokens.set(who, known);
    return known;
  };
  return {
    ...bench,
    ask: async (who, method, path, body, headers = {}) => {
      const isText = typeof body === 'string';
      const response = await app.request(path, {
        method,
        headers: {
          ...(who ? { authorization: `Bearer ${await tokenOf(who)}` } : {}),
          ...(body === undefined ? {} : { 'content-type': isText ? 'text/plain' : 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const json = response.headers.get('content-type')?.match(/\/(problem\+)?json/);
      return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
    },
    stop: async () => {
      await bench.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
