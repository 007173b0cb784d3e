import { readFile } from 'node:fs/promises';
import { landingCases } from './app/landing-cases.ts';
import { openLedger } from './app/open-ledger.ts';
import { cloudDependencies, withoutErasing } from './cloud/dependencies.ts';
import { httpDoor } from './cloud/http-door.ts';
import { openTelemetry } from './cloud/telemetry.ts';
import { readCloudEnvironment, readIssuer } from './compose.ts';
import { createApi } from './http/app.ts';
import { clientOf } from './identity/oidc-sign-in.ts';
import { sessionsUnder } from './identity/sessions-under.ts';
import { createVerifier } from './identity/token-verifier.ts';
import { systemEntropy } from './system.ts';

const env = readCloudEnvironment();
const telemetry = openTelemetry();
const bare = cloudDependencies(env);
const identity = readIssuer();
const keys = { remote: true } as const;
const { authenticate } = createVerifier({ ...identity, keys });
// Who signs in to the pages may bring what the issuer made for their client.
const signedIn = createVerifier({
  ...identity,
  audience: [identity.audience, identity.clientId],
  keys,
}).authenticate;
const dependencies = { ...bare, events: withoutErasing(bare.events) };

export const handler = httpDoor(
  createApi({
    ledger: openLedger(dependencies),
    authenticate,
    log: telemetry.log,
    requestId: systemEntropy.uuid,
    version: env.version,
    // Written beside the bundle, with the schemas' library left out of it.
    openApi: async () => JSON.parse(await readFile(new URL('openapi.json', import.meta.url), 'utf8')),
    now: Date.now,
    landing: (visitor) => landingCases(dependencies, visitor),
    console: {
      zone: bare.identity.zone,
      now: () => bare.clock.now(),
      sessions: sessionsUnder(identity.sessionSecret),
      publicUrl: identity.publicUrl,
      authenticate: signedIn,
      signIn: { kind: 'issuer', client: clientOf(identity, signedIn, Date.now) },
    },
  }),
  telemetry,
);
