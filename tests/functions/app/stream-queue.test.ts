import { expect, test } from 'vitest';
import { createStreamQueue } from '../../../functions/app/stream-queue.ts';

/** Work that ends when it is told to. */
function work() {
  let end = (): void => {};
  let fail = (_: Error): void => {};
  let started = false;
  const done = new Promise<string>((resolve, reject) => {
    end = () => resolve('done');
    fail = reject;
  });
  const run = (): Promise<string> => {
    started = true;
    return done;
  };
  return { run, end, fail: (error: Error) => fail(error), started: () => started };
}

const settle = () => new Promise((later) => setImmediate(later));

test('one at a time on a stream, side by side on two', async () => {
  const inTurn = createStreamQueue();
  const [first, second, other] = [work(), work(), work()];
  const outcomes = [inTurn('a', first.run), inTurn('a', second.run), inTurn('b', other.run)];
  await settle();
  expect([first.started(), second.started(), other.started()]).toEqual([true, false, true]);
  first.end();
  await settle();
  expect(second.started()).toBe(true);
  second.end();
  other.end();
  expect(await Promise.all(outcomes)).toEqual(['done', 'done', 'done']);
});

test('work that fails fails alone', async () => {
  const inTurn = createStreamQueue();
  const [first, second] = [work(), work()];
  const failing = inTurn('a', first.run);
  const next = inTurn('a', second.run);
  first.fail(new Error('mine'));
  await expect(failing).rejects.toThrow('mine');
  second.end();
  expect(await next).toBe('done');
});
