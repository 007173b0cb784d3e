import { parseArgs } from 'node:util';
import { type CaseId, caseId, type ItemId, itemId } from '../../domain/ids.ts';
import type { CliContext } from './context.ts';
import { UsageError } from './problems.ts';

export type ExitStatus = 0 | 1 | 2;

export interface Option {
  readonly type: 'string' | 'boolean';
  readonly multiple?: true;
  /** What stands for the value in the help. */
  readonly value?: string;
  readonly help: string;
}

export type Options = { readonly [name: string]: Option };

export interface Verb {
  readonly name: string;
  readonly summary: string;
  /** Names of the positional arguments; one in brackets may be left out. */
  readonly takes: readonly string[];
  readonly options: Options;
  /** Names of options that must be given. */
  readonly required?: readonly string[];
  readonly notes?: readonly string[];
  run(args: Arguments, context: CliContext): Promise<ExitStatus>;
}

/** Arguments of one call, each read as what it must be. @throws UsageError */
export interface Arguments {
  readonly json: boolean;
  /** Of a positional argument, by its place. */
  positional(at: number): string | undefined;
  has(name: string): boolean;
  text(name: string): string | undefined;
  all(name: string): readonly string[];
  integer(name: string): number | undefined;
  caseId(): CaseId;
  optionalCaseId(): CaseId | undefined;
  optionalItemId(): ItemId | undefined;
}

const COMMON: Options = {
  json: { type: 'boolean', help: 'print the result as JSON; a refusal too' },
  help: { type: 'boolean', help: 'print this' },
};

/** Reads a call's arguments; undefined when help is asked for. @throws UsageError */
export function readArguments(verb: Verb, argv: readonly string[]): Arguments | undefined {
  const { values, positionals } = parsed(verb, argv);
  if (values.help === true) return undefined;
  const needed = verb.takes.filter((name) => !name.startsWith('[')).length;
  const missing = verb.takes[positionals.length];
  if (positionals.length < needed) throw new UsageError(`${missing} is missing`);
  if (positionals.length > verb.takes.length)
    throw new UsageError(`unexpected argument ${positionals[verb.takes.length]}`);
  for (const name of verb.required ?? []) {
    if (values[name] === undefined) throw new UsageError(`--${name} is missing`);
  }
  const text = (name: string): string | undefined => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  const optionalCaseId = (): CaseId | undefined => {
    const value = text('case');
    const id = value === undefined ? undefined : caseId(value);
    if (value !== undefined && !id)
      throw new UsageError('--case must be 3 to 64 characters a-z 0-9 -, such as xl-2023');
    return id;
  };
  return {
    json: values.json === true,
    positional: (at) => positionals[at],
    has: (name) => values[name] === true,
    text,
    all: (name) => (Array.isArray(values[name]) ? (values[name] as string[]) : []),
    integer(name) {
      const value = text(name);
      if (value === undefined) return undefined;
      if (!/^[0-9]{1,9}$/.test(value)) throw new UsageError(`--${name} must be a whole number`);
      return Number(value);
    },
    optionalCaseId,
    caseId() {
      const id = optionalCaseId();
      if (!id) throw new UsageError('--case is missing');
      return id;
    },
    optionalItemId() {
      const value = text('item');
      const id = value === undefined ? undefined : itemId(value);
      if (value !== undefined && !id) throw new UsageError('--item must be four digits, such as 0003');
      return id;
    },
  };
}

function parsed(verb: Verb, argv: readonly string[]) {
  const options = Object.fromEntries(
    Object.entries({ ...verb.options, ...COMMON }).map(([name, option]) => [
      name,
      { type: option.type, multiple: option.multiple === true },
    ]),
  );
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

export function helpOf(verb: Verb): string {
  const options = { ...verb.options, ...COMMON };
  const left = (name: string, { value }: Option): string => `--${name}${value ? ` ${value}` : ''}`;
  const needed = (verb.required ?? []).map((name) => left(name, options[name] as Option));
  const width = Math.max(...Object.entries(options).map(([name, option]) => left(name, option).length));
  return [
    `usage: taizhang ${[verb.name, ...verb.takes, ...needed].join(' ')} [options]`,
    '',
    verb.summary,
    '',
    ...Object.entries(options).map(
      ([name, option]) => `  ${left(name, option).padEnd(width)}  ${option.help}`,
    ),
    ...(verb.notes ? ['', ...verb.notes] : []),
    '',
  ].join('\n');
}
