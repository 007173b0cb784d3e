import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { StoredEntry } from '../../../domain/envelope.ts';
import { aCaseId } from '../../kit/event-rows.ts';
import { aLedger, CASE, commandLine, LEDGER, sealed, storeOf } from './kit.ts';

const cli = commandLine();
const rows = aLedger(3, 4);
let file: string;
let lines: string[];

beforeEach(async () => {
  cli.events = await storeOf(rows);
  file = join(cli.folder, 'ledger.ndjson');
  await cli.run('export', '--out', file);
  lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
});

const write = (changed: readonly string[]): Promise<void> =>
  writeFile(file, changed.map((line) => `${line}\n`).join(''));
// The seventh line: xl-2023/0002/2.
const AT = 6;
const NAME = 'entry xl-2023/0002/2: ';

async function refusedWith(why: string | RegExp, ...argv: string[]): Promise<void> {
  const { status, out } = await cli.run('verify', file, '--json', ...argv);
  const said = JSON.parse(out);
  expect(said.why).toMatch(why);
  expect({ status, verified: said.verified }).toEqual({ status: 1, verified: false });
}

test('an untouched export verifies, and so does the ledger', async () => {
  expect(await cli.run('verify', file)).toMatchObject({
    status: 0,
    out: expect.stringMatching(/^verified\n13 entries in 4 streams/),
  });
  const live = JSON.parse((await cli.run('verify', '--json')).out);
  const kept = JSON.parse((await cli.run('verify', file, '--json')).out);
  expect(live).toEqual(kept);
  expect(live).toMatchObject({ verified: true, entries: 13, ledger: LEDGER, comparedHeads: 0 });
});

test('what was not compared is not claimed', async () => {
  expect((await cli.run('verify', file)).out).toContain('Only heads kept elsewhere');
});

describe('a changed character in the stored strings is named', () => {
  const stored = (line: string) => (JSON.parse(line) as { stored: Record<string, string> }).stored;
  for (const part of ['header', 'data', 'dataSalt', 'text', 'textSalt'] as const) {
    test(part, async () => {
      // In entry 1 of the case stream, which has data and text.
      const exact = stored(lines[0] ?? '')[part] ?? '';
      for (let at = 0; at < exact.length; at += Math.max(1, Math.floor(exact.length / 25))) {
        const other = exact[at] === 'a' ? 'b' : 'a';
        const envelope = JSON.parse(lines[0] ?? '');
        envelope.stored[part] = exact.slice(0, at) + other + exact.slice(at + 1);
        await write([JSON.stringify(envelope), ...lines.slice(1)]);
        const { status, out } = await cli.run('verify', file);
        expect(status).toBe(1);
        expect(out).toMatch(/^not verified: (entry xl-2023\/case\/1|line 1)/);
      }
    });
  }

  test('in the middle of the file', async () => {
    const changed = (lines[AT] ?? '').replaceAll('进展0', '进展9');
    await write(lines.with(AT, changed));
    await refusedWith(`${NAME}the text does not match its hash`);
  });
});

test('a changed byte anywhere in a line is noticed', async () => {
  const bytes = await readFile(file);
  const from = lines.slice(0, AT).reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
  const length = Buffer.byteLength(lines[AT] ?? '');
  for (let at = from; at < from + length; at += 3) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 0x01;
    // A space for a space, or a name that nobody reads: what is shown and what is hashed are as they were.
    const same = sameMeaning(changed, bytes, from, length);
    await writeFile(file, changed);
    if (!same) expect((await cli.run('verify', file)).status, `byte ${at - from}`).toBe(1);
  }
});

/** An unknown member in place of a readable one is ignored, as members of later versions must be. */
function sameMeaning(changed: Buffer, whole: Buffer, from: number, length: number): boolean {
  try {
    const one = JSON.parse(changed.subarray(from, from + length).toString('utf8'));
    const other = JSON.parse(whole.subarray(from, from + length).toString('utf8'));
    const missing = Object.keys(other).filter((name) => !(name in one));
    return missing.length === 1 && !['caseId', 'itemId', 'seq', 'stored'].includes(missing[0] ?? '');
  } catch {
    return false;
  }
}

test('readable words that differ from the stored strings are a lie, though every hash holds', async () => {
  const envelope = JSON.parse(lines[AT] ?? '');
  envelope.data.text = '已全部完成';
  await write(lines.with(AT, JSON.stringify(envelope)));
  await refusedWith(`${NAME}its readable data is not what the stored strings say`);
});

describe('entries out of place', () => {
  test('one is missing', async () => {
    await write(lines.toSpliced(AT, 1));
    await refusedWith('entry xl-2023/0002/3: it follows entry 1');
  });

  test('two are swapped', async () => {
    await write(lines.with(AT, lines[AT + 1] ?? '').with(AT + 1, lines[AT] ?? ''));
    await refusedWith('entry xl-2023/0002/3: it follows entry 1');
  });

  test('one stands twice', async () => {
    await write(lines.toSpliced(AT, 0, lines[AT] ?? ''));
    await refusedWith(`${NAME}it follows entry 2`);
  });

  test('one of another ledger stands among them', async () => {
    cli.events = await storeOf([...rows, ...aLedger(1, 1, 'BBBBBBBBBBBBBBBBBBBBBB', aCaseId('xl-2024'))]);
    const { status, out } = await cli.run('verify');
    expect(status).toBe(1);
    expect(out).toContain('not verified: entry xl-2024/case/1: it belongs to another ledger');
  });

  test('the live ledger is not the one that its folder names', async () => {
    cli.events = await storeOf(aLedger(1, 1, 'BBBBBBBBBBBBBBBBBBBBBB'));
    const { status, out } = await cli.run('verify');
    expect(status).toBe(1);
    expect(out).toContain(`it belongs to ledger BBBBBBBBBBBBBBBBBBBBBB, not to ${LEDGER}`);
  });

  test('all are of another ledger than the one asked for', async () => {
    await refusedWith(
      `entry xl-2023/case/1: it belongs to ledger ${LEDGER}`,
      '--ledger',
      'BBBBBBBBBBBBBBBBBBBBBB',
    );
    expect((await cli.run('verify', file, '--ledger', LEDGER)).status).toBe(0);
  });

  test('the file breaks off, or is none', async () => {
    const whole = await readFile(file);
    await writeFile(file, whole.subarray(0, whole.length - 10));
    await refusedWith('line 13 breaks off');
    await writeFile(file, 'a notice\n');
    await refusedWith('line 1 is no JSON');
    await writeFile(file, '{}\n');
    await refusedWith('line 1 is no envelope');
    await writeFile(file, Buffer.from([0xff, 0xfe, 0x0a]));
    await refusedWith('line 1 is no JSON');
    expect(await cli.run('verify', join(cli.folder, 'absent'))).toMatchObject({ status: 1, out: '' });
  });
});

describe('heads kept elsewhere', () => {
  let kept: string;
  beforeEach(async () => {
    kept = join(cli.folder, 'heads');
    await writeFile(kept, (await cli.run('export', '--out', join(cli.folder, 'second'))).out);
  });

  test('show a chain that was rewritten as a whole, which verifies by itself', async () => {
    const rewritten: { entry: StoredEntry }[] = rows.filter(({ entry }) => entry.itemId !== '0002');
    const stream = { caseId: CASE, itemId: rows[AT]?.entry.itemId };
    const said = ['一', '二', '三'].map((text) => ({ type: 'ProgressReported', text: { text } }));
    rewritten.push(...sealed(stream, [{ type: 'IssueRaised', text: { title: '改过的' } }, ...said]));
    cli.events = await storeOf(rewritten);
    expect((await cli.run('verify')).status).toBe(0);
    const { status, out } = await cli.run('verify', '--heads', kept);
    expect(status).toBe(1);
    expect(out).toContain('entry xl-2023/0002/4: the hash differs from the head that was kept');
  });

  test('show that newest entries were cut off', async () => {
    await write(lines.slice(0, -1));
    expect((await cli.run('verify', file)).status).toBe(0);
    await refusedWith('entry xl-2023/0003/4: a head that was kept is not in the ledger', '--heads', kept);
  });

  test('hold while the ledger grows', async () => {
    const grown = sealed({ caseId: CASE }, [
      {
        type: 'CaseOpened',
        data: { feedbackOn: '2023-09-01' },
        text: { title: '巡察整改', inspectedBody: '某街道', inspectingBody: '区委巡察组' },
      },
      { type: 'PlanAccepted', data: { acceptedOn: '2023-10-01' } },
    ]);
    cli.events = await storeOf([...grown, ...rows.slice(1)]);
    expect((await cli.run('verify', '--heads', kept)).status).toBe(0);
  });

  test('a file without any is refused, not taken for agreement', async () => {
    for (const content of ['', '# nothing\n', 'xl-2023 5 short\n', '{"heads":[]}', '{"heads":[{}]}', '{']) {
      await writeFile(kept, content);
      expect(await cli.run('verify', '--heads', kept)).toMatchObject({
        status: 1,
        err: expect.stringContaining('no-heads'),
      });
    }
  });
});
