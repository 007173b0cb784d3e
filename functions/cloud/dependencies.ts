import type { EventStore } from '../../domain/ports.ts';
import type { Dependencies } from '../app/dependencies.ts';
import { forgetful } from '../app/written-streams.ts';
import type { CloudEnvironment } from '../compose.ts';
import { storeClient } from '../store/client.ts';
import { DynamoEventStore } from '../store/dynamo-event-store.ts';
import { DynamoViewStore } from '../store/dynamo-view-store.ts';
import { hostClock, systemEntropy } from '../system.ts';

/** The ledger's stores in the cloud. One client a process, made while the function starts. */
export function cloudDependencies(env: CloudEnvironment): Dependencies {
  const { documents } = storeClient({ region: env.region });
  return {
    identity: { ledger: env.ledger, zone: env.zoneOffset },
    events: new DynamoEventStore(documents, env.eventsTable),
    views: new DynamoViewStore(documents, env.viewsTable),
    clock: hostClock(),
    entropy: systemEntropy,
    // Many processes write: what one of them remembers may be old, so each command reads.
    written: forgetful,
  };
}

/**
 * A store whose words stay. No function of the cloud may update the table but the eraser, which is not there
 * until the operator deploys it: an erasure that is recorded is announced, and carried out by the eraser.
 */
export function withoutErasing(events: EventStore): EventStore {
  return new Proxy(events, {
    get: (store, name) => {
      if (name === 'eraseText') return async () => {};
      const value: unknown = Reflect.get(store, name);
      return typeof value === 'function' ? value.bind(store) : value;
    },
  });
}
