import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';

/**
 * What befalls one request to the engine: refused before it gets there, lost on the way, done with its answer
 * lost or cut in the middle, never answered, answered as throttled.
 */
type Loss = 'lost' | 'unacknowledged' | 'cut' | 'stalled' | 'throttled';

export interface LossyProxy {
  readonly endpoint: string;
  /** Befalls the next requests, one each and in order; everything after goes through. */
  next(...losses: Loss[]): void;
  /** Requests seen so far. */
  readonly seen: () => number;
  stop(): Promise<void>;
}

/** A proxy in front of a real engine, so that the real SDK meets real sockets that fail. */
export async function lossyProxy(target: string): Promise<LossyProxy> {
  const coming: Loss[] = [];
  let seen = 0;
  const server = createServer((incoming, outgoing) => {
    seen += 1;
    void serve(target, coming.shift(), incoming, outgoing);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    next: (...losses) => {
      coming.push(...losses);
    },
    seen: () => seen,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

async function serve(
  target: string,
  loss: Loss | undefined,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const body: Buffer[] = [];
  for await (const part of incoming) body.push(part);
  if (loss === 'lost') return void incoming.socket.destroy();
  if (loss === 'stalled') return;
  if (loss === 'throttled') {
    const type = 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException';
    outgoing.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
    return void outgoing.end(JSON.stringify({ __type: type, message: 'slow down' }));
  }
  const onward = request(target, { method: incoming.method, headers: incoming.headers }, async (answer) => {
    const parts: Buffer[] = [];
    for await (const part of answer) parts.push(part);
    if (loss === 'unacknowledged') return void incoming.socket.destroy();
    outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
    const whole = Buffer.concat(parts);
    if (loss !== 'cut') return void outgoing.end(whole);
    outgoing.write(whole.subarray(0, whole.length / 2), () => incoming.socket.destroy());
  });
  onward.end(Buffer.concat(body));
}
