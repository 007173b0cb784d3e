import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anItemId } from '../../kit/event-rows.ts';
import { rowLine, writeTableExport } from '../../kit/table-export.ts';
import { CASE, sealed } from './kit.ts';

const ROWS = 200_000;
const STREAMS = 400;
/** Of V8's heap, in MiB; the lines alone take 141. */
const HEAP = 64;
/** Of the whole process, in MiB; Node, tsx and the command line take some 100 before they read anything. */
const RESIDENT = 280;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'taizhang-memory-'));
}, 10_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Entries of a stream lie as far apart as they can. */
function interleaved(): string[] {
  const lines: string[] = new Array(ROWS);
  const each = ROWS / STREAMS;
  const raised = { type: 'IssueRaised', text: { title: '问题' } };
  const reported = { type: 'ProgressReported', text: { text: '进展' } };
  const said = [raised, ...new Array<typeof reported>(each - 1).fill(reported)];
  for (let n = 0; n < STREAMS; n += 1) {
    const stream = { caseId: CASE, itemId: anItemId(String(n + 1).padStart(4, '0')) };
    for (const [at, row] of sealed(stream, said).entries()) lines[at * STREAMS + n] = rowLine(row);
  }
  return lines;
}

test(`${ROWS} rows are verified in ${HEAP} MiB of heap`, async () => {
  const lines = interleaved();
  const unpacked = lines.reduce((sum, one) => sum + one.length, 0);
  expect(unpacked).toBeGreaterThan(2 * HEAP * 1024 * 1024);
  const half = ROWS / 2;
  const path = await writeTableExport(folder, [lines.slice(half), lines.slice(0, half)]);
  lines.length = 0;
  const { status, out, err } = await verifyIn(path, HEAP);
  expect({ status, out }, err).toEqual({ status: 0, out: expect.stringContaining(`${ROWS} entries in 400`) });
  const resident = Number(/maxRSS (\d+)/.exec(err)?.[1]) / 1024;
  expect(resident).toBeGreaterThan(0);
  expect(resident).toBeLessThan(RESIDENT);
}, 240_000);

/** In a process of its own, which says at its end how much memory it held at most, in KiB. */
function verifyIn(path: string, heap: number): Promise<{ status: number | null; out: string; err: string }> {
  const report = "process.on('exit', () => console.error('maxRSS ' + process.resourceUsage().maxRSS))";
  const watch = `--import=data:text/javascript,${encodeURIComponent(report)}`;
  const cli = fileURLToPath(new URL('../../../functions/cli.ts', import.meta.url));
  const node = [`--max-old-space-size=${heap}`, '--import', 'tsx', watch];
  const child = spawn(process.execPath, [...node, cli, 'verify', path]);
  const said = { out: '', err: '' };
  child.stdout.on('data', (text) => {
    said.out += text;
  });
  child.stderr.on('data', (text) => {
    said.err += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, ...said }));
  });
}
