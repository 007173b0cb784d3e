/** Waiting that can be cut short. */
export interface Nap {
  /** Resolves after the time, at a stop, or at a wake; a wake since `attentive` counts. */
  light(milliseconds: number): Promise<void>;
  /** Resolves after the time or at a stop, whatever wakes come. */
  deep(milliseconds: number): Promise<void>;
  /** From here on a wake means something new; earlier ones are answered by the look that follows. */
  attentive(): void;
  wake(): void;
}

export function createNap(stopping: AbortSignal): Nap {
  let woken = false;
  let cutShort = (): void => {};

  const wait = (milliseconds: number, wakeable: boolean): Promise<void> =>
    new Promise((elapsed) => {
      if (stopping.aborted) return elapsed();
      const end = (): void => {
        clearTimeout(timer);
        stopping.removeEventListener('abort', end);
        elapsed();
      };
      const timer = setTimeout(end, milliseconds);
      stopping.addEventListener('abort', end);
      if (wakeable) cutShort = end;
    });

  return {
    light: async (milliseconds) => {
      if (!woken) await wait(milliseconds, true);
    },
    deep: (milliseconds) => wait(milliseconds, false),
    attentive: () => {
      woken = false;
    },
    wake: () => {
      woken = true;
      cutShort();
    },
  };
}
