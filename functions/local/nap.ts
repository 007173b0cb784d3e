/** Waiting that can be cut short. */
export interface Nap {
  /** Resolves after the time, at a stop, or at a wake, and says whether one came; since `attentive` it counts. */
  light(milliseconds: number): Promise<boolean>;
  /** Resolves after the time, at a stop, or when hurried; a wake only means that there is more to gather. */
  gathering(milliseconds: number): Promise<void>;
  /** Resolves after the time or at a stop, whatever wakes come. */
  deep(milliseconds: number): Promise<void>;
  /** From here on a wake means something new; earlier ones are answered by the look that follows. */
  attentive(): void;
  wake(): void;
  /** Somebody waits: wakes, and ends the gathering. */
  hurry(): void;
}

export function createNap(stopping: AbortSignal): Nap {
  let woken = false;
  let endLight = (): void => {};
  let endGathering = (): void => {};
  const wake = (): void => {
    woken = true;
    endLight();
  };

  const wait = (milliseconds: number, ends: (end: () => void) => void = () => {}): Promise<void> =>
    new Promise((elapsed) => {
      if (stopping.aborted) return elapsed();
      const end = (): void => {
        clearTimeout(timer);
        stopping.removeEventListener('abort', end);
        elapsed();
      };
      const timer = setTimeout(end, milliseconds);
      stopping.addEventListener('abort', end);
      ends(end);
    });

  return {
    light: async (milliseconds) => {
      if (!woken) {
        await wait(milliseconds, (end) => {
          endLight = end;
        });
      }
      return woken;
    },
    gathering: (milliseconds) =>
      wait(milliseconds, (end) => {
        endGathering = end;
      }),
    deep: (milliseconds) => wait(milliseconds),
    attentive: () => {
      woken = false;
    },
    wake,
    hurry: () => {
      wake();
      endGathering();
    },
  };
}
