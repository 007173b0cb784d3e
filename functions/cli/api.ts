import { InvalidClaims, readLocalIssuer } from '../identity/local-issuer.ts';
import { readLock } from '../local/lock.ts';
import type { CliContext } from './context.ts';
import { inert } from './output.ts';
import { isCode, type Problem, Refused, refused, UsageError } from './problems.ts';
import type { Arguments, Options } from './verb.ts';

const DEFAULT_URL = 'http://127.0.0.1:8787';

/** For verbs that talk to the HTTP API, and so can do nothing that the API does not allow. */
export const apiOptions: Options = {
  url: {
    type: 'string',
    value: 'URL',
    help: 'the server; else TAIZHANG_URL, else the one on the data folder',
  },
  token: {
    type: 'string',
    value: 'JWT',
    help: 'who asks; else TAIZHANG_TOKEN, else one of the local issuer for:',
  },
  role: { type: 'string', value: 'ROLE', help: '  the role (committee)' },
  office: { type: 'string', value: 'OFFICE', help: '  the office (纪工委)' },
  sub: { type: 'string', value: 'NAME', help: '  the person (the login name)' },
};

export interface Answer {
  readonly headers: Headers;
  readonly body: unknown;
}

export interface ApiRequest {
  readonly method?: 'POST';
  readonly query?: { readonly [name: string]: string | undefined };
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string | Uint8Array;
}

export interface Api {
  /** The answer to a request that was accepted. @throws Refused with the ledger's problem, or when none answers */
  call(path: string, request?: ApiRequest): Promise<Answer>;
}

/** Pauses before each repetition, in ms: 10 s in all, longer than a restart takes. */
const PAUSES = [250, 500, 1_000, 1_750, 2_500, 4_000];
const ANSWER_TIMEOUT_MS = 120_000;

export async function connect(args: Arguments, context: CliContext): Promise<Api> {
  const { dataFolder } = context.settings;
  const lock = await readLock(dataFolder);
  const base = (args.text('url') ?? context.settings.url ?? lock?.url ?? DEFAULT_URL).replace(/\/+$/, '');
  if (!/^https?:\/\//.test(base) || !URL.canParse(base))
    throw new UsageError('--url must be http:// or https://');
  const token = await tokenFor(args, context, base);
  return { call: (path, request = {}) => call(context, base, token, path, request) };
}

/** A token at hand, or one minted with the data folder's key, which goes to nobody but this machine. */
async function tokenFor(args: Arguments, context: CliContext, base: string): Promise<string> {
  const { settings } = context;
  const given = args.text('token');
  const named = ['role', 'office', 'sub'].filter((name) => args.text(name) !== undefined);
  if (given !== undefined && named.length > 0)
    throw new UsageError(`--${named[0]} and --token exclude each other`);
  const known = given ?? (named.length > 0 ? undefined : settings.token);
  if (known !== undefined) {
    if (!/^[A-Za-z0-9._~+/-]+=*$/.test(known)) throw new UsageError('the token is no bearer token');
    return known;
  }
  if (!/^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(base).hostname))
    throw new UsageError(`${base} is not on this machine: say who asks with --token or TAIZHANG_TOKEN`);
  const issuer = await readLocalIssuer(settings.dataFolder, () => context.now());
  if (!issuer)
    throw refused(
      'token-missing',
      `there is no key of a local issuer in ${settings.dataFolder} to sign with; give --token, or start the server first`,
    );
  const claims = {
    role: (args.text('role') ?? 'committee') as 'committee',
    office: args.text('office') ?? '纪工委',
    sub: args.text('sub') ?? settings.user,
  };
  try {
    const token = await issuer.mint(claims, 600);
    if (!args.json)
      await context.stderr.write(
        `as ${inert(`${claims.role} ${claims.office} ${claims.sub}`)}, by the local issuer\n`,
      );
    return token;
  } catch (error) {
    throw error instanceof InvalidClaims ? new UsageError(error.message) : error;
  }
}

/**
 * Repeats what got no answer or a 503: every request here may be repeated, since reads change nothing, records
 * carry an Idempotency-Key and imports recognise what they have imported.
 */
async function call(
  { fetch, wait }: CliContext,
  base: string,
  token: string,
  path: string,
  request: ApiRequest,
): Promise<Answer> {
  const url = new URL(base + path);
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  let met = false;
  for (let attempt = 0; ; attempt += 1) {
    const pause = PAUSES[attempt];
    try {
      const response = await fetch(url, {
        method: request.method ?? 'GET',
        headers: { accept: 'application/json', ...request.headers, authorization: `Bearer ${token}` },
        ...(request.body === undefined ? {} : { body: request.body }),
        redirect: 'error',
        signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
      });
      met = true;
      if (![502, 503, 504].includes(response.status) || pause === undefined)
        return await read(response, base);
      await response.body?.cancel();
    } catch (error) {
      if (error instanceof Refused) throw error;
      // Nobody there from the first: waiting would not help. Gone since: it may be starting again.
      const nobody = error instanceof Error && isCode(error.cause, 'ECONNREFUSED', 'ENOTFOUND');
      if (pause === undefined || (nobody && !met)) throw unreachable(base, error);
      met ||= !nobody;
    }
    await wait(pause ?? 0);
  }
}

async function read(response: Response, base: string): Promise<Answer> {
  const text = await response.text();
  const body = json(text);
  if (response.ok) {
    if (body === undefined) throw refused('no-ledger', `what answers at ${base} is no ledger`);
    return { headers: response.headers, body };
  }
  const { code, detail } = (body ?? {}) as Partial<Problem>;
  if (typeof code === 'string' && typeof detail === 'string') throw new Refused(body as Problem);
  throw refused('no-ledger', `${base} answers ${response.status} without saying why`);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unreachable(base: string, error: unknown): Refused {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const why =
    cause instanceof Error
      ? cause.message || String((cause as { code?: unknown }).code ?? cause.name)
      : String(cause);
  return refused(
    'unreachable',
    `no answer from ${base} (${why}); is the server running? npm start, or name it with --url`,
  );
}
