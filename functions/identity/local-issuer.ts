import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
} from 'node:crypto';
import { calculateJwkThumbprint, type JSONWebKeySet, SignJWT } from 'jose';
import type { Role } from '../../domain/actor.ts';
import { readPrincipal } from './claims.ts';
import { openKeyFile, readKeyFile } from './key-file.ts';

/** Short, since it stands in the header of every entry. */
export const LOCAL_ISSUER = 'urn:taizhang:local';
export const LOCAL_AUDIENCE = 'taizhang';

const KEY_FILE = 'local-issuer.pem';

export interface TokenClaims {
  readonly sub: string;
  readonly role: Role;
  readonly office: string;
  readonly name?: string | undefined;
  readonly officeName?: string | undefined;
  /** Narrows the token to these cases. */
  readonly cases?: readonly string[] | undefined;
}

/** Signs tokens for people of this machine. Whoever can read its key file can be anybody in this ledger. */
export interface LocalIssuer {
  readonly issuer: string;
  readonly audience: string;
  /** The public half. */
  readonly jwks: JSONWebKeySet;
  /** A JWT that lasts `ttlSeconds` from now. @throws InvalidClaims when our own verifier would refuse it */
  mint(claims: TokenClaims, ttlSeconds: number): Promise<string>;
}

export class InvalidClaims extends Error {
  override readonly name = 'InvalidClaims';
}

/**
 * The issuer of a data folder. Its Ed25519 key is made at the first start and never again: of several processes
 * that start at once one makes it, by link(2), and all use it. Durable when resolved; folder 0700, file 0600.
 */
export async function openLocalIssuer(dataFolder: string, now = Date.now): Promise<LocalIssuer> {
  const pem = await openKeyFile(dataFolder, KEY_FILE, () =>
    String(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })),
  );
  return issuerOf(createPrivateKey(pem), now);
}

/** The issuer of a data folder that has one; undefined where there is none or we may not read its key. */
export async function readLocalIssuer(dataFolder: string, now = Date.now): Promise<LocalIssuer | undefined> {
  const pem = await readKeyFile(dataFolder, KEY_FILE);
  if (pem === undefined) return undefined;
  return issuerOf(createPrivateKey(pem), now);
}

async function issuerOf(key: KeyObject, now: () => number): Promise<LocalIssuer> {
  const { kty, crv, x } = createPublicKey(key).export({ format: 'jwk' });
  if (kty !== 'OKP' || crv !== 'Ed25519' || !x) throw new Error('the key of the local issuer is not Ed25519');
  const publicKey = { kty, crv, x };
  const kid = await calculateJwkThumbprint(publicKey);
  return {
    issuer: LOCAL_ISSUER,
    audience: LOCAL_AUDIENCE,
    jwks: { keys: [{ ...publicKey, kid, alg: 'EdDSA', use: 'sig' }] },
    async mint(claims, ttlSeconds) {
      const { sub, role, office, name, officeName, cases } = claims;
      const wrong = readPrincipal({ ...claims, iss: LOCAL_ISSUER });
      if (typeof wrong === 'string') throw new InvalidClaims(wrong);
      const issuedAt = Math.floor(now() / 1000);
      return new SignJWT({ role, office, name, officeName, cases })
        .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'JWT' })
        .setIssuer(LOCAL_ISSUER)
        .setAudience(LOCAL_AUDIENCE)
        .setSubject(sub)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + ttlSeconds)
        .setJti(randomUUID())
        .sign(key);
    },
  };
}
