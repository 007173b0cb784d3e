import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decodeEntry, entryHash } from '../../domain/decode.ts';
import { LONG_TEXT } from '../../domain/entries.ts';
import { entryBytes, MAX_ENTRY_BYTES, type Sealing, type StoredEntry, seal } from '../../domain/envelope.ts';
import { MAX_SEQ } from '../../domain/ids.ts';
import { importCommandId } from '../../domain/import-plan.ts';
import { presentEntry, storedEntry } from '../../domain/interchange.ts';
import { caseEventTypes, itemEventTypes } from '../../domain/payload.ts';
import { createVerifier } from '../../domain/verify.ts';
import { aCaseId, anItemId } from '../kit/event-rows.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/v1/${name}`, import.meta.url), 'utf8');
const FORMAT = readFileSync(new URL('../../domain/FORMAT.md', import.meta.url), 'utf8');

/** Released entries never change. A new version of an entry gets a new file; these lines only ever grow. */
const FROZEN: { readonly [name: string]: string } = {
  'case-first-entry.json': 'd17f58adc3886c6f30e3ade84b5c843269c8c6ab0ef53a5694515dac7af22e0b',
  'every-type.json': '38ed763c593ed277fb6069da70f5ca56bd0d68bb75a04513a085a054139a40fc',
  'item-imported-entry-and-next.json': 'e68e13a74993dc19659274e8cb419af7693edceccfb7a9665b4d9635968022e5',
};

test.each(Object.entries(FROZEN))('the frozen fixture %s is as it was released', (name, sha256) => {
  expect(createHash('sha256').update(fixture(name)).digest('hex')).toBe(sha256);
});

interface Row {
  readonly header: string;
  readonly data: string;
  readonly dataSalt: string;
  readonly text: string | null;
  readonly textSalt: string | null;
}

interface Example extends Row {
  readonly sealing: Omit<Sealing, 'dataSalt' | 'textSalt'>;
  readonly dataHash: string;
  readonly textHash: string;
  readonly hash: string;
}

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));
const read = <T>(name: string): readonly T[] =>
  (JSON.parse(fixture(name)) as { entries: readonly T[] }).entries;

/** The stored entry of a row, its key taken from the header. */
function stored(row: Row): StoredEntry {
  const { caseId, itemId, seq } = JSON.parse(row.header) as { caseId: string; itemId?: string; seq: number };
  return {
    caseId: aCaseId(caseId),
    itemId: itemId === undefined ? undefined : anItemId(itemId),
    seq,
    header: row.header,
    data: row.data,
    dataSalt: bytes(row.dataSalt),
    text: row.text ?? undefined,
    textSalt: row.textSalt === null ? undefined : bytes(row.textSalt),
  };
}

const examples = [
  ...read<Example>('case-first-entry.json'),
  ...read<Example>('item-imported-entry-and-next.json'),
];

/** SHA-256 of salt and string, written here a second time on purpose. */
const sha256 = (...parts: readonly (string | Uint8Array)[]): string => {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part)));
  return createHash('sha256')
    .update(content)
    .digest('base64')
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
};

/** RFC 8785 by the book, for the members that these examples have: sorted copies, written by JSON.stringify. */
const sorted = (value: unknown): unknown =>
  Array.isArray(value) || typeof value !== 'object' || value === null
    ? value
    : Object.fromEntries(
        Object.entries(value)
          .sort(([one], [other]) => (one < other ? -1 : 1))
          .map(([name, member]) => [name, sorted(member)]),
      );
const jcs = (value: unknown): string => JSON.stringify(sorted(value));

describe.each(
  examples.map((example) => ({ name: `${example.sealing.type} (${example.sealing.seq})`, example })),
)('the worked example $name', ({ example }) => {
  const { data, text, names, ...said } = example.sealing;

  test('follows from what it says, byte for byte and by hand', () => {
    expect(example.data).toBe(jcs(data));
    expect(example.text).toBe(jcs({ ...text, ...names }));
    const dataHash = sha256(bytes(example.dataSalt), example.data);
    const textHash = sha256(bytes(example.textSalt ?? ''), example.text ?? '');
    expect([example.dataHash, example.textHash]).toEqual([dataHash, textHash]);
    expect(example.header).toBe(jcs({ ...said, alg: 'sha256', dataHash, textHash }));
    expect(example.hash).toBe(sha256(Uint8Array.of(0), example.header));
  });

  test('is what the domain seals today', () => {
    const sealed = seal({
      ...example.sealing,
      dataSalt: bytes(example.dataSalt),
      textSalt: bytes(example.textSalt ?? ''),
    });
    expect(sealed).toEqual({ stored: stored(example), hash: example.hash });
  });

  test('decodes to what it says', () => {
    const { event, names: shown } = decodeEntry(stored(example));
    expect(event).toMatchObject({
      known: true,
      type: example.sealing.type,
      data,
      text,
      actor: said.actor,
      source: said.source,
    });
    expect(event.occurredOn).toBe(said.occurredOn);
    expect(shown).toEqual(names);
  });

  test('stands in FORMAT.md', () => {
    for (const part of ['data', 'text', 'header'] as const) expect(FORMAT).toContain(`\n${example[part]}\n`);
    for (const part of ['dataSalt', 'textSalt', 'dataHash', 'textHash', 'hash'] as const) {
      expect(FORMAT.replace(/ +/g, ' ')).toContain(`| ${part} | \`${example[part]}\` |`);
    }
  });
});

test('the second entry of the item links to the first', () => {
  const [, first, second] = examples;
  expect(JSON.parse(second?.header ?? '').prev).toBe(first?.hash);
});

test('FORMAT.md says the members of a header, the limits and the name space as they are', () => {
  const section = FORMAT.slice(FORMAT.indexOf('## The header'), FORMAT.indexOf('## Hashes'));
  const members = [...section.matchAll(/^\| (`.*?) \|/gm)].flatMap((row) =>
    [...(row[1] ?? '').matchAll(/`(\w+)`/g)].map((name) => name[1]),
  );
  const header = JSON.parse(examples[1]?.header ?? '') as object;
  expect(members.sort()).toEqual(Object.keys(header).sort());
  for (const limit of [MAX_ENTRY_BYTES, LONG_TEXT, MAX_SEQ])
    expect(FORMAT).toContain(limit.toLocaleString('en'));
  const space = /The name space is `([0-9a-f-]+)`/.exec(FORMAT)?.[1];
  const { source, commandId } = examples[1]?.sealing ?? {};
  expect(importCommandId(source?.sha256 ?? '', 'item 12')).toBe(commandId);
  expect(FORMAT).toContain(`uuid.UUID("${space}")`);
});

describe('entries of release one', () => {
  const rows = read<Row>('every-type.json').map(stored);

  test('are one of every type at least', () => {
    const types = rows.map((row) => decodeEntry(row).event.type);
    expect([...new Set(types)].sort()).toEqual([...new Set([...caseEventTypes, ...itemEventTypes])].sort());
  });

  test('still decode, and are still known', () => {
    for (const row of rows) expect(decodeEntry(row).event).toMatchObject({ known: true, seq: row.seq });
  });

  test('still verify, two of them with erased words', () => {
    const verifier = createVerifier();
    for (const row of rows) expect(verifier.add(row)).toBeUndefined();
    expect(verifier.result()).toMatchObject({ entries: rows.length, erased: 2, fault: undefined });
  });

  test('come back from an export as they were', () => {
    for (const row of rows) {
      expect(storedEntry(JSON.parse(JSON.stringify(presentEntry(decodeEntry(row)))))).toEqual(row);
      expect(entryBytes(row)).toBeLessThan(1_024);
    }
  });
});

/** A fenced block of FORMAT.md, as a reader copies it. */
function block(language: string, holding: string): string {
  const blocks = [...FORMAT.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)];
  const found = blocks.find(([, tag, code]) => tag === language && code?.includes(holding));
  if (!found?.[2]) throw new Error(`FORMAT.md has no ${language} block with ${holding}`);
  return found[2];
}

const has = (...command: [string, ...string[]]): boolean =>
  spawnSync(command[0], command.slice(1)).status === 0;

describe('the commands of FORMAT.md give what it says', () => {
  const python = has('python3', '--version');
  const lines = (rows: readonly StoredEntry[]): string =>
    rows.map((row) => `${JSON.stringify(presentEntry(decodeEntry(row)))}\n`).join('');
  const verify = (input: string) =>
    spawnSync('python3', ['-c', block('python', 'sys.stdin')], { input, encoding: 'utf8' });

  test.skipIf(!has('openssl', 'version') || !has('xxd', '--version'))('openssl recomputes each hash', () => {
    for (const example of examples) {
      const parts = [
        ['data', 'dataSalt', 'dataHash'],
        ['text', 'textSalt', 'textHash'],
      ] as const;
      for (const [part, salt, hash] of parts) {
        const env = {
          PATH: process.env.PATH,
          header: example.header,
          data: example[part] ?? '',
          salt: example[salt] ?? '',
        };
        const said = spawnSync('sh', ['-c', block('sh', 'openssl')], { env, encoding: 'utf8' });
        expect(said.stdout).toBe(`${example[hash]}\n${example.hash}\n`);
      }
    }
  });

  test.skipIf(!python)('python verifies a whole export', () => {
    const rows = read<Row>('every-type.json').map(stored);
    const ends = [rows.findLast((row) => row.itemId === undefined), rows.at(-1)];
    const heads = ends.map(
      (row) => row && `${row.caseId} ${row.itemId ?? 'case'} ${row.seq} ${entryHash(row)}\n`,
    );
    expect(verify(lines(rows))).toMatchObject({ status: 0, stdout: heads.join('') });
  });

  test.skipIf(!python)('and names the first entry that does not verify', () => {
    const [first, second, third] = read<Row>('every-type.json').map((row) => lines([stored(row)]));
    expect(verify(`${first}${third}`).stderr).toMatch(/^qingshan-2023\/case\/3 does not follow entry 1/);
    const reworded = second?.replace('全部问题\\"', '部分问题\\"');
    expect(verify(`${first}${reworded}`).stderr).toMatch(/case\/2: text/);
    const half = second?.replace(/"textSalt":"[^"]+"/, '"textSalt":null');
    expect(verify(`${first}${half}`).stderr).toMatch(/case\/2: half erased/);
  });

  test.skipIf(!python)('python makes the command id of an imported line', () => {
    const said = spawnSync('python3', ['-c', block('python', 'uuid5')], { encoding: 'utf8' });
    expect(said.stdout.trim()).toBe(examples[1]?.sealing.commandId);
  });
});
