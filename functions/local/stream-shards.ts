import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type Shard,
} from '@aws-sdk/client-dynamodb-streams';

/** A stream's shards, all pages. Their EndingSequenceNumber is not to be trusted: dynoxide gives one to open shards. */
export async function listShards(
  streams: DynamoDBStreamsClient,
  streamArn: string,
  abortSignal: AbortSignal,
): Promise<Shard[]> {
  const shards: Shard[] = [];
  let after: string | undefined;
  do {
    const { StreamDescription: page } = await streams.send(
      new DescribeStreamCommand({ StreamArn: streamArn, ExclusiveStartShardId: after }),
      { abortSignal },
    );
    shards.push(...(page?.Shards ?? []));
    after = page?.LastEvaluatedShardId;
  } while (after !== undefined);
  return shards;
}

/** An iterator that starts after a sequence number, or at the oldest record kept when there is none. */
export async function iteratorAfter(
  streams: DynamoDBStreamsClient,
  shard: { readonly streamArn: string; readonly shardId: string },
  after: string | undefined,
  abortSignal: AbortSignal,
): Promise<string | undefined> {
  const { ShardIterator } = await streams.send(
    new GetShardIteratorCommand({
      StreamArn: shard.streamArn,
      ShardId: shard.shardId,
      ...(after === undefined
        ? { ShardIteratorType: 'TRIM_HORIZON' }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after }),
    }),
    { abortSignal },
  );
  return ShardIterator;
}

/**
 * Whether the shard still holds the record a checkpoint names, or a later one. It does not when the data was
 * restored from an older backup: the engine would then answer "nothing new" until the new numbers pass the old
 * checkpoint, and all up to there would be skipped in silence.
 */
export async function reaches(
  streams: DynamoDBStreamsClient,
  shard: { readonly streamArn: string; readonly shardId: string },
  checkpoint: string,
  abortSignal: AbortSignal,
): Promise<boolean> {
  const { ShardIterator } = await streams.send(
    new GetShardIteratorCommand({
      StreamArn: shard.streamArn,
      ShardId: shard.shardId,
      ShardIteratorType: 'AT_SEQUENCE_NUMBER',
      SequenceNumber: checkpoint,
    }),
    { abortSignal },
  );
  const { Records } = await streams.send(new GetRecordsCommand({ ShardIterator, Limit: 1 }), { abortSignal });
  return (Records?.length ?? 0) > 0;
}
