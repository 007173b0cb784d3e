/**
 * Lets one writer of this process at a time work on a stream. The store's condition alone keeps the chain right;
 * this only spares writers of one process the clashes among themselves.
 */
export function createStreamQueue(): <T>(stream: string, work: () => Promise<T>) => Promise<T> {
  const tails = new Map<string, Promise<unknown>>();
  return async (stream, work) => {
    const before = tails.get(stream) ?? Promise.resolve();
    const run = before.then(work, work);
    const tail = run.catch(() => {});
    tails.set(stream, tail);
    try {
      return await run;
    } finally {
      if (tails.get(stream) === tail) tails.delete(stream);
    }
  };
}
