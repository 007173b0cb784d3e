import { resolve } from 'node:path';

// This file is the only reader of `process.env`.

/** What the environment says on one machine. */
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
  /** The origin under which people reach the pages; undefined where it is the one that a request names. */
  readonly publicUrl: string | undefined;
  /** Whoever sits at this machine may choose on a page who to be, with the local issuer. */
  readonly choosesWhoToBe: boolean;
  /** Another issuer than the local one. */
  readonly oidc: Oidc | undefined;
  /** Of the command line: where the server is, and who asks. */
  readonly url: string | undefined;
  readonly token: string | undefined;
}

/** Whose tokens count, and as which client people are signed in there. */
export interface Oidc {
  readonly issuer: string;
  readonly audience: string;
  readonly clientId: string;
  /** None makes a public client. */
  readonly clientSecret: string | undefined;
  /** What is asked for, with spaces between. */
  readonly scope: string;
}

/** The environment says something that cannot be; the message is one line for the operator. */
export class BadEnvironment extends Error {
  override readonly name = 'BadEnvironment';
}

const DEFAULT_PORT = 8787;
const EXAMPLE_FOLDER = '.taizhang/example';
const DEFAULT_AUDIENCE = 'taizhang';
const DEFAULT_SCOPE = 'openid profile';
/** Characters; of what is drawn from letters and digits, 43 hold 256 bits. */
const SHORTEST_SECRET = 43;

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
    publicUrl: readOrigin('TAIZHANG_PUBLIC_URL', env.TAIZHANG_PUBLIC_URL),
    choosesWhoToBe: readSignIn(env.TAIZHANG_SIGN_IN) === 'choose',
    oidc:
      issuer === undefined
        ? undefined
        : readOidc(env, issuer, env.TAIZHANG_OIDC_AUDIENCE || DEFAULT_AUDIENCE),
    url: env.TAIZHANG_URL || undefined,
    token: env.TAIZHANG_TOKEN || undefined,
  };
}

/** What the environment says in the cloud; the stack sets it for each function. */
export interface CloudEnvironment {
  readonly region: string;
  readonly eventsTable: string;
  readonly viewsTable: string;
  /** The ledger's id, 22 characters of base64url. */
  readonly ledger: string;
  /** Minutes from UTC. */
  readonly zoneOffset: number;
  readonly version: string;
}

export function readCloudEnvironment(env: NodeJS.ProcessEnv = process.env): CloudEnvironment {
  const uuid = needed(env, 'TAIZHANG_LEDGER');
  return {
    region: needed(env, 'AWS_REGION'),
    eventsTable: needed(env, 'TAIZHANG_EVENTS_TABLE'),
    viewsTable: needed(env, 'TAIZHANG_VIEWS_TABLE'),
    ledger: readLedgerId(uuid),
    zoneOffset: readOffset(needed(env, 'TAIZHANG_ZONE_OFFSET')),
    version: needed(env, 'TAIZHANG_VERSION'),
  };
}

/** Whose tokens count, where people are, and what keeps them signed in: no default in the cloud. */
export interface CloudIdentity extends Oidc {
  readonly publicUrl: string;
  /** What sessions are sealed with. */
  readonly sessionSecret: string;
}

export function readIssuer(env: NodeJS.ProcessEnv = process.env): CloudIdentity {
  const publicUrl = needed(env, 'TAIZHANG_PUBLIC_URL');
  return {
    ...readOidc(env, needed(env, 'TAIZHANG_OIDC_ISSUER'), needed(env, 'TAIZHANG_OIDC_AUDIENCE')),
    publicUrl: readOrigin('TAIZHANG_PUBLIC_URL', publicUrl) ?? publicUrl,
    sessionSecret: readSecret('TAIZHANG_SESSION_SECRET', needed(env, 'TAIZHANG_SESSION_SECRET')),
  };
}

function readOidc(env: NodeJS.ProcessEnv, issuer: string, audience: string): Oidc {
  const scope = env.TAIZHANG_OIDC_SCOPE || DEFAULT_SCOPE;
  if (!scope.split(' ').includes('openid')) {
    throw new BadEnvironment(`TAIZHANG_OIDC_SCOPE must name openid, not ${JSON.stringify(scope)}.`);
  }
  return {
    issuer: readUrl('TAIZHANG_OIDC_ISSUER', issuer),
    audience,
    clientId: env.TAIZHANG_OIDC_CLIENT_ID || audience,
    clientSecret: env.TAIZHANG_OIDC_CLIENT_SECRET || undefined,
    scope,
  };
}

/** Where maintenance finds its work. */
export interface MaintenanceEnvironment {
  readonly rebuildQueue: string;
  readonly deadLetterQueue: string;
  /** The views table serves nobody yet, so it may be emptied. */
  readonly viewsAreSpare: boolean;
}

export function readMaintenanceEnvironment(env: NodeJS.ProcessEnv = process.env): MaintenanceEnvironment {
  return {
    rebuildQueue: needed(env, 'TAIZHANG_REBUILD_QUEUE'),
    deadLetterQueue: needed(env, 'TAIZHANG_DEAD_LETTER_QUEUE'),
    viewsAreSpare: env.TAIZHANG_VIEWS_SPARE === 'true',
  };
}

/** Where the digest goes, and in which language. */
export interface DigestEnvironment {
  /** ARN of the topic. */
  readonly topic: string;
  readonly language: 'zh' | 'en';
}

export function readDigestEnvironment(env: NodeJS.ProcessEnv = process.env): DigestEnvironment {
  const language = needed(env, 'TAIZHANG_DIGEST_LANGUAGE');
  if (language !== 'zh' && language !== 'en')
    throw new BadEnvironment(`TAIZHANG_DIGEST_LANGUAGE must be zh or en, not ${JSON.stringify(language)}.`);
  return { topic: needed(env, 'TAIZHANG_DIGEST_TOPIC'), language };
}

function needed(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (value) return value;
  throw new BadEnvironment(`${name} is not set.`);
}

/** From -12:00 to +14:00. */
function readOffset(text: string): number {
  const minutes = Number(text);
  if (Number.isInteger(minutes) && minutes >= -720 && minutes <= 840) return minutes;
  throw new BadEnvironment(`TAIZHANG_ZONE_OFFSET must be minutes from UTC, not ${JSON.stringify(text)}.`);
}

/** As it stands in the headers, or the UUID of the stack, whose 16 bytes are then the id. */
function readLedgerId(text: string): string {
  if (/^[A-Za-z0-9_-]{22}$/.test(text)) return text;
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)) {
    return Buffer.from(text.replaceAll('-', ''), 'hex').toString('base64url');
  }
  throw new BadEnvironment(`TAIZHANG_LEDGER must be 22 characters of base64url or a UUID, not ${text}.`);
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

function readSignIn(text: string | undefined): 'choose' | 'token' {
  if (!text || text === 'token') return 'token';
  if (text === 'choose') return text;
  throw new BadEnvironment(`TAIZHANG_SIGN_IN must be token or choose, not ${JSON.stringify(text)}.`);
}

/** As browsers write an origin: no path, no slash at the end, no port that goes without saying. */
function readOrigin(name: string, text: string | undefined): string | undefined {
  if (!text) return undefined;
  const { origin, href, protocol } = new URL(readUrl(name, text));
  if (href === `${origin}/`) return origin;
  throw new BadEnvironment(`${name} must be ${protocol}//host without a path, not ${JSON.stringify(text)}.`);
}

/** The message says nothing of it. */
function readSecret(name: string, text: string): string {
  if (text.length >= SHORTEST_SECRET) return text;
  throw new BadEnvironment(`${name} must have at least ${SHORTEST_SECRET} characters.`);
}
