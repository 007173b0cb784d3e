import type { Principal } from '../../../domain/actor.ts';
import { type Answer, type Ask, answerOf, headersOf, sentBody } from '../api-bench.ts';
import type { TestStore } from '../embedded-engine.ts';
import { type DeployedFunction, type RunningFunction, startFunction } from './deployed.ts';
import { eventsStream, followStream } from './events-stream.ts';
import { deployedFunctions, deployedStore } from './functions.ts';
import { throughGateway } from './gateway.ts';
import { cognitoIssuer, type TestIssuer } from './issuer.ts';

/** The ledger as it is deployed: its functions behind a gateway and on a real stream, over the embedded engine. */
export interface CloudBench {
  readonly functions: { readonly [name in 'api' | 'projector' | 'eraser']: DeployedFunction };
  readonly api: RunningFunction;
  readonly projector: RunningFunction;
  readonly store: TestStore;
  readonly issuer: TestIssuer;
  readonly ask: Ask;
  tokenOf(who: Principal): Promise<string>;
  projected(): Promise<void>;
  stop(): Promise<void>;
}

export async function cloudBench(): Promise<CloudBench> {
  const [store, issuer] = await Promise.all([deployedStore(), cognitoIssuer()]);
  const functions = deployedFunctions(['api', 'projector', 'eraser'], { issuer });
  const addresses = { dynamodb: store.endpoint };
  // Parallel writers are parallel only where there is more than one instance.
  const api = await startFunction(functions.api, addresses, 3);
  const projector = await startFunction(functions.projector, addresses);
  const stream = await eventsStream(store);
  const poller = followStream(stream, projector);
  const tokens = new Map<Principal, Promise<string>>();
  const tokenOf = (who: Principal): Promise<string> => {
    const known = tokens.get(who) ?? issuer.mint(who);
    tokens.set(who, known);
    return known;
  };
  return {
    ...{ functions, api, projector, store, issuer, tokenOf },
    ask: async (who, method, path, body, headers): Promise<Answer> => {
      const given = headersOf(who && (await tokenOf(who)), body, headers);
      const sent = body === undefined ? {} : { body: sentBody(body) };
      const request = { method, path, headers: Object.entries(given), ...sent };
      return answerOf(await throughGateway(api, request));
    },
    projected: () => poller.idle(),
    stop: async () => {
      await poller.stop();
      stream.streams.destroy();
      await Promise.all([api.stop(), projector.stop()]);
      await Promise.all([store.stop(), issuer.stop()]);
    },
  };
}
