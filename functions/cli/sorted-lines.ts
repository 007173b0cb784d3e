import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lineCutter } from './lines.ts';

/** A line, without its end, and what it is sorted by: printable ASCII, so that strings compare as bytes do. */
export interface KeyedLine {
  readonly key: string;
  readonly line: Buffer;
}

export interface SortLimits {
  /** Bytes of lines that are held in memory before they are laid down, sorted, in a temporary file. */
  readonly inHand: number;
  /** Temporary files that are merged into one, once there are so many. */
  readonly fanIn: number;
}

/** 64 GiB of lines make at most 60 open files, and some 8 MiB to read them by. */
const LIMITS: SortLimits = { inHand: 16 * 1024 * 1024, fanIn: 32 };

/** What holding a line costs besides its bytes. */
const OVERHEAD = 200;
/** Bytes of a temporary file that are read or written at once. */
const BLOCK = 64 * 1024;
const PAGE = 256;
const SPACE_BETWEEN = '\t';

/**
 * Sorts more lines than memory holds; equal keys stay in the order they came in. At any time it holds the lines of
 * `inHand` bytes, and one block of each temporary file: no key, however often it comes, and no number of lines takes
 * more. What does not fit goes to files in `TMPDIR`, as many bytes as the lines have, twice that while files are
 * merged. Their names are removed as soon as they are open, so nothing of them outlives the process, however it ends.
 */
export async function* sortLines(
  pages: AsyncIterable<readonly KeyedLine[]>,
  limits: SortLimits = LIMITS,
): AsyncGenerator<readonly KeyedLine[]> {
  /** Runs by how often their lines were merged; older lines stand on higher levels, and first on their own. */
  const levels: FileHandle[][] = [];
  let hand: KeyedLine[] = [];
  let bytes = 0;

  async function layDown(run: FileHandle, level: number): Promise<void> {
    const runs = [...(levels[level] ?? []), run];
    levels[level] = runs;
    if (runs.length < limits.fanIn) return;
    const merged = await writeRun(merge(runs.map(readRun)));
    levels[level] = [];
    await closeAll(runs);
    await layDown(merged, level + 1);
  }

  try {
    for await (const page of pages) {
      for (const one of page) {
        hand.push(one);
        bytes += one.key.length + one.line.length + OVERHEAD;
      }
      if (bytes < limits.inHand) continue;
      await layDown(await writeRun([sorted(hand)]), 0);
      hand = [];
      bytes = 0;
    }
    const runs = levels.toReversed().flat();
    yield* merge([...runs.map(readRun), inPages(sorted(hand))]);
  } finally {
    await closeAll(levels.flat());
  }
}

const sorted = (lines: KeyedLine[]): KeyedLine[] =>
  lines.sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0));

async function* inPages(lines: readonly KeyedLine[]): AsyncGenerator<readonly KeyedLine[]> {
  for (let from = 0; from < lines.length; from += PAGE) yield lines.slice(from, from + PAGE);
}

async function closeAll(files: readonly FileHandle[]): Promise<void> {
  for (const file of files) await file.close();
}

async function writeRun(
  pages: AsyncIterable<readonly KeyedLine[]> | Iterable<readonly KeyedLine[]>,
): Promise<FileHandle> {
  const file = await openNameless();
  try {
    let parts: Buffer[] = [];
    let bytes = 0;
    for await (const page of pages) {
      for (const { key, line } of page) {
        const head = Buffer.from(`${key}${SPACE_BETWEEN}`, 'latin1');
        parts.push(head, line, LINE_END);
        bytes += head.length + line.length + 1;
        if (bytes < BLOCK) continue;
        await file.appendFile(Buffer.concat(parts));
        parts = [];
        bytes = 0;
      }
    }
    await file.appendFile(Buffer.concat(parts));
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

const LINE_END = Buffer.from('\n');

/** A file that only this process can reach, and that is gone when it is closed. */
async function openNameless(): Promise<FileHandle> {
  const folder = await mkdtemp(join(tmpdir(), 'taizhang-sort-'));
  try {
    return await open(join(folder, 'run'), 'wx+', 0o600);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function* readRun(file: FileHandle): AsyncGenerator<readonly KeyedLine[]> {
  const cutter = lineCutter();
  let position = 0;
  for (;;) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafeSlow(BLOCK), 0, BLOCK, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    const lines = cutter.cut(buffer.subarray(0, bytesRead));
    if (lines.length > 0) yield lines.map(keyed);
  }
}

function keyed(line: Buffer): KeyedLine {
  const end = line.indexOf(SPACE_BETWEEN);
  return { key: line.toString('latin1', 0, end), line: line.subarray(end + 1) };
}

interface Source {
  readonly pages: AsyncGenerator<readonly KeyedLine[]>;
  /** Among equal keys the lower one goes first. */
  readonly rank: number;
  page: readonly KeyedLine[];
  at: number;
}

const keyOf = ({ page, at }: Source): string => page[at]?.key ?? '';

/** Merges what is sorted already. */
async function* merge(
  runs: readonly AsyncGenerator<readonly KeyedLine[]>[],
): AsyncGenerator<readonly KeyedLine[]> {
  /** Those with a line left, by the key of that. */
  const queue: Source[] = [];

  function enqueue(source: Source): void {
    const key = keyOf(source);
    let [from, to] = [0, queue.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      const other = queue[middle] as Source;
      if (keyOf(other) < key || (keyOf(other) === key && other.rank < source.rank)) from = middle + 1;
      else to = middle;
    }
    queue.splice(from, 0, source);
  }

  for (const [rank, pages] of runs.entries()) {
    const first = await pages.next();
    if (!first.done) enqueue({ pages, rank, page: first.value, at: 0 });
  }
  let out: KeyedLine[] = [];
  for (let least = queue.shift(); least; least = queue.shift()) {
    out.push(least.page[least.at] as KeyedLine);
    least.at += 1;
    if (out.length === PAGE) {
      yield out;
      out = [];
    }
    if (least.at === least.page.length) {
      const next = await least.pages.next();
      if (next.done) continue;
      least.page = next.value;
      least.at = 0;
    }
    enqueue(least);
  }
  if (out.length > 0) yield out;
}
