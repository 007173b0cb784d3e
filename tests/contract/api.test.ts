import { afterAll } from 'vitest';
import { type ApiBench, apiBench } from '../kit/api-bench.ts';
import { apiBehaviour } from './api.contract.ts';

// One ledger for all parts; who may do what is law 8's.
let bench: Promise<ApiBench> | undefined;
afterAll(async () => (await bench)?.stop());

apiBehaviour('in this process', async () => {
  bench ??= apiBench();
  return { ...(await bench), stop: async () => {} };
});
