import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { Principal } from '../../../domain/actor.ts';

/** An OpenID issuer on the loopback that writes tokens as Cognito does. */
export interface TestIssuer {
  readonly issuer: string;
  /** The id of the client, which stands as the audience. */
  readonly audience: string;
  mint(who: Principal, over?: { readonly audience?: string; readonly ttlSeconds?: number }): Promise<string>;
  stop(): Promise<void>;
}

const KID = 'b1946ac92492d2347c6235b4d2611184=';

/** Signs RS256, with our claims as attributes of a user pool. */
export async function cognitoIssuer(): Promise<TestIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: KID, alg: 'RS256', use: 'sig' };
  const audience = '7lhlkkfbfb4q5kpp90urffao';
  let issuer = '';
  const server = createServer((asked, answer) => {
    const found: { readonly [path: string]: object } = {
      '/.well-known/openid-configuration': { issuer, jwks_uri: `${issuer}/.well-known/jwks.json` },
      '/.well-known/jwks.json': { keys: [jwk] },
    };
    const body = found[asked.url ?? ''];
    answer.writeHead(body ? 200 : 404, { 'content-type': 'application/json' });
    answer.end(JSON.stringify(body ?? {}));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  issuer = `http://127.0.0.1:${address.port}`;
  return {
    issuer,
    audience,
    mint: ({ sub, role, office, cases, actorName, officeName }, over = {}) => {
      const issuedAt = Math.floor(Date.now() / 1_000);
      return new SignJWT({
        token_use: 'id',
        auth_time: issuedAt,
        'custom:role': role,
        'custom:office': office,
        ...(cases && { 'custom:cases': cases.join(',') }),
        ...(actorName !== undefined && { name: actorName }),
        ...(officeName !== undefined && { 'custom:officeName': officeName }),
      })
        .setProtectedHeader({ alg: 'RS256', kid: KID })
        .setIssuer(issuer)
        .setAudience(over.audience ?? audience)
        .setSubject(sub)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + (over.ttlSeconds ?? 3_600))
        .sign(privateKey);
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
