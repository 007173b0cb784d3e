import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { storeAt, type TestStore } from './embedded-engine.ts';

/**
 * The folder of AWS's own DynamoDB Local (DynamoDBLocal.jar, DynamoDBLocal_lib), undefined where it is absent.
 * npm's amplify-dynamodb-simulator ships it as `emulator/`; it wants Java 17.
 */
export function dynamoDbLocalFolder(): string | undefined {
  const folder = process.env.TAIZHANG_DYNAMODB_LOCAL;
  return folder !== undefined && existsSync(join(folder, 'DynamoDBLocal.jar')) ? folder : undefined;
}

/** Starts it in memory. For conformance only: it is slow to start, and forgets. */
export async function dynamoDbLocalStore(folder: string): Promise<TestStore> {
  const port = await freePort();
  const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java';
  const child = spawn(
    java,
    [
      `-Djava.library.path=${join(folder, 'DynamoDBLocal_lib')}`,
      '-jar',
      join(folder, 'DynamoDBLocal.jar'),
      ...['-inMemory', '-sharedDb', '-disableTelemetry', '-port', String(port)],
    ],
    { cwd: folder, stdio: 'ignore' },
  );
  const gone = new Promise<void>((done) => {
    child.once('exit', () => done());
    child.once('error', () => done());
  });
  const endpoint = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + 30_000;
  while (!(await answers(endpoint))) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error('DynamoDB Local did not start');
    await delay(100);
  }
  return storeAt(endpoint, async () => {
    child.kill('SIGKILL');
    await gone;
  });
}

/** Any status will do: it answers 400 to a request that is none. */
const answers = (endpoint: string): Promise<boolean> =>
  fetch(endpoint).then(
    () => true,
    () => false,
  );

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((ready) => probe.listen(0, '127.0.0.1', ready));
  const address = probe.address();
  await new Promise((closed) => probe.close(closed));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
