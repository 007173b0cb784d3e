import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { decodeJwt } from 'jose/jwt/decode';
import { ROLES, type Role } from '../../domain/actor.ts';
import { epochMs } from '../../domain/dates.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusals.ts';
import { InvalidClaims } from '../identity/local-issuer.ts';
import type { PendingSignIn, Vouched } from '../identity/oidc-client.ts';
import { LONGEST_SESSION_MS } from '../identity/session.ts';
import type { SignIn } from './dependencies.ts';
import { fieldLabel } from './form/field-label.ts';
import { type Sent, textOf } from './form/read-form.ts';
import { isLocal } from './local-visitor.ts';
import { answer, Page } from './page.tsx';
import { refused } from './problem-page.tsx';
import { frame } from './texts/frame.ts';
import { saidRefusal } from './texts/refusals.ts';
import { signInWords } from './texts/sign-in.ts';
import { terms } from './texts/terms.ts';
import { words } from './texts/words.ts';
import { endSession, keepSession, originOf, sealedCookie, type Visit } from './visit.ts';

const PENDING = 'taizhang-sign-in';
const PENDING_SECONDS = 15 * 60;
const CALLBACK = '/sign-in/callback';

/** An address of this console to come back to; anything else leads to the start. */
function cameFrom(address: string | undefined): string {
  return address !== undefined && /^\/(?![/\\])[\x21-\x7e]*$/.test(address) ? address : '/';
}

export async function showSignIn(visit: Visit): Promise<Response> {
  const { c, console } = visit;
  const to = cameFrom(c.req.query('to'));
  if (console.signIn.kind === 'local') return localPage(visit, to, undefined);
  const client = await console.signIn.client();
  const { url, pending } = await client.begin(originOf(c, console) + CALLBACK);
  const note = await visit.sessions.sealNote('sign-in', { ...pending, to });
  setCookie(c, PENDING, note, sealedCookie(c, console, PENDING_SECONDS));
  c.header('Cache-Control', 'no-store');
  return c.redirect(url, 302);
}

/** Back from the issuer: with its code, the person and the place that they wanted to see. */
export async function returnFromIssuer(visit: Visit): Promise<Response> {
  const { c, console, sessions } = visit;
  if (console.signIn.kind !== 'issuer') return refused(visit, refuse('not-found'));
  const cookie = getCookie(c, PENDING);
  const note = cookie === undefined ? undefined : await sessions.openNote('sign-in', cookie);
  deleteCookie(c, PENDING, { path: '/' });
  if (!note) return refused(visit, refuse('sign-in-failed'));
  const origin = originOf(c, console);
  const returned = new URL(new URL(c.req.url).search, origin + CALLBACK);
  const client = await console.signIn.client();
  const vouched = await client.complete(returned, origin + CALLBACK, note as unknown as PendingSignIn);
  if (isRefusal(vouched)) return refused(visit, vouched);
  return enter(visit, vouched, cameFrom(String(note.to)));
}

/** The form of the local page: somebody chosen, or a token. */
export async function signInHere(visit: Visit, sent: Sent): Promise<Response> {
  const { signIn } = visit.console;
  const to = cameFrom(textOf(sent, 'to'));
  if (signIn.kind !== 'local') return refused(visit, refuse('not-found'));
  const token = await tokenFrom(visit, signIn, sent);
  const principal = isRefusal(token) ? token : await visit.console.authenticate(token.text);
  if (isRefusal(principal)) return localPage(visit, to, principal);
  const { exp } = decodeJwt((token as { text: string }).text);
  const longest = epochMs(visit.now) + LONGEST_SESSION_MS;
  // The token was verified: it speaks for this person as long as it says, and no longer.
  return enter(visit, { principal, until: Math.min(longest, (exp ?? 0) * 1_000) }, to);
}

type Local = Extract<SignIn, { kind: 'local' }>;

const mayChoose = (visit: Visit, signIn: Local): boolean => signIn.choice && isLocal(visit.c);

async function tokenFrom(visit: Visit, signIn: Local, sent: Sent): Promise<{ text: string } | Refusal> {
  const pasted = textOf(sent, 'token').trim();
  if (pasted !== '') return { text: pasted };
  if (!mayChoose(visit, signIn)) return refuse('token-missing');
  const role = ROLES.find((known): known is Role => known === textOf(sent, 'role'));
  const [office, name] = [textOf(sent, 'office').trim(), textOf(sent, 'name').trim()];
  const sub = textOf(sent, 'sub').trim() || name;
  try {
    const claims = { sub, role: role ?? ('' as Role), office, name: name || undefined };
    return { text: await signIn.mint(claims, LONGEST_SESSION_MS / 1_000) };
  } catch (error) {
    if (error instanceof InvalidClaims) return refuse('token-invalid', error.message);
    throw error;
  }
}

async function enter(visit: Visit, vouched: Vouched, to: string): Promise<Response> {
  const { c, now } = visit;
  await keepSession(visit, { ...vouched, startedAt: epochMs(now) });
  c.header('Cache-Control', 'no-store');
  return c.redirect(to, 303);
}

export function signOut(visit: Visit): Response {
  endSession(visit.c);
  visit.c.header('Cache-Control', 'no-store');
  return visit.c.redirect('/signed-out', 303);
}

export async function showSignedOut(visit: Visit): Promise<Response> {
  const t = signInWords[visit.language];
  const { signIn } = visit.console;
  const origin = originOf(visit.c, visit.console);
  const atIssuer =
    signIn.kind === 'issuer' ? await (await signIn.client()).signOutUrl(`${origin}/signed-out`) : undefined;
  return answer(
    visit,
    <Page visit={visit} title={t.signedOutTitle}>
      <h1>{t.signedOut}</h1>
      <p>
        <a href="/sign-in">{t.again}</a>
      </p>
      {atIssuer ? (
        <p>
          <a href={atIssuer}>{t.atIssuer}</a>
        </p>
      ) : null}
    </Page>,
  );
}

function localPage(visit: Visit, to: string, refusal: Refusal | undefined): Response {
  const t = signInWords[visit.language];
  const w = words[visit.language];
  const signIn = visit.console.signIn as Local;
  const signInTitle = frame[visit.language].signIn;
  const page = (
    <Page visit={visit} title={signInTitle}>
      <h1>{signInTitle}</h1>
      {refusal ? (
        <p class="refusal" role="alert">
          {saidRefusal(refusal, visit.language)}
        </p>
      ) : null}
      {mayChoose(visit, signIn) ? (
        <section>
          <h2>{t.chooseHeading}</h2>
          {signIn.suggestions.length > 0 ? <p class="muted">{t.chooseHint}</p> : null}
          <ul class="people">
            {signIn.suggestions.map(({ sub, role, office, name }) => (
              <li>
                <form method="post" action="/sign-in">
                  {Object.entries({ to, sub, role, office, name }).map(([key, value]) => (
                    <input type="hidden" name={key} value={value} />
                  ))}
                  <button type="submit" class="person">
                    <strong>{w.role[role]}</strong>
                    <span>{office}</span>
                    <span class="muted">{name}</span>
                  </button>
                </form>
              </li>
            ))}
          </ul>
          <details open={signIn.suggestions.length === 0}>
            <summary>{t.chooseOwn}</summary>
            <form method="post" action="/sign-in" class="entry">
              <input type="hidden" name="to" value={to} />
              <p class="field">
                <label for="role">{fieldLabel(visit.language, 'role')}</label>
                <select id="role" name="role" required>
                  {ROLES.map((role) => (
                    <option value={role}>{w.role[role]}</option>
                  ))}
                </select>
              </p>
              <p class="field">
                <label for="office">{terms[visit.language].office}</label>
                <input id="office" name="office" required autocomplete="organization" />
              </p>
              <p class="field">
                <label for="name">{t.name}</label>
                <input id="name" name="name" required autocomplete="name" />
              </p>
              <p>
                <button type="submit">{t.enter}</button>
              </p>
            </form>
          </details>
        </section>
      ) : null}
      <section>
        <h2>{t.tokenHeading}</h2>
        <form method="post" action="/sign-in" class="entry">
          <input type="hidden" name="to" value={to} />
          <p class="field">
            <label for="token">{t.token}</label>
            <textarea
              id="token"
              name="token"
              rows={3}
              required
              aria-describedby="token-hint"
              spellcheck={false}
            ></textarea>
            <small id="token-hint" class="hint">
              {t.tokenHint}
            </small>
          </p>
          <p>
            <button type="submit">{t.enter}</button>
          </p>
        </form>
      </section>
    </Page>
  );
  return answer(visit, page, refusal ? 401 : 200);
}
