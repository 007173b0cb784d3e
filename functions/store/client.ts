import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type Meter, measure } from './meter.ts';

export interface ClientOptions {
  readonly region: string;
  /** Of an engine other than the region's own. */
  readonly endpoint?: string | undefined;
  /** The SDK's own chain where absent. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
  /**
   * The engine is our own on the loopback and checks no signature: making one is a third of what a call costs in
   * CPU. It wants to see the header all the same.
   */
  readonly unsigned?: boolean | undefined;
  /** Counts what every call costs; makes the engine report it. */
  readonly meter?: Meter | undefined;
}

export interface StoreClient {
  readonly documents: DynamoDBDocumentClient;
  /** Closes the connections. The document client's own `destroy` does nothing. */
  close(): void;
}

const notSigning = {
  sign: async <T extends { headers: Record<string, string> }>(request: T): Promise<T> => {
    Object.assign(request.headers, UNSIGNED);
    return request;
  },
};
const UNSIGNED = {
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20250101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
  'x-amz-date': '20250101T000000Z',
};

/** Takes out of a client what costs time and serves nobody here. */
function spare(
  { middlewareStack }: DynamoDBClient | DynamoDBStreamsClient,
  { unsigned }: ClientOptions,
): void {
  // It copies every answer for a log that nobody keeps, a quarter of the CPU time of a long history; and what the
  // ledger holds must not reach a log by way of the SDK.
  middlewareStack.remove('loggerMiddleware');
  // Our own engine does not ask who calls.
  if (unsigned) middlewareStack.remove('getUserAgentMiddleware');
}

/** Where and as whom a client calls. */
const access = ({ region, endpoint, credentials, unsigned }: ClientOptions) => ({
  region,
  ...(endpoint !== undefined && { endpoint }),
  ...(credentials && { credentials }),
  ...(unsigned && { signer: notSigning }),
});

/** Reads the stream of changes. The caller closes it with `destroy`. */
export function streamsClient(options: ClientOptions): DynamoDBStreamsClient {
  const client = new DynamoDBStreamsClient(access(options));
  spare(client, options);
  return client;
}

/**
 * The one client of a process. A call makes at most four attempts; each is given 1 s to connect, 2 s until its
 * answer starts and 2 s between any two pieces of it.
 *
 * The retries are `standard` (full jitter, and a budget that stops a storm), not `adaptive`: that one slows every
 * call of the process down once one partition is throttled, and here a partition is one case.
 */
export function storeClient(options: ClientOptions): StoreClient {
  const agent = { keepAlive: true, maxSockets: 128 };
  const client = new DynamoDBClient({
    ...access(options),
    maxAttempts: 4,
    retryMode: 'standard',
    requestHandler: {
      connectionTimeout: 1_000,
      requestTimeout: 2_000,
      // Without it the SDK only warns, and waits on.
      throwOnRequestTimeout: true,
      socketTimeout: 2_000,
      httpAgent: agent,
      httpsAgent: agent,
    },
  });
  spare(client, options);
  if (options.meter) measure(client, options.meter);
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  return { documents, close: () => client.destroy() };
}
