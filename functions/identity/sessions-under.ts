import type { Sessions } from './session.ts';

/** Sessions under a secret of text; what seals them is imported with the first page that asks. */
export function sessionsUnder(secret: string): () => Promise<Sessions> {
  let sessions: Promise<Sessions> | undefined;
  return () => {
    sessions ??= import('./session.ts').then(({ createSessions }) =>
      createSessions(new TextEncoder().encode(secret)),
    );
    return sessions;
  };
}
