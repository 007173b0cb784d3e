import type { Dependencies } from '../app/dependencies.ts';
import type { Environment } from '../compose.ts';
import type { ConsoleDependencies } from '../console/dependencies.ts';
import type { LocalIssuer } from '../identity/local-issuer.ts';
import { clientOf } from '../identity/oidc-sign-in.ts';
import { createSessions } from '../identity/session.ts';
import { tour } from './example/people.ts';

/** How people sign in to the pages of this machine: at the issuer that the operator names, or with its own. */
export function consoleOf(
  env: Environment,
  { clock, identity }: Dependencies,
  issuer: LocalIssuer,
  authenticate: ConsoleDependencies['authenticate'],
  secret: Uint8Array,
): ConsoleDependencies {
  const sessions = createSessions(secret);
  const { oidc } = env;
  return {
    zone: identity.zone,
    now: () => clock.now(),
    sessions: async () => sessions,
    publicUrl: env.publicUrl,
    authenticate,
    signIn: oidc
      ? { kind: 'issuer', client: clientOf(oidc, authenticate, Date.now) }
      : {
          kind: 'local',
          choice: env.isExample || env.choosesWhoToBe,
          suggestions: env.isExample ? tour : [],
          mint: issuer.mint,
        },
  };
}
