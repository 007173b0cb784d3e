import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { SQSEvent } from 'aws-lambda';

interface Message {
  readonly MessageId: string;
  readonly Body: string;
  /** Of the last receipt; undefined while it may be received. */
  receipt?: string;
}

/** A stand-in for SQS: queues by name, the JSON protocol, no visibility timeout within a test. */
export interface Queues {
  readonly endpoint: string;
  url(queue: string): string;
  /** Bodies that wait or are being worked on. */
  bodies(queue: string): readonly string[];
  put(queue: string, body: string): void;
  /** Takes up to ten waiting messages away, as the event that Lambda makes of them. */
  takeEvent(queue: string): SQSEvent | undefined;
  /** Refuses the next entry of a batch. */
  refuseOne(): void;
  stop(): Promise<void>;
}

type Input = { readonly [name: string]: unknown } & { readonly QueueUrl: string };

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

export async function queuesStandIn(): Promise<Queues> {
  const queues = new Map<string, Message[]>();
  let refusals = 0;
  const named = (url: string): Message[] => {
    const name = url.split('/').at(-1) ?? '';
    const found = queues.get(name) ?? [];
    queues.set(name, found);
    return found;
  };
  const add = (queue: Message[], Body: string): { MessageId: string; MD5OfMessageBody: string } => {
    const MessageId = randomUUID();
    queue.push({ MessageId, Body });
    return { MessageId, MD5OfMessageBody: md5(Body) };
  };

  const operations: { readonly [name: string]: (input: Input) => object } = {
    SendMessage: ({ QueueUrl, MessageBody }) => add(named(QueueUrl), String(MessageBody)),
    SendMessageBatch: ({ QueueUrl, Entries }) => {
      const Successful: object[] = [];
      const Failed: object[] = [];
      for (const { Id, MessageBody } of Entries as { Id: string; MessageBody: string }[]) {
        if (refusals > 0)
          Failed.push({ Id, SenderFault: false, Code: 'InternalError', Message: 'try again' });
        else Successful.push({ Id, ...add(named(QueueUrl), MessageBody) });
        refusals = Math.max(0, refusals - 1);
      }
      return { Successful, ...(Failed.length > 0 && { Failed }) };
    },
    ReceiveMessage: ({ QueueUrl, MaxNumberOfMessages = 1 }) => {
      const free = named(QueueUrl).filter((message) => message.receipt === undefined);
      const Messages = free.slice(0, Number(MaxNumberOfMessages)).map((message) => {
        message.receipt = randomUUID();
        const { MessageId, Body, receipt: ReceiptHandle } = message;
        return { MessageId, Body, ReceiptHandle, MD5OfBody: md5(Body) };
      });
      return Messages.length > 0 ? { Messages } : {};
    },
    ChangeMessageVisibility: ({ QueueUrl, ReceiptHandle, VisibilityTimeout }) => {
      const message = named(QueueUrl).find(({ receipt }) => receipt === ReceiptHandle);
      if (message && VisibilityTimeout === 0) delete message.receipt;
      return {};
    },
    DeleteMessage: ({ QueueUrl, ReceiptHandle }) => {
      const queue = named(QueueUrl);
      const at = queue.findIndex(({ receipt }) => receipt === ReceiptHandle);
      if (at >= 0) queue.splice(at, 1);
      return {};
    },
  };

  async function serve(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of asked) parts.push(part);
    const [, operation = ''] = String(asked.headers['x-amz-target']).split('AmazonSQS.');
    const carryOut = operations[operation];
    answer.writeHead(carryOut ? 200 : 400, { 'content-type': 'application/x-amz-json-1.0' });
    const body = JSON.parse(Buffer.concat(parts).toString()) as Input;
    answer.end(JSON.stringify(carryOut?.(body) ?? { __type: 'com.amazonaws.sqs#UnsupportedOperation' }));
  }

  const server = createServer((asked, answer) => void serve(asked, answer));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const endpoint = `http://127.0.0.1:${address.port}`;
  return {
    endpoint,
    url: (queue) => `${endpoint}/123456789012/${queue}`,
    bodies: (queue) => named(queue).map(({ Body }) => Body),
    put: (queue, body) => void add(named(queue), body),
    takeEvent: (queue) => {
      const taken = named(queue).splice(0, 10);
      if (taken.length === 0) return undefined;
      return { Records: taken.map(({ MessageId, Body }) => recordOf(queue, MessageId, Body)) };
    },
    refuseOne: () => {
      refusals += 1;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

const recordOf = (queue: string, messageId: string, body: string): SQSEvent['Records'][number] => ({
  messageId,
  receiptHandle: randomUUID(),
  body,
  attributes: {
    ApproximateReceiveCount: '1',
    SentTimestamp: '1767225600000',
    SenderId: 'AROAEXAMPLE:maintenance',
    ApproximateFirstReceiveTimestamp: '1767225600001',
  },
  messageAttributes: {},
  md5OfBody: md5(body),
  eventSource: 'aws:sqs',
  eventSourceARN: `arn:aws-cn:sqs:cn-north-1:123456789012:${queue}`,
  awsRegion: 'cn-north-1',
});
