import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
} from 'node:crypto';
import { chmod, link, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { calculateJwkThumbprint, type JSONWebKeySet, SignJWT } from 'jose';
import type { Role } from '../../domain/actor.ts';
import { readPrincipal } from './claims.ts';
import { syncFolder, writeDurably } from './durable.ts';

/** Short, since it stands in the header of every entry. */
export const LOCAL_ISSUER = 'urn:taizhang:local';
export const LOCAL_AUDIENCE = 'taizhang';

/** The folder of secrets inside a data folder; a backup takes it along. */
export const KEYS_FOLDER = 'keys';
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
  const folder = join(dataFolder, KEYS_FOLDER);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const known = await readLocalIssuer(dataFolder, now);
  if (known) return known;
  const draft = join(folder, `${KEY_FILE}.${randomUUID()}`);
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
  try {
    await writeDurably(draft, String(pem));
    await link(draft, join(folder, KEY_FILE)).catch((error: unknown) => {
      if (!isCode(error, 'EEXIST')) throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
  await syncFolder(folder);
  const made = await readLocalIssuer(dataFolder, now);
  if (!made) throw new Error(`the key in ${folder} vanished as it was made`);
  return made;
}

/** The issuer of a data folder that has one; undefined where there is none or we may not read its key. */
export async function readLocalIssuer(dataFolder: string, now = Date.now): Promise<LocalIssuer | undefined> {
  let pem: string;
  try {
    pem = await readFile(join(dataFolder, KEYS_FOLDER, KEY_FILE), 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'EACCES') || isCode(error, 'ENOTDIR')) return undefined;
    throw error;
  }
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

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
