import type { Refusal } from '../../../domain/refusals.ts';

/**
 * The key of a refused form for its next try: what may have been recorded without an answer is then not recorded
 * twice. Undefined where that very key is what was refused, so that the next form makes a new one.
 */
export const keptKey = (key: string, { refused }: Refusal): string | undefined =>
  key === '' || refused === 'idempotency-key-reused' ? undefined : key;
