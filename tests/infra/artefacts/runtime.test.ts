import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DeployedFunction, type RunningFunction, startFunction } from '../../kit/lambda/deployed.ts';
import { LARGEST_RESPONSE } from '../../kit/lambda/runtime-api.ts';

/** Does what it is told; counts its invocations, so that a warm instance is told from a cold one. */
const HANDLER = `
let invocations = 0;
export const handler = async (event, context) => {
  invocations += 1;
  if (event.hang) await new Promise((later) => setTimeout(later, 60_000));
  if (event.fail) throw new RangeError('as told');
  if (event.leave) process.exit(3);
  if (event.bytes) return 'x'.repeat(event.bytes - 2);
  if (event.nothing) return undefined;
  if (event.environment) return process.env;
  const left = context.getRemainingTimeInMillis();
  return { invocations, pid: process.pid, event, left, context: { ...context, getRemainingTimeInMillis: undefined } };
};
`;

describe('the Runtime API that tests stand on does as Lambda does', () => {
  let folder: string;
  let fn: DeployedFunction;
  let running: RunningFunction;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'taizhang-asset-'));
    await writeFile(join(folder, 'index.mjs'), HANDLER);
    const environment = { GREETING: '你好' };
    fn = { name: 'told', folder, handler: 'index.handler', environment, timeoutSeconds: 1, memoryMb: 256 };
    running = await startFunction(fn, { dynamodb: 'http://127.0.0.1:1' });
  });
  afterAll(async () => {
    await running?.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const payload = async (event: object) => {
    const outcome = await running.invoke(event);
    if ('error' in outcome) throw new Error(outcome.error.errorMessage);
    return outcome.payload as Record<string, unknown> & { context: Record<string, unknown> };
  };

  test('an instance stays warm, takes one invocation at a time, and is told who it is', async () => {
    const told = await Promise.all([1, 2, 3].map((n) => payload({ n })));
    expect(told.map(({ invocations }) => invocations)).toEqual([1, 2, 3]);
    expect([running.coldStarts(), told[2]?.event]).toEqual([1, { n: 3 }]);
    expect(told[0]?.left).toBeGreaterThan(0);
    expect(told[0]?.left).toBeLessThanOrEqual(1_000);
    expect(told[0]?.context).toMatchObject({
      functionName: 'told',
      functionVersion: '$LATEST',
      memoryLimitInMB: '256',
      invokedFunctionArn: expect.stringMatching(/:function:told$/),
    });
    expect(new Set(told.map(({ context }) => context.awsRequestId)).size).toBe(3);
    expect(await payload({ nothing: true })).toBeNull();
  });

  test('more instances serve more invocations at a time', async () => {
    const wide = await startFunction(fn, { dynamodb: 'http://127.0.0.1:1' }, 2);
    const [one, other] = await Promise.all([wide.invoke({ hang: true }), wide.invoke({})]);
    expect([wide.coldStarts(), 'error' in one, 'payload' in other]).toEqual([2, true, true]);
    await wide.stop();
  });

  test('the environment is what Lambda gives and what the function says, and nothing of ours', async () => {
    const environment = await payload({ environment: true });
    expect(environment).toMatchObject({ GREETING: '你好', TZ: ':UTC', AWS_REGION: 'cn-north-1' });
    const foreign = Object.keys(environment).filter((name) =>
      /^(?:npm_|VITEST|NODE|HOME|JAVA|TAIZHANG)/.test(name),
    );
    expect(foreign).toEqual([]);
    expect(environment.LAMBDA_TASK_ROOT).not.toContain(process.cwd());
  });

  test('an error is described; the instance lives on', async () => {
    const { pid } = await payload({});
    expect(await running.invoke({ fail: true })).toEqual({
      error: { errorType: 'RangeError', errorMessage: 'as told', stackTrace: expect.any(Array) },
    });
    expect((await payload({})).pid).toBe(pid);
  });

  test('who takes longer than the timeout is killed, and the next invocation starts afresh', async () => {
    const { pid } = await payload({});
    expect(await running.invoke({ hang: true })).toMatchObject({
      error: { errorMessage: expect.stringMatching(/Task timed out after 1\.00 seconds$/) },
    });
    const next = await payload({});
    expect([next.invocations, next.pid === pid]).toEqual([1, false]);
  });

  test('who leaves without an answer has failed', async () => {
    expect(await running.invoke({ leave: true })).toMatchObject({
      error: { errorType: 'Runtime.ExitError', errorMessage: expect.stringContaining('exit status 3') },
    });
    expect((await payload({})).invocations).toBe(1);
  });

  test('an answer may have so many bytes of JSON and no more; so may an event', async () => {
    expect(await running.invoke({ bytes: LARGEST_RESPONSE })).toHaveProperty('payload');
    expect(await running.invoke({ bytes: LARGEST_RESPONSE + 1 })).toMatchObject({
      error: { errorType: 'Function.ResponseSizeTooLarge' },
    });
    await expect(running.invoke({ text: 'x'.repeat(6_291_456) })).rejects.toThrow('too large');
  });

  test.each([
    ['index.nothing', 'Runtime.HandlerNotFound'],
    ['other.handler', 'Runtime.ImportModuleError'],
  ])('the handler %s cannot start: %s', async (handler, errorType) => {
    const broken = await startFunction({ ...fn, handler }, { dynamodb: 'http://127.0.0.1:1' });
    for (let n = 0; n < 2; n += 1) expect(await broken.invoke({})).toMatchObject({ error: { errorType } });
    expect(broken.coldStarts()).toBe(2);
    await broken.stop();
  });
});
