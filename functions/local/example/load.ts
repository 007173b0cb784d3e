import { readFile } from 'node:fs/promises';
import { sha256Hex } from '../../../domain/hashing.ts';
import { isRefusal } from '../../../domain/refusals.ts';
import type { Dependencies } from '../../app/dependencies.ts';
import { openLedger } from '../../app/open-ledger.ts';
import type { RunningServer } from '../serve.ts';
import { history } from './history.ts';
import { type Past, readPast } from './past.ts';
import { EXAMPLE_CASE, type Facts, record } from './record.ts';
import { KEY_PREFIX, type ScheduledStep, schedule } from './schedule.ts';

export { greet } from './greet.ts';

/** The ledger said no to a step: somebody wrote into the example while it was loading. */
export class ExampleStopped extends Error {
  override readonly name = 'ExampleStopped';
}

/** Loads what is missing of the example. One that cannot be completed is served as it is. */
export async function loadExample(server: RunningServer): Promise<void> {
  const onOneLine = (text: string) => process.stdout.isTTY && process.stdout.write(`\r\u001b[K${text}`);
  try {
    await recordExample(server.dependencies, (done, all) =>
      onOneLine(`loading the example: step ${done} of ${all}`),
    );
  } catch (error) {
    if (!(error instanceof ExampleStopped)) throw error;
    process.stderr.write(
      `taizhang: the example is incomplete (${error.message}); delete its folder for a fresh one\n`,
    );
  } finally {
    onOneLine('');
  }
}

/**
 * Records the script from where it was left, through the use cases that every door uses, and resolves to the
 * number of steps taken. Each has an Idempotency-Key from its place in the script, so a load that was killed
 * anywhere goes on from there, and a whole example costs one read. An example of another edition stays as it is;
 * steps that the machine's clock has not reached wait for a later start, so that nothing is dated in the future.
 * @throws ExampleStopped
 */
export async function recordExample(
  deps: Dependencies,
  afterStep: (done: number, all: number) => void = () => {},
): Promise<number> {
  const notice = await readFile(new URL('./notice.txt', import.meta.url), 'utf8');
  const edition = sha256Hex(notice + JSON.stringify(history)).slice(0, 8);
  const past = await readPast(deps.events, EXAMPLE_CASE);
  if (isOfAnotherEdition(past, edition)) return 0;
  const script = schedule(edition);
  const now = deps.clock.now();
  let steps = 0;
  for (const [index, scheduled] of script.entries()) {
    const { step, at } = scheduled;
    if (isDone(past, scheduled, script[index + 1])) continue;
    if (at > now) break;
    const ledger = openLedger({ ...deps, clock: { now: () => at, aheadBy: () => 0 } });
    const facts: Facts = {
      notice,
      version: past.version(step.item),
      seqOf: (name) => seqOf(past, script, name),
    };
    const outcome = await record(ledger, scheduled, facts);
    if (isRefusal(outcome)) {
      const { on, who, item, type } = step;
      throw new ExampleStopped(`${on} ${who} ${item} ${type}: ${outcome.refused}: ${outcome.detail}`);
    }
    if ('entry' in outcome) past.add(outcome.entry.header);
    else await past.read();
    steps += 1;
    afterStep(index + 1, script.length);
  }
  return steps;
}

function isOfAnotherEdition(past: Past, edition: string): boolean {
  for (const known of past.commandIds()) {
    if (known.startsWith(KEY_PREFIX) && !known.startsWith(`${KEY_PREFIX}${edition}-`)) return true;
  }
  return false;
}

/** The import has command ids of its own; whatever follows it shows that it was completed. */
function isDone(past: Past, { step, key }: ScheduledStep, next: ScheduledStep | undefined): boolean {
  return past.seqOf(step.type === 'import' ? (next?.key ?? '') : key) !== undefined;
}

function seqOf(past: Past, script: readonly ScheduledStep[], name: string): number | undefined {
  const named = script.find(({ step }) => step.name === name);
  return named && past.seqOf(named.key);
}
