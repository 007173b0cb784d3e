import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Principal } from '../../domain/actor.ts';
import { type Day, dayOf, epochMs, type Instant } from '../../domain/dates.ts';
import { isRefusal } from '../../domain/refusals.ts';
import type { Ledger } from '../app/ledger.ts';
import type { ApiDependencies, ApiEnv } from '../http/context.ts';
import { LONGEST_SESSION_MS, type Session, type Sessions } from '../identity/session.ts';
import type { ConsoleDependencies } from './dependencies.ts';
import { LANGUAGES, type Language } from './texts/language.ts';

/** One request of a browser: who looks, in which language, and at what time. */
export interface Visit {
  readonly c: Context<ApiEnv>;
  readonly deps: ApiDependencies;
  readonly console: ConsoleDependencies;
  readonly ledger: Ledger;
  readonly language: Language;
  readonly who: Principal | undefined;
  readonly now: Instant;
  readonly today: Day;
  readonly sessions: Sessions;
}

/** A visit of somebody who is signed in. */
export interface SignedIn extends Visit {
  readonly who: Principal;
}

const SESSION = 'taizhang-session';
const LANGUAGE = 'taizhang-language';
const YEAR_SECONDS = 365 * 86_400;

/** The origin that the browser sees: as the operator names it, or as the request came. */
export const originOf = (c: Context, { publicUrl }: ConsoleDependencies): string =>
  publicUrl ?? new URL(c.req.url).origin;

/** A cookie that no script reads; over TLS, none that travels without. */
export const sealedCookie = (c: Context, deps: ConsoleDependencies, maxAge: number) =>
  ({
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: originOf(c, deps).startsWith('https:'),
    maxAge,
  }) as const;

/** A visit of nobody: for what is said when nothing can be said of who asks. */
export async function anonymousVisit(c: Context<ApiEnv>, deps: ApiDependencies): Promise<Visit> {
  const { console, ledger } = deps;
  const now = console.now();
  const [sessions, today, language] = [await console.sessions(), dayOf(now, console.zone), languageOf(c)];
  return { c, deps, console, ledger, language, who: undefined, now, today, sessions };
}

/** Reads what the browser brings along. A sign-in whose token has run out is renewed at its issuer, once. */
export async function openVisit(c: Context<ApiEnv>, deps: ApiDependencies): Promise<Visit> {
  const visit = await anonymousVisit(c, deps);
  const cookie = getCookie(c, SESSION);
  if (!cookie) return visit;
  const session = await visit.sessions.open(cookie);
  const current = session && (await stillVouched(visit, session));
  if (!current) return visit;
  c.set('principal', current.principal);
  return { ...visit, who: current.principal };
}

async function stillVouched(visit: Visit, session: Session): Promise<Session | undefined> {
  if (epochMs(visit.now) < session.until) return session;
  const { refreshToken, startedAt } = session;
  const { signIn } = visit.console;
  if (refreshToken === undefined || signIn.kind !== 'issuer') return undefined;
  const client = await signIn.client();
  const renewed = await client.renew(refreshToken);
  // The issuer speaks of somebody else: then nobody is signed in.
  if (isRefusal(renewed) || !isSamePerson(renewed.principal, session.principal)) return undefined;
  const next: Session = { refreshToken, ...renewed, startedAt };
  await keepSession(visit, next);
  return next;
}

const isSamePerson = (one: Principal, other: Principal): boolean =>
  one.iss === other.iss && one.sub === other.sub;

/** The browser's cookies hold 4 KB each; a token that does not fit is left out, and the session ends with its first one. */
const LARGEST_COOKIE = 3_900;

export async function keepSession({ c, console, sessions }: Visit, session: Session): Promise<void> {
  const whole = await sessions.seal(session);
  const { refreshToken: _, ...short } = session;
  const sealed = whole.length <= LARGEST_COOKIE ? whole : await sessions.seal(short);
  setCookie(c, SESSION, sealed, sealedCookie(c, console, LONGEST_SESSION_MS / 1_000));
}

export const endSession = (c: Context): void => {
  deleteCookie(c, SESSION, { path: '/' });
};

const isLanguage = (text: string | undefined): text is Language =>
  LANGUAGES.some((language) => language === text);

/** As asked for in the address, which is remembered; else as asked for before; else Chinese. */
function languageOf(c: Context): Language {
  const asked = c.req.query('lang');
  if (isLanguage(asked)) {
    setCookie(c, LANGUAGE, asked, { path: '/', sameSite: 'Lax', httpOnly: true, maxAge: YEAR_SECONDS });
    return asked;
  }
  const before = getCookie(c, LANGUAGE);
  return isLanguage(before) ? before : 'zh';
}

/** Where this visit is, to come back to after signing in. */
export function pathOf({ c }: Visit): string {
  const { pathname, search } = new URL(c.req.url);
  return c.req.method === 'GET' ? pathname + search : pathname;
}
