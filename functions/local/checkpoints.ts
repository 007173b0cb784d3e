import type { ViewStore } from '../../domain/ports.ts';
import { CHECKPOINTS } from '../app/view-rows.ts';
import type { Checkpoints } from './shard-reader.ts';

/** Keeps how far each shard was handled beside the views, so that both are lost or kept together. */
export function viewCheckpoints(views: ViewStore, streamArn: string): Checkpoints {
  const sort = (shardId: string): string => `${streamArn}#${shardId}`;
  return {
    load: async (shardId) => (await views.get(CHECKPOINTS, sort(shardId), true))?.body,
    save: (shardId, sequenceNumber) =>
      views.putAll([{ partition: CHECKPOINTS, sort: sort(shardId), version: 0, body: sequenceNumber }]),
  };
}
