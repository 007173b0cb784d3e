import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

/** `    at name (file:///var/task/index.mjs:1:2345)`, with or without the name. */
const FRAME = /(file:\/\/[^\s()]+\.mjs):([0-9]+):([0-9]+)/;

const maps = new Map<string, SourceMap | undefined>();

/**
 * A stack in the names of the sources. Node's own way (`--enable-source-maps`) reads every map while the function
 * starts, a fifth of a cold start; this one reads a map when a stack first needs it.
 */
export function sourceStack(stack: string): string {
  return stack
    .split('\n')
    .map((line) =>
      line.replace(FRAME, (frame, file: string, row: string, column: string) => {
        const found = mapOf(file)?.findEntry(Number(row) - 1, Number(column) - 1);
        if (!found || !('originalSource' in found)) return frame;
        return `${found.originalSource}:${found.originalLine + 1}:${found.originalColumn + 1}`;
      }),
    )
    .join('\n');
}

function mapOf(file: string): SourceMap | undefined {
  if (!maps.has(file)) maps.set(file, readMap(file));
  return maps.get(file);
}

/** Undefined where there is none: a stack must never be lost over its translation. */
function readMap(file: string): SourceMap | undefined {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${fileURLToPath(file)}.map`, 'utf8')));
  } catch {
    return undefined;
  }
}
