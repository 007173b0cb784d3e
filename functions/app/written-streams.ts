import type { Stream } from '../../domain/ids.ts';
import type { StreamState } from './streams.ts';

/** What this process wrote last, stream by stream, so that the next write need not read it back. */
export interface WrittenStreams {
  /** The stream after its newest entry that this process wrote. Another process may have written since. */
  find<State>(stream: Stream): StreamState<State> | undefined;
  /** Replaces what is known of the stream. `weight` is what it takes of the room, in characters. */
  keep<State>(stream: Stream, state: StreamState<State>, weight: number): void;
  forget(stream: Stream): void;
}

/** Where several processes write the same streams, what one of them remembers is as often wrong as right. */
export const forgetful: WrittenStreams = { find: () => undefined, keep: () => {}, forget: () => {} };

/** Remembers the streams written last, up to `room` characters of packed state. */
export function writtenStreams(room: number): WrittenStreams {
  // A map keeps the order of insertion: what was kept longest ago comes first.
  const kept = new Map<string, { readonly state: StreamState<unknown>; readonly weight: number }>();
  let taken = 0;
  const name = ({ caseId, itemId }: Stream): string => `${caseId}/${itemId ?? ''}`;
  const drop = (key: string): void => {
    taken -= kept.get(key)?.weight ?? 0;
    kept.delete(key);
  };
  return {
    // A name stands for a case or for an item, and so for one kind of state.
    find: <State>(stream: Stream) => kept.get(name(stream))?.state as StreamState<State> | undefined,
    keep: (stream, state, weight) => {
      const key = name(stream);
      drop(key);
      kept.set(key, { state, weight });
      taken += weight;
      for (const oldest of kept.keys()) {
        if (taken <= room) break;
        drop(oldest);
      }
    },
    forget: (stream) => drop(name(stream)),
  };
}
