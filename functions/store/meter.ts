import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** What calls have cost since the meter was made. A put that its condition refused reports no capacity. */
export interface Meter {
  /** Attempts on the wire, retries among them. */
  requests: number;
  /** Read request units: 4 KB strongly consistent each, half for eventually consistent. */
  readUnits: number;
  /** Write request units: 1 KB each. */
  writeUnits: number;
}

export const newMeter = (): Meter => ({ requests: 0, readUnits: 0, writeUnits: 0 });

const READS = new Set(['GetItemCommand', 'QueryCommand', 'ScanCommand', 'BatchGetItemCommand']);
const WRITES = new Set([
  'PutItemCommand',
  'UpdateItemCommand',
  'DeleteItemCommand',
  'BatchWriteItemCommand',
  'TransactWriteItemsCommand',
]);

/** Asks for the capacity that every call consumes, and adds it to the meter. */
export function measure(client: DynamoDBClient, meter: Meter): void {
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        if (!READS.has(commandName) && !WRITES.has(commandName)) return next(args);
        Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
        const result = await next(args);
        const units = consumed(result.output);
        if (READS.has(commandName)) meter.readUnits += units;
        else meter.writeUnits += units;
        return result;
      },
    { name: 'taizhangCapacity', step: 'initialize' },
  );
  client.middlewareStack.add(
    (next) => (args) => {
      meter.requests += 1;
      return next(args);
    },
    // Retrying happens in this step at high priority: below it every attempt passes.
    { name: 'taizhangRequests', step: 'finalizeRequest', priority: 'low' },
  );
}

/** A batch reports one figure a table, everything else a single one. */
function consumed(output: object): number {
  if (!('ConsumedCapacity' in output)) return 0;
  const said: unknown = output.ConsumedCapacity;
  let units = 0;
  for (const one of Array.isArray(said) ? said : [said]) units += Number(one?.CapacityUnits ?? 0);
  return units;
}
