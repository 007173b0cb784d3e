import type { Duplex } from 'node:stream';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { serve as listen, type ServerType } from '@hono/node-server';
import { readHeader } from '../../domain/decode.ts';
import { refusals } from '../../domain/refusals.ts';
import type { Dependencies } from '../app/dependencies.ts';
import { landingCases } from '../app/landing-cases.ts';
import type { Ledger } from '../app/ledger.ts';
import { openLedger } from '../app/open-ledger.ts';
import { rebuildViews } from '../app/rebuild.ts';
import { CHECKPOINTS, VIEW_FOLD } from '../app/view-rows.ts';
import { forgetful, writtenStreams } from '../app/written-streams.ts';
import { completeRestore } from '../cli/swap.ts';
import type { Environment } from '../compose.ts';
import { createApi } from '../http/app.ts';
import { LOCAL_AUDIENCE, LOCAL_ISSUER, type LocalIssuer, openLocalIssuer } from '../identity/local-issuer.ts';
import { openSessionSecret } from '../identity/session-secret.ts';
import { createVerifier } from '../identity/token-verifier.ts';
import type { Log } from '../log.ts';
import { createStreamHandler } from '../projector/stream-handler.ts';
import { streamsClient } from '../store/client.ts';
import { systemClock, systemEntropy } from '../system.ts';
import { viewCheckpoints } from './checkpoints.ts';
import { consoleOf } from './console-of.ts';
import { freshViews } from './fresh-views.ts';
import { NotALedger, openLedgerFile } from './ledger-file.ts';
import { acquireLock } from './lock.ts';
import { type OpenStore, openStoreIn, TABLES } from './open-store.ts';
import { packedPages } from './packed-pages.ts';
import { type Poller, startPoller } from './stream-poller.ts';

/** The port is taken; the message is one line for the operator. */
export class PortInUse extends Error {
  override readonly name = 'PortInUse';
}

export interface RunningServer {
  readonly url: string;
  readonly ledger: Ledger;
  readonly dependencies: Dependencies;
  readonly issuer: LocalIssuer;
  /** Resolves with the reason when the engine goes without having been asked to. */
  readonly engineLost: Promise<string>;
  /** Resolves once everything written before has been projected. */
  projected(): Promise<void>;
  /** Lets running requests finish, then stops the projector and the engine, and frees the folder. */
  stop(): Promise<void>;
}

/** Records of one batch, and the milliseconds for which a smaller one waits for more. */
const BATCH = 200;
const GATHER_MS = 200;

/** Characters of packed state of the streams written last: some hundred items of a usual size. */
const REMEMBERED = 4_000_000;

/** Runs the whole ledger in this process, on a folder that it locks. */
export async function serve(env: Environment, version: string, log: Log): Promise<RunningServer> {
  await completeRestore(env.dataFolder);
  const identity = await openLedgerFile(env.dataFolder, Date.now);
  const lock = await acquireLock(env.dataFolder);
  const undo: (() => Promise<unknown>)[] = [() => lock.release()];
  try {
    const issuer = await openLocalIssuer(env.dataFolder);
    const store = await openStoreIn(env.dataFolder, env.dynamodbEndpoint, env, log);
    undo.push(() => store.close());
    if (env.dynamodbEndpoint !== undefined) await refuseForeign(store, identity.ledger);
    const bare: Dependencies = {
      identity,
      events: store.events,
      views: store.views,
      clock: systemClock(),
      entropy: systemEntropy,
      // An engine of somebody else's may be rolled back under us: then only a reading sees where a stream ends.
      written: env.dynamodbEndpoint === undefined ? writtenStreams(REMEMBERED) : forgetful,
    };
    const poller = await project(bare, store, env, log);
    undo.push(() => poller.stop());
    const dependencies = { ...bare, ...freshViews(store.events, store.views, poller) };
    const ledger = openLedger(dependencies);
    const verifying = env.oidc
      ? { ...env.oidc, keys: { remote: true } as const }
      : { issuer: LOCAL_ISSUER, audience: LOCAL_AUDIENCE, keys: issuer.jwks };
    const { authenticate } = createVerifier(verifying);
    // Who signs in to the pages may bring what the issuer made for their client.
    const signedIn = env.oidc
      ? createVerifier({ ...verifying, audience: [env.oidc.audience, env.oidc.clientId] }).authenticate
      : authenticate;
    const api = createApi({
      ledger,
      authenticate,
      log,
      requestId: systemEntropy.uuid,
      version,
      openApi: async () => (await import('../http/openapi.ts')).openApiDocument(version),
      now: Date.now,
      landing: (visitor) => landingCases(dependencies, visitor),
      console: consoleOf(env, dependencies, issuer, signedIn, await openSessionSecret(env.dataFolder)),
    });
    const { server, port } = await listenOn(packedPages(api.fetch), env);
    undo.push(() => closeServer(server));
    const url = `http://${env.host.includes(':') ? `[${env.host}]` : env.host}:${port}`;
    await lock.update({ url, engineEndpoint: store.endpoint });
    let stopping: Promise<void> | undefined;
    return {
      url,
      ledger,
      dependencies,
      issuer,
      engineLost: lost(store, () => stopping !== undefined),
      projected: () => poller.idle(),
      stop: () => {
        stopping ??= unwind(undo);
        return stopping;
      },
    };
  } catch (error) {
    await unwind(undo);
    throw error;
  }
}

/** Another folder's ledger in the same tables would mix two chains: an engine holds one ledger. */
async function refuseForeign(store: OpenStore, ledger: string): Promise<void> {
  for await (const [row] of store.events.scan()) {
    const header = row && readHeader(row.entry.header);
    if (header === undefined || typeof header === 'string') return;
    if (header.ledger === ledger) return;
    throw new NotALedger(
      `The tables at ${store.endpoint} hold the ledger ${header.ledger}, and this folder is of ${ledger}; name its own folder with TAIZHANG_DATA.`,
    );
  }
}

async function unwind(undo: readonly (() => Promise<unknown>)[]): Promise<void> {
  for (const step of [...undo].reverse()) await step();
}

/** Rebuilds views that another fold made, then follows the stream. */
async function project(deps: Dependencies, store: OpenStore, env: Environment, log: Log): Promise<Poller> {
  const made = await deps.views.get(CHECKPOINTS, 'fold', true);
  if (made !== undefined && made.version !== VIEW_FOLD) {
    log('info', 'rebuilding the views for a new release', {});
    await rebuildViews(deps);
  }
  if (made?.version !== VIEW_FOLD) {
    await deps.views.putAll([
      { partition: CHECKPOINTS, sort: 'fold', version: VIEW_FOLD, body: String(VIEW_FOLD) },
    ]);
  }
  const described = await store.client.documents.send(
    new DescribeTableCommand({ TableName: TABLES.events.name }),
  );
  const streamArn = described.Table?.LatestStreamArn;
  if (streamArn === undefined) throw new Error(`the table ${TABLES.events.name} has no stream`);
  const streams = streamsClient({
    ...env,
    endpoint: store.endpoint,
    unsigned: env.dynamodbEndpoint === undefined,
  });
  return startPoller({
    streams,
    streamArn,
    handler: createStreamHandler(deps, log),
    checkpoints: viewCheckpoints(deps.views, streamArn),
    batchSize: BATCH,
    gatherFor: GATHER_MS,
    log,
  });
}

function listenOn(
  fetch: Parameters<typeof listen>[0]['fetch'],
  env: Environment,
): Promise<{ server: ServerType; port: number }> {
  return new Promise((resolve, reject) => {
    const server = listen({ fetch, hostname: env.host, port: env.port }, (info) =>
      resolve({ server, port: info.port }),
    );
    server.on('clientError', (_error, socket) => refuseUnreadable(socket));
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = `${env.host}:${env.port} is in use by another program; set PORT to a free one.`;
      reject(error.code === 'EADDRINUSE' ? new PortInUse(taken) : error);
    });
  });
}

/** Node's parser takes only ASCII in a request line; whoever forgot to encode an office's name is told so. */
function refuseUnreadable(socket: Duplex): void {
  if (!socket.writable) return void socket.destroy();
  const detail =
    'The request could not be read. Characters outside ASCII in the address must be percent-encoded.';
  const [status, title] = refusals['invalid-request'];
  const body = JSON.stringify({
    type: '/problems#invalid-request',
    title,
    status,
    code: 'invalid-request',
    detail,
  });
  const head = `HTTP/1.1 400 Bad Request\r\ncontent-type: application/problem+json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n`;
  socket.end(head + body);
}

/** Running requests get this long to finish, in milliseconds. */
const DRAIN_MS = 3_000;

function closeServer(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(
      () => ('closeAllConnections' in server ? server.closeAllConnections() : undefined),
      DRAIN_MS,
    );
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    if ('closeIdleConnections' in server) server.closeIdleConnections();
  });
}

async function lost({ engine }: OpenStore, expected: () => boolean): Promise<string> {
  if (!engine) return new Promise(() => {});
  const { code, signal } = await engine.exited;
  if (expected()) return new Promise(() => {});
  return `the engine stopped by itself (${signal ?? `status ${code}`})`;
}
