import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { jwtDecrypt } from 'jose/jwt/decrypt';
import { EncryptJWT } from 'jose/jwt/encrypt';
import type { Actor, Principal } from '../../domain/actor.ts';
import { readPrincipal } from './claims.ts';

/** Who is signed in to the console, as the browser carries it, sealed. */
export interface Session {
  readonly principal: Principal;
  /** Milliseconds since 1970 of the sign-in. */
  readonly startedAt: number;
  /** Until when the issuer's token speaks for this person. */
  readonly until: number;
  /** With this the issuer can be asked anew. */
  readonly refreshToken?: string | undefined;
}

export interface Sessions {
  seal(session: Session): Promise<string>;
  /** Undefined for what we did not seal, or is over for good. */
  open(sealed: string): Promise<Session | undefined>;
  /** Seals a short-lived note to ourselves, such as what is remembered while somebody signs in. */
  sealNote(purpose: string, note: { readonly [name: string]: string }): Promise<string>;
  openNote(purpose: string, sealed: string): Promise<{ readonly [name: string]: unknown } | undefined>;
  /** Goes into every form: it proves that the form was made here, lately, for this person in this role. */
  formToken(who: Actor): string;
  isFormTokenOf(token: string, who: Actor): boolean;
}

/** A working day: after it one signs in anew, whatever the issuer says. */
export const LONGEST_SESSION_MS = 12 * 3_600_000;
/** A form that was left open overnight can still be sent, once signed in again. */
const FORM_MS = 24 * 3_600_000;
const NOTE_SECONDS = 15 * 60;

/**
 * Sessions and forms under keys derived from one secret of at least 32 bytes. The cookie is a JWE (`dir`,
 * A256GCM): it can neither be read nor be made elsewhere. A form's token is bound to the person and not to the
 * session, so that what was written before a session ended can be sent after the next sign-in, by them alone.
 */
export function createSessions(secret: Uint8Array, now: () => number = Date.now): Sessions {
  if (secret.length < 32) throw new Error('the secret of the sessions must have at least 32 bytes');
  const key = (use: string): Uint8Array =>
    new Uint8Array(hkdfSync('sha256', secret, '', `taizhang console ${use}`, 32));
  const sealing = key('session');
  const forms = key('form');
  const encrypted = (claims: { readonly [name: string]: unknown }, expires: number, use: string) =>
    new EncryptJWT(claims)
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .setAudience(use)
      .setExpirationTime(Math.floor(expires / 1_000))
      .encrypt(sealing);
  const decrypted = async (sealed: string, use: string) => {
    try {
      const { payload } = await jwtDecrypt(sealed, sealing, {
        audience: use,
        currentDate: new Date(now()),
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
      });
      return payload;
    } catch {
      // Whatever is wrong with it, it is no cookie of ours that still counts.
      return undefined;
    }
  };
  const mac = (who: Actor, issued: string): Buffer =>
    createHmac('sha256', forms)
      .update(JSON.stringify([issued, who.iss, who.sub, who.office, who.role]))
      .digest();
  return {
    seal: ({ principal, startedAt, until, refreshToken }) =>
      encrypted(
        { principal, startedAt, until, refreshToken },
        refreshToken === undefined ? until : startedAt + LONGEST_SESSION_MS,
        'session',
      ),
    async open(sealed) {
      const payload = await decrypted(sealed, 'session');
      if (!payload) return undefined;
      const { principal, startedAt, until, refreshToken } = payload as unknown as Session;
      // Read as a token's claims are: what an older release sealed must still be a person to this one.
      const { actorName, ...claims } = principal;
      const read = readPrincipal({ ...claims, name: actorName });
      return typeof read === 'string' ? undefined : { principal: read, startedAt, until, refreshToken };
    },
    sealNote: (purpose, note) => encrypted(note, now() + NOTE_SECONDS * 1_000, `note ${purpose}`),
    openNote: (purpose, sealed) => decrypted(sealed, `note ${purpose}`),
    formToken(who) {
      const issued = Math.floor(now() / 1_000).toString(36);
      return `${issued}.${mac(who, issued).toString('base64url')}`;
    },
    isFormTokenOf(token, who) {
      const [issued = '', given = ''] = token.split('.');
      const made = Number.parseInt(issued, 36) * 1_000;
      if (!(made <= now() + 60_000 && now() - made <= FORM_MS)) return false;
      const expected = mac(who, issued);
      const received = Buffer.from(given, 'base64url');
      return received.length === expected.length && timingSafeEqual(received, expected);
    },
  };
}
