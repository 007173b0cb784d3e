import type { DecodedEntry } from '../../domain/decode.ts';
import { presentEntry } from '../../domain/interchange.ts';

export const NDJSON = 'application/x-ndjson';

/**
 * One envelope a line, page by page as the client reads: memory holds one page. A fault on the way breaks the
 * answer off, so that nobody takes a part for the whole. The first page is read before this resolves, so a fault
 * that is there from the start is still a plain refusal.
 */
export async function envelopeLines(
  pages: AsyncIterable<readonly DecodedEntry[]>,
  onFault: (fault: unknown) => void,
): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder();
  const iterator = pages[Symbol.asyncIterator]();
  let ahead: IteratorResult<readonly DecodedEntry[]> | undefined = await iterator.next();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          for (;;) {
            const page = ahead ?? (await iterator.next());
            ahead = undefined;
            if (page.done) return controller.close();
            if (page.value.length === 0) continue;
            const lines = page.value.map((entry) => `${JSON.stringify(presentEntry(entry))}\n`);
            return controller.enqueue(encoder.encode(lines.join('')));
          }
        } catch (fault) {
          onFault(fault);
          controller.error(fault);
        }
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
