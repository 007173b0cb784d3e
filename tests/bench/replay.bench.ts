import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { foldItemView } from '../../domain/replay.ts';
import { readAll } from '../../functions/app/streams.ts';
import { DynamoEventStore } from '../../functions/store/dynamo-event-store.ts';
import { embeddedStore } from '../kit/embedded-engine.ts';
import { figure, heading } from './figures.ts';
import { fill } from './fill.ts';
import { anIdentity, CASE, daily, item, sampleRows } from './sample-ledger.ts';
import { pairedTime } from './timing.ts';

const ENTRIES = 1_000;

/** (c) Replay of one item against nothing but reading its rows, in turn. */
export async function replay(): Promise<void> {
  heading(`Replay of an item of ${ENTRIES} entries: read, decode, fold`);
  const identity = anIdentity();
  const store = await embeddedStore();
  try {
    const { documents } = store.client();
    const table = store.tables.events.name;
    const stream = { caseId: CASE, itemId: item(1) };
    await fill(documents, table, await sampleRows(identity, stream, ENTRIES, daily(ENTRIES)));
    const events = new DynamoEventStore(documents, table);
    const raw = async (): Promise<void> => {
      let from: Record<string, unknown> | undefined;
      do {
        const page = await documents.send(
          new QueryCommand({
            TableName: table,
            ConsistentRead: true,
            ExclusiveStartKey: from,
            KeyConditionExpression: 'caseId = :case AND begins_with(entry, :item)',
            ExpressionAttributeValues: { ':case': CASE, ':item': `I#${item(1)}#` },
          }),
        );
        from = page.LastEvaluatedKey;
      } while (from);
    };
    const ours = async (): Promise<void> => {
      const entries = await readAll(events, stream);
      foldItemView(
        entries.map((entry) => entry.event),
        identity.zone,
      );
    };
    const { one, other, ratio } = await pairedTime(ours, raw, 25);
    const against = `${one.toFixed(1)} ms against ${other.toFixed(1)} ms of the raw Query`;
    figure('replay, against the raw Query', ratio, 'times', { atMost: 1.5 }, against);
  } finally {
    await store.stop();
  }
}
