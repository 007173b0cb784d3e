import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { verbs } from '../../../functions/cli/run.ts';
import { commandLine } from './kit.ts';

const cli = commandLine();

describe('wrong usage is exit status 2, said on stderr, with nothing on stdout', () => {
  test.each([
    [[], 'usage: taizhang <verb>'],
    [['conjure'], 'there is no verb conjure'],
    [['show'], '--case is missing'],
    [['show', '--case', 'XL'], '--case must be'],
    [['show', '--case', 'xl-2023', '--item', '3'], '--item must be four digits'],
    [['show', '--case', 'xl-2023', 'more'], 'unexpected argument more'],
    [['show', '--case', 'xl-2023', '--bogus'], '--bogus'],
    [['show', '--case'], '--case'],
    [['replay', '--case', 'xl-2023'], '--recorded-as-of or --effective-on is missing'],
    [['digest', '--within', 'x'], '--within must be a whole number'],
    [['digest', '--language', 'fr'], '--language must be zh or en'],
    [['import', '--case', 'xl-2023'], 'FILE is missing'],
    [['record', '--case', 'xl-2023', '--type', 'X'], '--data is missing'],
    [['record', '--case', 'xl-2023', '--type', 'X', '--data', '{'], '--data is no JSON'],
    [['record', '--case', 'xl-2023', '--type', 'X', '--data', '{}', '--key', 'a b'], '--key must be'],
    [['record', '--case', 'xl-2023', '--type', 'X', '--data', '{}', '--if-match', 'x'], '--if-match must be'],
    [['export'], '--out is missing'],
    [['export', '--out', '-', '--resume'], '--out -'],
    [['backup'], 'FOLDER is missing'],
    [['restore', 'x'], '--into is missing'],
    [['token', '--role', 'office', '--office', '财政办'], '--sub is missing'],
    [['token', '--role', 'king', '--office', '财政办', '--sub', 'zhang'], 'role must be one of'],
    [['token', '--role', 'office', '--office', '财政办', '--sub', 'zhang', '--ttl', '9y'], '--ttl must be'],
    [['token', '--role', 'office', '--office', '财政办', '--sub', 'zhang', '--ttl', '31d'], '--ttl must be'],
    [['token', '--role', 'office', '--office', '财政办', '--sub', 'zhang', '--case', 'X!'], 'cases must be'],
  ])('%j', async (argv, why) => {
    const { status, out, err } = await cli.run(...argv);
    expect(err).toContain(why);
    expect({ status, out }).toEqual({ status: 2, out: '' });
  });
});

describe('help', () => {
  test('names every verb', async () => {
    const { status, out, err } = await cli.run('--help');
    expect({ status, err }).toEqual({ status: 0, err: '' });
    for (const verb of verbs) expect(out).toContain(`  ${verb.name}`);
  });

  test.each(verbs.map((verb) => verb.name))('of %s names every option, and has --json', async (name) => {
    const { status, out, err } = await cli.run(name, '--help');
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out).toMatch(new RegExp(`^usage: taizhang ${name}`));
    for (const option of Object.keys(verbs.find((verb) => verb.name === name)?.options ?? {}))
      expect(out).toContain(`--${option}`);
    expect(out).toContain('--json');
  });
});

test.each([['export', '--out', '-'], ['verify'], ['rebuild'], ['backup', 'x']])(
  '%s makes no ledger where there is none',
  async (...argv) => {
    cli.data = join(cli.folder, 'mistyped');
    expect(await cli.run(...argv)).toMatchObject({
      status: 1,
      out: '',
      err: expect.stringContaining('no-ledger'),
    });
    expect(await readdir(cli.folder)).toEqual(['data']);
  },
);

test('a reader that leaves early is no failure', async () => {
  cli.readerLeavesAfter = 0;
  expect(await cli.run('--help')).toEqual({ status: 0, out: '', err: '' });
});
