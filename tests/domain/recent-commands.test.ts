import fc from 'fast-check';
import { expect, test } from 'vitest';
import { epochMs, type Instant, instantOf } from '../../domain/dates.ts';
import { mayHaveRecorded, NO_COMMANDS, RETRY_WINDOW_MS, remember } from '../../domain/recent-commands.ts';
import { lead, START } from './kit.ts';

const { who } = lead('ProgressReported');
const HOUR = 3_600_000;

/** Streams of up to 60 commands; gaps from a millisecond to hours, so that both ends of the window are met. */
const streams = fc
  .array(fc.oneof(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 1, max: 3 * HOUR })), {
    maxLength: 60,
    size: 'max',
  })
  .map((gaps) => {
    let at = epochMs(START);
    return gaps.map((gap, index) => {
      at += gap;
      return { id: `command ${index}`, at: instantOf(at) };
    });
  });

const remembering = (stream: readonly { readonly id: string; readonly at: Instant }[]) =>
  stream.reduce((recent, { id, at }) => remember(recent, id, who, at), NO_COMMANDS);

test('a command recorded within 24 hours is never denied', () => {
  fc.assert(
    fc.property(streams, fc.nat(), fc.integer({ min: 0, max: 2_000 }), (stream, which, wait) => {
      const asked = stream[which % Math.max(1, stream.length)];
      if (!asked) return;
      // The newest moment at which the promise still holds, or a little earlier.
      const now = instantOf(
        Math.max(epochMs(stream.at(-1)?.at ?? START), epochMs(asked.at) + RETRY_WINDOW_MS - wait),
      );
      if (epochMs(now) - epochMs(asked.at) > RETRY_WINDOW_MS) return;
      expect(mayHaveRecorded(remembering(stream), asked.id, who, now)).not.toBe('no');
    }),
    { numRuns: 3_000 },
  );
});

test('not even a moment before the generation that is remembered, in the same second', () => {
  const at = (ms: number): Instant => instantOf(epochMs(START) + ms);
  const stream = Array.from({ length: 17 }, (_, index) => ({ id: `command ${index}`, at: at(100 + index) }));
  const now = at(RETRY_WINDOW_MS + 50);
  expect(mayHaveRecorded(remembering(stream), 'command 0', who, now)).toBe('perhaps');
});

test('one of the last eight is always recognised', () => {
  fc.assert(
    fc.property(streams, fc.nat(7), (stream, back) => {
      const asked = stream.at(-1 - back);
      if (asked)
        expect(mayHaveRecorded(remembering(stream), asked.id, who, stream.at(-1)?.at ?? START)).toBe(
          'recently',
        );
    }),
  );
});

test('a quiet stream denies what it never saw without a further read', () => {
  const stream = Array.from({ length: 8 }, (_, index) => ({
    id: `command ${index}`,
    at: instantOf(epochMs(START) + index),
  }));
  expect(mayHaveRecorded(remembering(stream), 'another', who, START)).toBe('no');
  const long = Array.from({ length: 40 }, (_, index) => ({
    id: `command ${index}`,
    at: instantOf(epochMs(START) + index * HOUR * 2),
  }));
  expect(mayHaveRecorded(remembering(long), 'another', who, long.at(-1)?.at ?? START)).toBe('no');
});

test('another person may use the same key', () => {
  const recent = remember(NO_COMMANDS, 'key', who, START);
  expect(mayHaveRecorded(recent, 'key', { ...who, sub: 'another' }, START)).toBe('no');
  expect(mayHaveRecorded(recent, 'key', { ...who, iss: 'https://other.example' }, START)).toBe('no');
});
