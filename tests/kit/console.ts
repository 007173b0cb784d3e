import { CHINA, instantOf } from '../../domain/dates.ts';
import type { ConsoleDependencies } from '../../functions/console/dependencies.ts';
import { createSessions } from '../../functions/identity/session.ts';

/** The console of an API under test: people bring tokens, and nobody chooses who to be. */
export function consoleOf(
  authenticate: ConsoleDependencies['authenticate'],
  now: () => number = Date.now,
): ConsoleDependencies {
  const sessions = createSessions(new Uint8Array(32).fill(7), now);
  return {
    zone: CHINA,
    now: () => instantOf(now()),
    sessions: async () => sessions,
    publicUrl: undefined,
    authenticate,
    signIn: {
      kind: 'local',
      choice: false,
      suggestions: [],
      mint: () => Promise.reject(new Error('nobody signs in by choice here')),
    },
  };
}
