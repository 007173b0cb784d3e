import { vi } from 'vitest';
import { permissionsContract } from '../contract/api/permissions.contract.ts';
import { apiBench } from '../kit/api-bench.ts';

vi.setConfig({ testTimeout: 120_000 });

permissionsContract('law 8, in this process', apiBench);
