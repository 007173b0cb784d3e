import { StoreFault } from '../../domain/ports.ts';

/** The engine is there and wants less of us, or failed by itself. */
const BUSY = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'ReplicatedWriteConflictException',
  'InternalServerError',
  'ServiceUnavailable',
]);

const UNAVAILABLE = new Set(['TimeoutError', 'RequestTimeout', 'RequestTimeoutException', 'AbortError']);

/** What Node says when nobody answers, or stops answering; a socket hang-up is an ECONNRESET. */
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/**
 * What to throw instead of an error of the SDK, once its retries are used up: a `StoreFault` where the store
 * gave no answer, the error itself where it did. A refused request (access, validation, a missing table) is a
 * bug or a wrong deployment, and must not be mistaken for weather.
 */
function storeFault(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StoreFault) return error;
  const status = httpStatus(error);
  if (BUSY.has(error.name) || status === 429 || status >= 500) return new StoreFault('busy', error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (UNAVAILABLE.has(error.name) || UNREACHABLE.has(code)) return new StoreFault('unavailable', error);
  return error;
}

/** For `.catch` behind a call of the SDK. */
export function rethrow(error: unknown): never {
  throw storeFault(error);
}

function httpStatus(error: Error): number {
  const metadata: unknown = '$metadata' in error ? error.$metadata : undefined;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return 0;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : 0;
}
