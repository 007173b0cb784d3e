import { readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import { dealt, itemLine, rowLine, writeManifest, writeTableExport } from '../../kit/table-export.ts';
import { aLedger, commandLine } from './kit.ts';

const cli = commandLine();
const lines = aLedger(3, 4).map(rowLine);
let bucket: string;

beforeEach(() => {
  bucket = join(cli.folder, 'bucket');
});

async function notVerified(folder: string, why: string | RegExp): Promise<void> {
  const { status, out } = await cli.run('verify', folder, '--json');
  const said = JSON.parse(out);
  expect(said.why).toMatch(why);
  expect({ status, verified: said.verified }).toEqual({ status: 1, verified: false });
}

describe('files that are not as DynamoDB wrote them', () => {
  let folder: string;
  let data: string;
  beforeEach(async () => {
    folder = await writeTableExport(bucket, dealt(lines, 3));
    data = join(folder, 'data', 'bcdefghijklmnopqrstuvwxyz2345.json.gz');
  });
  const NAME = 'data/bcdefghijklmnopqrstuvwxyz2345.json.gz';

  test('one is missing', async () => {
    await rm(data);
    await notVerified(folder, `${NAME} is missing`);
    const out = join(cli.folder, 'out');
    const converted = await cli.run('export', '--from', folder, '--out', out);
    expect(converted).toMatchObject({ status: 1, err: expect.stringContaining(`${NAME} is missing`) });
    await expect(stat(out)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('one is cut off, or a byte of it differs', async () => {
    const bytes = await readFile(data);
    await truncate(data, bytes.length - 1);
    await notVerified(folder, `${NAME} was changed: its md5`);
    await writeFile(data, bytes.with(20, (bytes[20] ?? 0) ^ 1));
    await notVerified(folder, `${NAME} was changed: its md5`);
  });

  test('one is there that the manifest does not name', async () => {
    await writeFile(join(folder, 'data', 'more.json.gz'), await readFile(data));
    await notVerified(folder, 'data/more.json.gz is not in manifest-files.json');
  });

  test('a manifest is missing, or differs from its checksum, by either name', async () => {
    const path = join(folder, 'manifest-summary.json');
    const text = await readFile(path, 'utf8');
    await rm(path);
    await notVerified(folder, 'manifest-summary.json is missing: the export is unfinished');
    await writeFile(path, `${text} `);
    await notVerified(folder, 'manifest-summary.json is not what manifest-summary.md5 says');
    await rename(join(folder, 'manifest-summary.md5'), join(folder, 'manifest-summary.checksum'));
    await notVerified(folder, 'manifest-summary.json is not what manifest-summary.checksum says');
    await rm(join(folder, 'manifest-summary.checksum'));
    expect((await cli.run('verify', folder)).status).toBe(0);
  });

  test.each([
    ['{', 'line 1 names no data file'],
    ['{"itemCount":-1}', 'line 1 names no data file'],
    ['{"itemCount":1,"md5Checksum":"","dataFileS3Key":"x/data/../a.json.gz"}', 'line 1 names no file data/'],
    ['{"itemCount":1,"dataFileS3Key":"x/data/a.json.gz"}', 'line 1 has no md5Checksum'],
  ])('the manifest of files says %s', async (line, why) => {
    await writeManifest(folder, 'manifest-files', line);
    await notVerified(folder, `manifest-files.json ${why}`);
  });

  test('the manifest names a file twice', async () => {
    const listed = await readFile(join(folder, 'manifest-files.json'), 'utf8');
    await writeManifest(folder, 'manifest-files', listed + listed);
    await notVerified(folder, 'manifest-files.json line 4 names data/');
  });
});

describe('what the manifests agree on is not what the files hold', () => {
  test('a file is no whole gzip', async () => {
    const packed = (_: number, whole: Buffer) => whole.subarray(0, whole.length - 9);
    await notVerified(
      await writeTableExport(bucket, [lines], { packed }),
      'is no whole gzip file: unexpected end of file',
    );
  });

  test('a file breaks off within a line', async () => {
    const packed = (_: number, whole: Buffer) => gzipSync(gunzipSync(whole).subarray(0, -1));
    await notVerified(
      await writeTableExport(bucket, [lines], { packed }),
      `breaks off in line ${lines.length}`,
    );
  });

  test('fewer items, or more', async () => {
    const n = lines.length;
    const summary = { itemCount: n + 1 };
    await notVerified(
      await writeTableExport(bucket, [lines], { summary, file: summary }),
      `holds ${n} items, and the manifest says ${n + 1}`,
    );
    const less = { itemCount: n - 1 };
    await notVerified(
      await writeTableExport(bucket, [lines], { summary: less, file: less }),
      `holds more than the ${n - 1} items`,
    );
    await notVerified(
      await writeTableExport(bucket, [lines], { summary }),
      `manifest-summary.json says ${n + 1} items, the files of manifest-files.json ${n} in all`,
    );
  });
});

describe('rows', () => {
  const AT = 6;
  const NAME = 'xl-2023 I#0002#000002';
  const changed = async (line: string) => writeTableExport(bucket, dealt(lines.with(AT, line), 2));

  test('one stands twice', async () => {
    const folder = await writeTableExport(bucket, dealt([...lines, lines[AT] ?? ''], 2));
    await notVerified(folder, `the item ${NAME} stands twice`);
    const out = join(cli.folder, 'out');
    expect((await cli.run('export', '--from', folder, '--out', out)).err).toContain('export-damaged');
    await expect(stat(out)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('one is gone', async () => {
    const folder = await writeTableExport(bucket, dealt(lines.toSpliced(AT, 1), 2));
    await notVerified(folder, 'entry xl-2023/0002/3: it follows entry 1');
    const out = join(cli.folder, 'out');
    // As any export, a conversion gives what is there; verify tells what it is worth.
    expect((await cli.run('export', '--from', folder, '--out', out)).status).toBe(0);
    expect((await cli.run('verify', out)).status).toBe(1);
  });

  test.each([
    ['text', (line: string) => line.replace('进展0', '进展9'), 'the text does not match its hash'],
    ['data', (line: string) => line.replace('{"S":"{}"}', '{"S":"{ }"}'), 'the data does not match its hash'],
    [
      'a salt',
      (line: string) => line.replace(/("dataSalt":\{"B":")./, '$1/'),
      'the data does not match its hash',
    ],
  ])('a byte of %s differs', async (_, change, why) => {
    const line = lines[AT] ?? '';
    expect(change(line)).not.toBe(line);
    await notVerified(await changed(change(line)), `entry xl-2023/0002/2: ${why}`);
  });

  test.each([
    ['no JSON', '{', 'is no JSON object'],
    ['no item', '{"Thing":{}}', 'holds no item'],
    ['no attributes', '{"Item":{"caseId":"xl-2023"}}', 'holds no item'],
    ['of another table', itemLine({ partition: { S: 'x' } }), 'the key is none of an entry'],
    ['text of another type', (lines[AT] ?? '').replace(/"text":\{"S":/, '"text":{"SS":'), "row's text"],
    ['no header', (lines[AT] ?? '').replace('"header"', '"headers"'), "the row's header is missing"],
  ])('one is %s', async (_, line, why) => {
    await notVerified(await changed(line), new RegExp(`^data/[a-z2-5]+\\.json\\.gz line \\d+.* ?${why}`));
  });

  test('attributes that the store does not know are left alone, as the store leaves them', async () => {
    const line = (lines[AT] ?? '').replace('{"Item":{', '{"Item":{"later":{"BOOL":true},');
    expect((await cli.run('verify', await changed(line))).status).toBe(0);
  });
});
