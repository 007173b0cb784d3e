import type { EventStore, ViewStore } from '../../domain/ports.ts';

/** Where a verb writes. `write` resolves when the text is taken over, and paces the writer. */
export interface Output {
  /** @throws PipeClosed when whoever read has gone */
  write(text: string): Promise<void>;
  readonly isTTY: boolean;
  /** Width of the terminal; undefined in a pipe, where nothing is cut. */
  readonly columns: number | undefined;
}

/** What the environment says, read once by the composition root. */
export interface CliSettings {
  readonly url: string | undefined;
  readonly token: string | undefined;
  readonly dataFolder: string;
  /** The name under which the operator is logged in. */
  readonly user: string;
}

export interface RebuildCounts {
  readonly events: number;
  readonly rows: number;
}

/** The tables of one ledger, opened directly: beside a live server, or under the folder's lock without one. */
export interface OpenedStore {
  readonly events: EventStore;
  readonly views: ViewStore;
  /** Recreates every view from the events. */
  rebuild(progress: (events: number) => void): Promise<RebuildCounts>;
  /** Projects again what was set aside as poisoned; `left` are those that failed again. */
  replayDeadLetters(): Promise<{ readonly replayed: number; readonly left: number }>;
  close(): Promise<void>;
}

/** All that a verb may touch, besides the files that its arguments name. */
export interface CliContext {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly settings: CliSettings;
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds since 1970. */
  now(): number;
  wait(ms: number): Promise<void>;
  openStore(): Promise<OpenedStore>;
  /** Opens a folder that holds `ledger.json` and keys, and creates empty tables in it. */
  openFreshStore(folder: string): Promise<OpenedStore>;
}
