import type { JWTVerifyGetKey } from 'jose';
import * as errors from 'jose/errors';
import { createLocalJWKSet } from 'jose/jwks/local';
import { isRecord } from '../../domain/fields.ts';
import { IdentityUnavailable } from './unavailable.ts';

export interface RemoteKeysOptions {
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
  /** For each of the two requests, in ms. */
  readonly timeoutMs?: number | undefined;
}

/** Keys are asked for again when they are this old … */
const FRESH_MS = 10 * 60_000;
/** … and still used up to this age while the issuer does not answer. */
const STALE_MS = 60 * 60_000;
/** An unknown `kid` makes us look again at most this often, however many tokens bring one. */
const COOLDOWN_MS = 10_000;
/** After a failure nobody waits for another one, for so long. */
const FAILURE_COOLDOWN_MS = 2_000;
const MAX_BYTES = 256 * 1024;

type KeySet = ReturnType<typeof createLocalJWKSet>;

/**
 * The keys of an OpenID issuer, found through its discovery document. One request at a time runs, whoever waits.
 * @see OpenID Connect Discovery 1.0 section 4
 */
export function remoteKeys(issuer: string, options: RemoteKeysOptions = {}): JWTVerifyGetKey {
  const now = options.now ?? Date.now;
  const get = options.fetch ?? globalThis.fetch;
  const timeoutMs = options.timeoutMs ?? 5_000;
  let keys: { readonly set: KeySet; readonly at: number } | undefined;
  let failed: { readonly error: IdentityUnavailable; readonly at: number } | undefined;
  let pending: Promise<KeySet> | undefined;

  async function load(): Promise<KeySet> {
    try {
      const discovery = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
      const found = await getJson(get, discovery, timeoutMs);
      if (found.issuer !== issuer)
        throw new IdentityUnavailable('its discovery document names another issuer');
      const jwks = await getJson(get, keyAddress(issuer, found.jwks_uri), timeoutMs);
      if (!Array.isArray(jwks.keys) || !jwks.keys.every(isRecord)) {
        throw new IdentityUnavailable('its key set is none');
      }
      const set = createLocalJWKSet({ keys: jwks.keys });
      keys = { set, at: now() };
      failed = undefined;
      return set;
    } catch (cause) {
      const error =
        cause instanceof IdentityUnavailable ? cause : new IdentityUnavailable('it does not answer', cause);
      failed = { error, at: now() };
      throw error;
    }
  }

  function refresh(): Promise<KeySet> {
    if (failed && now() - failed.at < FAILURE_COOLDOWN_MS) return Promise.reject(failed.error);
    pending ??= load().finally(() => {
      pending = undefined;
    });
    return pending;
  }

  async function current(): Promise<KeySet> {
    const known = keys;
    if (known && now() - known.at < FRESH_MS) return known.set;
    try {
      return await refresh();
    } catch (error) {
      if (known && now() - known.at < STALE_MS) return known.set;
      throw error;
    }
  }

  return async (header, token) => {
    const set = await current();
    try {
      return await set(header, token);
    } catch (error) {
      const rotated = error instanceof errors.JWKSNoMatchingKey && (!keys || now() - keys.at >= COOLDOWN_MS);
      if (!rotated) throw error;
      return (await refresh())(header, token);
    }
  };
}

/** Over TLS, unless the issuer itself is named without it (a closed network's own). */
function keyAddress(issuer: string, address: unknown): string {
  const plain = issuer.startsWith('http://');
  if (
    typeof address === 'string' &&
    /^https?:\/\//.test(address) &&
    (plain || address.startsWith('https://'))
  )
    return address;
  throw new IdentityUnavailable('its discovery document has no usable jwks_uri');
}

async function getJson(
  get: typeof globalThis.fetch,
  url: string,
  timeoutMs: number,
): Promise<{ readonly [name: string]: unknown }> {
  const response = await get(url, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!response.ok) throw new IdentityUnavailable(`${url} answers ${response.status}`);
  const value: unknown = JSON.parse(await limitedText(response, url));
  if (!isRecord(value)) throw new IdentityUnavailable(`${url} holds no JSON object`);
  return value;
}

async function limitedText(response: Response, url: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) throw new IdentityUnavailable(`${url} is larger than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
