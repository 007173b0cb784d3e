// The managed runtime's side of the Runtime API: loads the handler of an asset, then asks for one invocation after
// the other. It is a process of its own, with nothing of the repository in reach.
// @see docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const { AWS_LAMBDA_RUNTIME_API, LAMBDA_TASK_ROOT, _HANDLER } = process.env;
const [host, port] = AWS_LAMBDA_RUNTIME_API.split(':');

function call(method, path, body, headers = {}) {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host, port, method, path: `/2018-06-01/runtime/${path}`, headers, agent: false },
      async (answer) => {
        const parts = [];
        for await (const part of answer) parts.push(part);
        resolve({
          status: answer.statusCode,
          headers: answer.headers,
          text: Buffer.concat(parts).toString(),
        });
      },
    );
    asked.once('error', reject);
    asked.end(body);
  });
}

const described = (error) => ({
  errorType: error?.name ?? typeof error,
  errorMessage: error?.message ?? String(error),
  trace: String(error?.stack ?? '').split('\n'),
});

const report = (path, error) =>
  call('POST', path, JSON.stringify(described(error)), {
    'content-type': 'application/vnd.aws.lambda.error+json',
    'lambda-runtime-function-error-type': 'Unhandled',
  });

async function load() {
  const [module, name] = _HANDLER.split('.');
  const file = ['js', 'mjs', 'cjs']
    .map((kind) => join(LAMBDA_TASK_ROOT, `${module}.${kind}`))
    .find(existsSync);
  if (!file)
    throw Object.assign(new Error(`Cannot find module '${module}'`), { name: 'Runtime.ImportModuleError' });
  const handler = (await import(pathToFileURL(file).href))[name];
  if (typeof handler === 'function') return handler;
  throw Object.assign(new Error(`${_HANDLER} is undefined or not exported`), {
    name: 'Runtime.HandlerNotFound',
  });
}

function contextOf(headers) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

async function run(handler) {
  for (;;) {
    const { headers, text } = await call('GET', 'invocation/next');
    const context = contextOf(headers);
    process.env._X_AMZN_TRACE_ID = headers['lambda-runtime-trace-id'];
    const path = `invocation/${context.awsRequestId}`;
    try {
      const answer = await handler(JSON.parse(text), context);
      const body = JSON.stringify(answer === undefined ? null : answer);
      await call('POST', `${path}/response`, body, { 'content-type': 'application/json' });
    } catch (error) {
      await report(`${path}/error`, error);
    }
  }
}

let handler;
try {
  handler = await load();
} catch (error) {
  await report('init/error', error);
  process.exit(1);
}
await run(handler);
