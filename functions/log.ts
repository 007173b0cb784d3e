/** Where code reports what it does; the composition root decides what becomes of it. Never throws. */
export type Log = (
  level: 'debug' | 'info' | 'warn' | 'error',
  message: string,
  fields?: Readonly<Record<string, unknown>>,
) => void;

export const silent: Log = () => {};
