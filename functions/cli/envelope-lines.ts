import { createReadStream } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { decodeEntry, UndecodableEntry } from '../../domain/decode.ts';
import type { StoredEntry } from '../../domain/envelope.ts';
import { isRecord } from '../../domain/fields.ts';
import { presentEntry, storedEntry } from '../../domain/interchange.ts';
import { LONGEST_LINE, lineCutter } from './lines.ts';

const BEGINNING = '{"caseId":"';

/** A line that holds no envelope, counted from 1. */
export class BadLine extends Error {
  override readonly name = 'BadLine';
  readonly line: number;
  /** It is the last, begins as an envelope does and has no line end: the file was cut off within it. */
  readonly torn: boolean;
  constructor(line: number, why: string, torn = false) {
    super(`line ${line} ${why}`);
    this.line = line;
    this.torn = torn;
  }
}

export interface EnvelopeLine {
  readonly entry: StoredEntry;
  /** As parsed. */
  readonly envelope: { readonly [name: string]: unknown };
  /** Offset behind the line's end, in bytes. */
  readonly end: number;
  readonly line: number;
}

/** One envelope as a line of NDJSON. An entry that cannot be read is given as it is stored, to be looked into. */
export function envelopeLine(stored: StoredEntry): string {
  return `${JSON.stringify(readable(stored))}\n`;
}

function readable(stored: StoredEntry): object {
  try {
    return presentEntry(decodeEntry(stored));
  } catch (error) {
    if (!(error instanceof UndecodableEntry)) throw error;
    const salt = (bytes: Uint8Array | undefined) => (bytes ? Buffer.from(bytes).toString('base64url') : null);
    const { caseId, itemId, seq, header, data, text } = stored;
    return {
      caseId,
      itemId: itemId ?? null,
      seq,
      stored: {
        header,
        data,
        dataSalt: salt(stored.dataSalt),
        text: text ?? null,
        textSalt: salt(stored.textSalt),
      },
    };
  }
}

/** What a line shows beside the exact strings must be what they say: nobody reads the strings. */
export function misrepresents({ entry, envelope }: EnvelopeLine): string | undefined {
  const said = JSON.parse(envelopeLine(entry)) as { readonly [name: string]: unknown };
  const name = Object.keys(said).find(
    (key) => key in envelope && !isDeepStrictEqual(envelope[key], said[key]),
  );
  return name === undefined ? undefined : `its readable ${name} is not what the stored strings say`;
}

/** The envelopes of a file, one a line. @throws BadLine */
export async function* readEnvelopes(path: string): AsyncGenerator<EnvelopeLine> {
  for await (const { bytes, line, end } of readLines(path)) {
    let envelope: unknown;
    try {
      envelope = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    } catch {
      throw new BadLine(line, 'is no JSON');
    }
    const entry = storedEntry(envelope);
    if (!entry || !isRecord(envelope)) throw new BadLine(line, 'is no envelope');
    yield { entry, envelope, end, line };
  }
}

async function* readLines(path: string): AsyncGenerator<{ bytes: Buffer; line: number; end: number }> {
  const cutter = lineCutter();
  let line = 1;
  let end = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    for (const bytes of cutter.cut(chunk)) {
      end += bytes.length + 1;
      yield { bytes, line, end };
      line += 1;
    }
    if (cutter.rest.length > LONGEST_LINE) throw new BadLine(line, `is longer than ${LONGEST_LINE} bytes`);
  }
  const { rest } = cutter;
  if (rest.length === 0) return;
  const begun = rest.toString('latin1', 0, BEGINNING.length);
  throw new BadLine(line, 'breaks off: the file was cut', BEGINNING.startsWith(begun));
}
