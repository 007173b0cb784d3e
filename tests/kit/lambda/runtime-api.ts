import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** As Lambda hands an error of a function to whoever invoked it. */
export interface FunctionError {
  readonly errorMessage: string;
  readonly errorType: string;
  readonly stackTrace: readonly string[];
}

export type Outcome = { readonly payload: unknown } | { readonly error: FunctionError };

/** The event is larger than Lambda takes: nothing was invoked. */
export class RequestTooLarge extends Error {
  override readonly name = 'RequestTooLargeException';
}

/** Bytes of JSON. @see docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const LARGEST_REQUEST = 6_291_456;
export const LARGEST_RESPONSE = 6_291_556;

export interface RuntimeApiOptions {
  readonly functionArn: string;
  readonly timeoutMs: number;
  /** The process asks for work and there is none: Lambda freezes it. */
  readonly onIdle?: () => void;
  /** Work has come for a process that waits. */
  readonly onWork?: () => void;
  /** The function did not start, or took longer than its timeout: its process is of no use any more. */
  readonly onLost?: () => void;
}

export interface RuntimeApi {
  /** `host:port`, as AWS_LAMBDA_RUNTIME_API names it. */
  readonly address: string;
  /** One invocation at a time. @throws RequestTooLarge */
  invoke(event: unknown): Promise<Outcome>;
  /** The process ended: whatever it was working on failed. */
  exited(status: number | null): void;
  close(): Promise<void>;
}

interface Invocation {
  readonly id: string;
  readonly body: string;
  readonly settle: (outcome: Outcome) => void;
  timer?: NodeJS.Timeout;
}

const failed = (errorType: string, errorMessage: string, stackTrace: readonly string[] = []): Outcome => ({
  error: { errorType, errorMessage, stackTrace },
});

/** The Runtime API that one instance of a function sees. @see docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html */
export async function runtimeApi(options: RuntimeApiOptions): Promise<RuntimeApi> {
  let current: Invocation | undefined;
  let waiting: ServerResponse | undefined;
  let initError: Outcome | undefined;

  function settle(outcome: Outcome): void {
    const invocation = current;
    current = undefined;
    clearTimeout(invocation?.timer);
    invocation?.settle(outcome);
  }

  /** Gives the invocation to the process that waits for one; the function's time begins. */
  function handOut(): void {
    if (!waiting || !current) return;
    const { id, body } = current;
    const deadline = Date.now() + options.timeoutMs;
    options.onWork?.();
    waiting.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': id,
      'lambda-runtime-deadline-ms': String(deadline),
      'lambda-runtime-invoked-function-arn': options.functionArn,
      'lambda-runtime-trace-id': `Root=1-${Math.floor(Date.now() / 1_000).toString(16)}-${id.replaceAll('-', '').slice(0, 24)};Sampled=0`,
    });
    waiting.end(body);
    waiting = undefined;
    current.timer = setTimeout(() => {
      const seconds = (options.timeoutMs / 1_000).toFixed(2);
      options.onLost?.();
      settle(failed('Sandbox.Timedout', `RequestId: ${id} Error: Task timed out after ${seconds} seconds`));
    }, options.timeoutMs);
  }

  async function serve(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of asked) parts.push(part);
    const text = Buffer.concat(parts).toString();
    const [, id, kind] = /^\/2018-06-01\/runtime\/(invocation|init)\/(.+)$/.exec(asked.url ?? '') ?? [];
    const path = `${asked.method} ${id}/${kind}`;
    if (path === 'GET invocation/next') {
      waiting = answer;
      if (current) handOut();
      else options.onIdle?.();
      return;
    }
    if (path === 'POST init/error') {
      initError = errorOf(text);
      reply(answer, 202);
      options.onLost?.();
      return settle(initError);
    }
    if (path === `POST invocation/${current?.id}/error`) {
      settle(errorOf(text));
      return reply(answer, 202);
    }
    if (path === `POST invocation/${current?.id}/response`) {
      const tooLarge = Buffer.byteLength(text) > LARGEST_RESPONSE;
      const why = `Response payload size exceeded maximum allowed payload size (${LARGEST_RESPONSE} bytes).`;
      settle(
        tooLarge ? failed('Function.ResponseSizeTooLarge', why) : { payload: JSON.parse(text) as unknown },
      );
      return reply(answer, tooLarge ? 413 : 202);
    }
    // An answer to what is no longer asked.
    reply(answer, 400);
  }

  const server = createServer((asked, answer) => void serve(asked, answer));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    address: `127.0.0.1:${address.port}`,
    invoke: (event) => {
      const body = JSON.stringify(event);
      const bytes = Buffer.byteLength(body);
      if (bytes > LARGEST_REQUEST) {
        return Promise.reject(
          new RequestTooLarge(`${bytes} byte payload is too large (limit ${LARGEST_REQUEST})`),
        );
      }
      if (initError) return Promise.resolve(initError);
      if (current) return Promise.reject(new Error('an instance takes one invocation at a time'));
      return new Promise((done) => {
        current = { id: randomUUID(), body, settle: done };
        handOut();
      });
    },
    exited: (status) => {
      waiting = undefined;
      const why = `Error: Runtime exited with error: exit status ${status}`;
      settle(initError ?? failed('Runtime.ExitError', `RequestId: ${current?.id ?? ''} ${why}`));
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

const reply = (answer: ServerResponse, status: number): void => {
  answer.writeHead(status, { 'content-type': 'application/json' });
  answer.end(JSON.stringify({ status: status < 300 ? 'OK' : 'refused' }));
};

function errorOf(text: string): Outcome {
  const { errorType, errorMessage, trace } = JSON.parse(text) as {
    errorType: string;
    errorMessage: string;
    trace: string[];
  };
  return failed(errorType, errorMessage, trace);
}
