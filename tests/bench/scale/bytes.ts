/** DynamoDB's write unit, in bytes. */
export const WRITE_UNIT = 1_024;
/** DynamoDB's read unit, in bytes; an eventually consistent read takes half of one. */
export const READ_UNIT = 4_096;
/** What storage counts for each row beside its bytes. */
const ROW_OVERHEAD = 100;

/** Bytes of a row by DynamoDB's rule: names and values in UTF-8, numbers by pairs of digits. */
export function rowBytes(row: object): number {
  let bytes = 0;
  for (const [name, value] of Object.entries(row)) {
    if (value === undefined) continue;
    bytes += name.length + valueBytes(value);
  }
  return bytes;
}

function valueBytes(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (value instanceof Uint8Array) return value.length;
  if (typeof value === 'number') return Math.ceil(String(value).replace(/0+$/, '').length / 2) + 1;
  throw new Error(`a row holds no ${typeof value}`);
}

export const storedBytes = (row: object): number => rowBytes(row) + ROW_OVERHEAD;
export const writeUnits = (bytes: number): number => Math.ceil(bytes / WRITE_UNIT);
