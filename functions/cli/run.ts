import { backup } from './backup.ts';
import type { CliContext } from './context.ts';
import { digest } from './digest.ts';
import { exportLedger } from './export.ts';
import { flags } from './flags.ts';
import { importFile } from './import.ts';
import { inert, PipeClosed, styled } from './output.ts';
import { type Problem, Refused, UsageError } from './problems.ts';
import { rebuild } from './rebuild.ts';
import { record } from './record.ts';
import { replay } from './replay.ts';
import { restore } from './restore.ts';
import { show } from './show.ts';
import { token } from './token.ts';
import { type ExitStatus, helpOf, readArguments, type Verb } from './verb.ts';
import { verify } from './verify.ts';

export const verbs: readonly Verb[] = [
  importFile,
  record,
  show,
  replay,
  flags,
  digest,
  exportLedger,
  verify,
  rebuild,
  backup,
  restore,
  token,
];

/** One call of the command line: 0 done, 1 refused or not verified, 2 wrong usage. Never throws. */
export async function runCli(argv: readonly string[], context: CliContext): Promise<ExitStatus> {
  const [name, ...rest] = argv;
  const verb = verbs.find((one) => one.name === name);
  try {
    if (!verb) return await withoutVerb(name, context);
    const args = readArguments(verb, rest);
    if (args) return await verb.run(args, context);
    await context.stdout.write(helpOf(verb));
    return 0;
  } catch (error) {
    if (error instanceof PipeClosed) return 0;
    return failed(error, verb, rest.includes('--json'), context);
  }
}

async function withoutVerb(name: string | undefined, context: CliContext): Promise<ExitStatus> {
  const width = Math.max(...verbs.map((verb) => verb.name.length));
  const help = [
    'usage: taizhang <verb> [options]; taizhang <verb> --help says more',
    '',
    ...verbs.map((verb) => `  ${verb.name.padEnd(width)}  ${verb.summary}`),
    '',
    'Exit status: 0 done, 1 refused or not verified, 2 wrong usage.',
    '',
  ].join('\n');
  const asked = name === '--help' || name === '-h' || name === 'help';
  if (asked) await context.stdout.write(help);
  else
    await context.stderr.write(
      name === undefined ? help : `taizhang: there is no verb ${inert(name)}\n\n${help}`,
    );
  return asked ? 0 : 2;
}

async function failed(
  error: unknown,
  verb: Verb | undefined,
  json: boolean,
  context: CliContext,
): Promise<ExitStatus> {
  const { stdout, stderr } = context;
  try {
    if (error instanceof UsageError) {
      const hint = verb ? `; see taizhang ${verb.name} --help` : '';
      await stderr.write(`taizhang: ${inert(error.message)}${hint}\n`);
      return 2;
    }
    const problem = error instanceof Refused ? error.problem : faultOf(error);
    if (json) await stdout.write(`${JSON.stringify(problem)}\n`);
    else await stderr.write(describe(problem, (text) => styled(stderr, 'red', text)));
  } catch (lost) {
    if (!(lost instanceof PipeClosed)) throw lost;
  }
  return 1;
}

/** Code, detail, and each field error with its pointer. */
function describe({ code, detail, errors = [] }: Problem, red: (text: string) => string): string {
  const fields = errors.map((field) => `  ${inert(field.pointer)}  ${field.code}: ${inert(field.message)}\n`);
  return `${red(inert(code))}: ${inert(detail)}\n${fields.join('')}`;
}

function faultOf(error: unknown): Problem {
  if (!(error instanceof Error)) return { code: 'failed', detail: String(error) };
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return { code: 'failed', detail: `${error.message}${cause}` };
}
