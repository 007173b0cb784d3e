// Stands for the application: starts an engine on the given file, writes for ever, prints what was acknowledged.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startEngine } from '../../../functions/local/engine.ts';
import { connection, createTable, put } from './rows.ts';

const file = process.argv[2];
if (file === undefined) throw new Error('Which file?');
// As a server would: an interrupt starts a drain, and the engine is needed until it is over.
process.on('SIGINT', () => process.stdout.write('interrupted\n'));

const engine = await startEngine({ file });
process.stdout.write(`engine ${engine.pid} ${engine.endpoint}\n`);
await createTable(engine.endpoint);
const database = new DynamoDBClient(connection(engine.endpoint));
// When the engine is killed its clients fail; this process then waits for its own end.
setInterval(() => {}, 60_000);
await Promise.allSettled(
  ['a', 'b', 'c', 'd'].map(async (stream) => {
    for (let number = 1; ; number += 1) {
      await put(database, stream, number);
      process.stdout.write(`acknowledged ${stream} ${number}\n`);
    }
  }),
);
