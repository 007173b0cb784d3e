import type { CliContext } from './context.ts';
import type { Arguments } from './verb.ts';

/** The result, on stdout: as one JSON document, or as lines for people. */
export async function give(
  context: CliContext,
  args: Arguments,
  value: unknown,
  lines: readonly string[],
): Promise<void> {
  await context.stdout.write(
    args.json ? `${JSON.stringify(value)}\n` : lines.map((line) => `${line}\n`).join(''),
  );
}
