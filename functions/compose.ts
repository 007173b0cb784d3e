import { resolve } from 'node:path';

/** What the environment says. This file is the only reader of `process.env`. */
export interface Environment {
  /** The folder of the ledger. */
  readonly dataFolder: string;
  /** Neither a folder nor an engine was named: the folder holds the example, and may be loaded with it. */
  readonly isExample: boolean;
  readonly host: string;
  readonly port: number;
  /** Another engine than the embedded one. */
  readonly dynamodbEndpoint: string | undefined;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
  /** Another issuer than the local one. */
  readonly oidc: { readonly issuer: string; readonly audience: string } | undefined;
  /** Of the command line: where the server is, and who asks. */
  readonly url: string | undefined;
  readonly token: string | undefined;
}

/** The environment says something that cannot be; the message is one line for the operator. */
export class BadEnvironment extends Error {
  override readonly name = 'BadEnvironment';
}

const DEFAULT_PORT = 8787;
const EXAMPLE_FOLDER = '.taizhang/example';

export function readEnvironment(env: NodeJS.ProcessEnv = process.env): Environment {
  // Node 20 is the oldest that we promise and test; the SDK's notice about it would stand in every output.
  env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const named = env.TAIZHANG_DATA || undefined;
  const endpoint = env.TAIZHANG_DYNAMODB_ENDPOINT || undefined;
  const issuer = env.TAIZHANG_OIDC_ISSUER || undefined;
  return {
    dataFolder: resolve(named ?? EXAMPLE_FOLDER),
    isExample: named === undefined && endpoint === undefined,
    host: env.HOST || '127.0.0.1',
    port: readPort(env.PORT),
    dynamodbEndpoint: endpoint === undefined ? undefined : readUrl('TAIZHANG_DYNAMODB_ENDPOINT', endpoint),
    region: env.AWS_REGION || 'local',
    credentials: env.AWS_ACCESS_KEY_ID ? undefined : { accessKeyId: 'local', secretAccessKey: 'local' },
    oidc:
      issuer === undefined
        ? undefined
        : {
            issuer: readUrl('TAIZHANG_OIDC_ISSUER', issuer),
            audience: env.TAIZHANG_OIDC_AUDIENCE || 'taizhang',
          },
    url: env.TAIZHANG_URL || undefined,
    token: env.TAIZHANG_TOKEN || undefined,
  };
}

function readPort(text: string | undefined): number {
  if (!text) return DEFAULT_PORT;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new BadEnvironment(`PORT must be a number from 0 to 65535, not ${JSON.stringify(text)}.`);
}

function readUrl(name: string, text: string): string {
  try {
    const url = new URL(text);
    if (url.protocol === 'http:' || url.protocol === 'https:') return text;
  } catch {
    // Not a URL at all: said below.
  }
  throw new BadEnvironment(`${name} must be an http or https URL, not ${JSON.stringify(text)}.`);
}
