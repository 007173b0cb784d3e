import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';

/** What DynamoDB answers: a busy partition, which the SDK gives seconds, or a fault of its own. */
const ANSWERS = {
  throttled: [400, 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException'],
  failed: [500, 'com.amazonaws.dynamodb.v20120810#InternalServerError'],
} as const;

/** A proxy in front of an engine that answers some requests as a DynamoDB in trouble does. */
export interface FailingProxy {
  readonly endpoint: string;
  /** From now on, requests whose body holds this text get that answer; without a text all go through. */
  answer(as: keyof typeof ANSWERS, holding: string): void;
  letThrough(): void;
  /** Requests refused so far. */
  refused(): number;
  stop(): Promise<void>;
}

export async function failingProxy(target: string): Promise<FailingProxy> {
  let trouble: { readonly as: keyof typeof ANSWERS; readonly holding: string } | undefined;
  let refused = 0;

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part);
    const body = Buffer.concat(parts);
    if (trouble && body.includes(trouble.holding)) {
      refused += 1;
      const [status, type] = ANSWERS[trouble.as];
      outgoing.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
      outgoing.end(JSON.stringify({ __type: type, message: 'slow down' }));
      return;
    }
    const onward = request(target, { method: incoming.method, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    onward.once('error', () => outgoing.destroy());
    onward.end(body);
  }

  const server = createServer((incoming, outgoing) => void serve(incoming, outgoing));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    answer: (as, holding) => {
      trouble = { as, holding };
    },
    letThrough: () => {
      trouble = undefined;
    },
    refused: () => refused,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
