import type { Answer, Ask } from '../../kit/api-bench.ts';

/** A deployment of the API, with people who may ask it. */
export interface ApiUnderTest {
  readonly ask: Ask;
  /** Resolves once everything recorded before stands in the lists: they may lag. */
  projected(): Promise<void>;
  stop(): Promise<void>;
}

/** The status and the code of a problem, with the pointers to what is wrong. */
export function refusal({ status, body }: Answer): (number | string)[] {
  const errors: { pointer: string; code: string }[] = body.errors ?? [];
  return [status, body.code, ...errors.map(({ pointer, code }) => `${pointer} ${code}`)];
}
