import { createHash } from 'node:crypto';

/** SHA-256 as 43 characters of unpadded base64url. */
export type Hash = string & { readonly hash: true };

const HASH = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;

export function hash(text: string): Hash | undefined {
  return HASH.test(text) ? (text as Hash) : undefined;
}

/** `prev` of a stream's first entry: 32 zero bytes. */
export const GENESIS = 'A'.repeat(43) as Hash;

/** SHA-256(salt ‖ text in UTF-8). */
export function saltedHash(salt: Uint8Array, text: string): Hash {
  return createHash('sha256').update(salt).update(text, 'utf8').digest('base64url') as Hash;
}

const LEAF = Uint8Array.of(0);

/** SHA-256(0x00 ‖ header in UTF-8). @see RFC 6962 section 2.1 */
export function leafHash(header: string): Hash {
  return createHash('sha256').update(LEAF).update(header, 'utf8').digest('base64url') as Hash;
}

export function sha256Hex(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The first 48 bits of SHA-256 as 8 characters: enough to recognise a thing again, never to prove it. */
export function shortDigest(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('base64url').slice(0, 8);
}

/** A name-based UUID. @see RFC 9562 section 5.5 */
export function uuidV5(namespace: string, name: string): string {
  const space = Buffer.from(namespace.replaceAll('-', ''), 'hex');
  const bytes = createHash('sha1').update(space).update(name, 'utf8').digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
