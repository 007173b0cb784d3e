import type { Log } from '../log.ts';

/** One JSON object a line, to stderr: stdout is for people. */
export function jsonLog(
  write: (line: string) => unknown,
  now: () => number,
  least: 'debug' | 'info' = 'info',
): Log {
  return (level, message, fields) => {
    if (level === 'debug' && least !== 'debug') return;
    write(`${JSON.stringify({ time: new Date(now()).toISOString(), level, message, ...fields })}\n`);
  };
}
