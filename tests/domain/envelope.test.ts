import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ROLES } from '../../domain/actor.ts';
import { decodeEntry, UndecodableEntry } from '../../domain/decode.ts';
import { type Sealing, type StoredEntry, seal } from '../../domain/envelope.ts';
import { GENESIS } from '../../domain/hashing.ts';
import { type ItemId, mintItemId } from '../../domain/ids.ts';
import { presentEntry, storedEntry } from '../../domain/interchange.ts';
import { createVerifier, type Head } from '../../domain/verify.ts';
import { caseHistories, itemHistories } from './histories.ts';
import {
  append,
  CASE,
  CASE_STREAM,
  committee,
  completed,
  ITEM,
  LEDGER,
  lead,
  record,
  rectifying,
  SHA256,
  START,
} from './kit.ts';

const salt = fc.uint8Array({ minLength: 16, maxLength: 16 });
const words = fc.string({ unit: 'grapheme', minLength: 1 });
const source = fc.oneof(
  fc.record({ sha256: fc.constant(SHA256), lines: fc.tuple(fc.nat(), fc.nat()) }),
  fc.record({ sha256: fc.constant(SHA256), cells: fc.string() }),
  fc.record({ sha256: fc.constant(SHA256) }),
);

/** Well-formed first entries with any words; the item is there or not, as the occasional parts are. */
const sealings = fc.record({
  actor: fc.record({ iss: words, sub: words, office: words, role: fc.constantFrom(...ROLES) }),
  caseId: fc.constant(CASE),
  itemId: fc.integer({ min: 1, max: 9_999 }).map((n) => mintItemId(n) as ItemId),
  commandId: words,
  ledger: words,
  occurredOn: fc.constantFrom(undefined, '2024', '2024-02', '2024-02-29') as never,
  prev: fc.constant(GENESIS),
  recordedAt: fc
    .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString() as never),
  seq: fc.constant(1),
  source: fc.option(source, { nil: undefined }),
  type: fc.constant('ProgressReported'),
  v: fc.constant(1),
  data: fc.constantFrom({}, { measureId: 'm3' }),
  text: fc.record({ text: fc.constantFrom('进展', '“初稿”\n𠮷', 'a"b\\c') }),
  names: fc.record({ actorName: words, officeName: words }, { requiredKeys: [] }),
  dataSalt: salt,
  textSalt: salt,
}) as fc.Arbitrary<Sealing>;

const REQUIRED = [
  'actor',
  'alg',
  'caseId',
  'commandId',
  'dataHash',
  'ledger',
  'prev',
  'recordedAt',
  'seq',
  'textHash',
  'type',
  'v',
];

describe('sealing, decoding and verifying', () => {
  test('give back what was said, and verify', () => {
    fc.assert(
      fc.property(sealings, (sealing) => {
        const { stored, hash } = seal(sealing);
        const { event, names, header } = decodeEntry(stored);
        const { dataSalt, textSalt, names: said, prev, ledger, ...rest } = sealing;
        expect(event).toEqual({ ...rest, known: true });
        expect([names, header.prev, header.ledger]).toEqual([said, prev, ledger]);
        const verifier = createVerifier([{ caseId: CASE, itemId: stored.itemId ?? null, version: 1, hash }]);
        expect(verifier.add(stored)).toBeUndefined();
        expect(verifier.result().fault).toBeUndefined();
        expect(storedEntry(JSON.parse(JSON.stringify(presentEntry(decodeEntry(stored)))))).toEqual(stored);
      }),
    );
  });

  test('a header has exactly its members', () => {
    fc.assert(
      fc.property(sealings, fc.boolean(), (sealing, ofCase) => {
        const header = JSON.parse(
          seal({ ...sealing, itemId: ofCase ? undefined : sealing.itemId }).stored.header,
        ) as object;
        const optional = [
          ofCase ? [] : 'itemId',
          sealing.occurredOn ? 'occurredOn' : [],
          sealing.source ? 'source' : [],
        ].flat();
        expect(Object.keys(header)).toEqual([...REQUIRED, ...optional].sort());
        expect(Object.keys((header as { actor: object }).actor)).toEqual(['iss', 'office', 'role', 'sub']);
      }),
    );
  });

  test('what else a token says of a person stays out of the header', () => {
    const who = { ...committee('CaseOpened').who, actorName: '陈某', cases: [CASE] };
    const [entry] = record(CASE_STREAM, [{ ...committee('CaseOpened'), who }]);
    expect(entry?.stored.header).not.toMatch(/陈某|cases/);
  });
});

describe('decoding', () => {
  const [, , good] = record(ITEM, rectifying);
  if (!good) throw new Error('no entry');
  const decodes = (stored: StoredEntry): void => {
    try {
      decodeEntry(stored);
    } catch (error) {
      expect(error).toBeInstanceOf(UndecodableEntry);
    }
  };
  const junk = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc.anything().map((value) => String(JSON.stringify(value))),
    fc.integer({ min: 1, max: 20_000 }).map((depth) => '['.repeat(depth)),
  );

  test('throws nothing but UndecodableEntry on arbitrary strings', () => {
    fc.assert(
      fc.property(junk, junk, fc.option(junk, { nil: undefined }), (header, data, text) => {
        decodes({ ...good.stored, header });
        decodes({ ...good.stored, data });
        decodes({ ...good.stored, text });
        decodes({ ...good.stored, header, data, text });
      }),
      { numRuns: 500 },
    );
  });

  test('nor on headers with any members', () => {
    const fields = fc.constantFrom(...REQUIRED, 'itemId', 'occurredOn', 'source', 'other', '__proto__');
    fc.assert(
      fc.property(fields, fc.jsonValue(), (name, value) => {
        const header = Object.fromEntries([
          ...Object.entries(JSON.parse(good.stored.header) as object),
          [name, value],
        ]);
        decodes({ ...good.stored, header: JSON.stringify(header) });
      }),
      { numRuns: 1_000 },
    );
  });

  const changed = (change: (header: Record<string, unknown>) => void): StoredEntry => {
    const header = JSON.parse(good.stored.header) as Record<string, unknown>;
    change(header);
    return { ...good.stored, header: JSON.stringify(header) };
  };
  const removals = REQUIRED.map(
    (name) => [`without ${name}`, (header: Record<string, unknown>) => delete header[name]] as const,
  );
  const wrongs: readonly (readonly [string, (header: Record<string, unknown>) => unknown])[] = [
    ...removals,
    ['with another member', (header) => Object.assign(header, { note: '' })],
    ['of another algorithm', (header) => Object.assign(header, { alg: 'sm3' })],
    ['of another key', (header) => Object.assign(header, { seq: 4 })],
    ['of another item', (header) => Object.assign(header, { itemId: '0002' })],
    ['of the case', (header) => delete header.itemId],
    ['of an unknown role', (header) => Object.assign(header.actor as object, { role: 'admin' })],
    ['with a person of more members', (header) => Object.assign(header.actor as object, { name: '张' })],
    ['with half a date', (header) => Object.assign(header, { occurredOn: '2024-1' })],
    ['with a source without hash', (header) => Object.assign(header, { source: { lines: [1, 2] } })],
    ['with a null item', (header) => Object.assign(header, { itemId: null })],
    ['with a short hash', (header) => Object.assign(header, { prev: 'AAAA' })],
    [
      'with a hash whose last bits are set',
      (header) => Object.assign(header, { prev: `${'A'.repeat(42)}B` }),
    ],
    [
      'recorded without milliseconds',
      (header) => Object.assign(header, { recordedAt: '2024-03-04T01:00:00Z' }),
    ],
  ];
  test.each(wrongs)('refuses a header %s', (_, change) => {
    expect(() => decodeEntry(changed(change))).toThrow(UndecodableEntry);
  });

  test('refuses fields that the type does not have, or of another kind', () => {
    expect(() => decodeEntry({ ...good.stored, data: '{"due":5}' })).toThrow(/\/data\/due/);
    expect(() => decodeEntry({ ...good.stored, data: '{"words":"x"}' })).toThrow(/\/data\/words/);
    expect(() => decodeEntry({ ...good.stored, text: '{}' })).toThrow(/\/text\/text/);
  });

  test('takes an unknown type or version whole, and says that it is unknown', () => {
    for (const unknown of [{ type: 'MeasureRenamed' }, { v: 2 }]) {
      expect(decodeEntry(changed((header) => Object.assign(header, unknown))).event).toMatchObject({
        known: false,
        ...unknown,
        data: {},
      });
    }
  });
});

describe('the verifier', () => {
  const pairs = fc
    .tuple(caseHistories, itemHistories)
    .map(([one, two]) => [...one.slice(0, 6), ...two.slice(0, 6)].map((entry) => entry.stored));
  const verify = (rows: readonly StoredEntry[], heads: readonly Head[] = []) => {
    const verifier = createVerifier(heads);
    for (const row of rows) verifier.add(row);
    return verifier.result();
  };

  test('finds nothing in what the ledger wrote', () => {
    fc.assert(
      fc.property(pairs, (rows) => {
        const { fault, heads, entries } = verify(rows);
        expect([fault, entries, heads.length]).toEqual([undefined, rows.length, 2]);
        expect(verify(rows, heads).fault).toBeUndefined();
      }),
    );
  });

  test('finds any single changed byte', () => {
    const parts = fc.constantFrom('header', 'data', 'text', 'dataSalt', 'textSalt');
    fc.assert(
      fc.property(
        pairs,
        fc.nat(),
        parts,
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (rows, which, part, at, flip) => {
          const { heads } = verify(rows);
          const index = which % rows.length;
          const row = rows[index] as StoredEntry;
          const was = row[part as 'header'] as string | Uint8Array;
          const bytes = Buffer.from(was);
          bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ flip;
          const now = typeof was === 'string' ? bytes.toString('utf8') : new Uint8Array(bytes);
          const { fault } = verify(rows.with(index, { ...row, [part]: now }), heads);
          // A changed header shows at its own place or in the next entry's link, the newest one's in the head.
          expect([row.seq, row.seq + 1]).toContain(fault?.seq);
        },
      ),
      { numRuns: 400 },
    );
  });

  test('finds a gap, a swap, a doubled, a cut-off and a foreign entry', () => {
    fc.assert(
      fc.property(pairs, fc.nat(), (rows, which) => {
        const { heads } = verify(rows);
        const index = which % rows.length;
        const row = rows[index] as StoredEntry;
        expect(verify(rows.toSpliced(index, 1), heads).fault).toBeDefined();
        expect(verify(rows.toSpliced(index, 0, row), heads).fault).toBeDefined();
        if (index + 1 < rows.length) {
          const swapped = rows.with(index, rows[index + 1] as StoredEntry).with(index + 1, row);
          if (swapped[index]?.itemId === row.itemId)
            expect(verify(swapped).fault).toMatchObject({ seq: row.seq + 1 });
        }
        const moved = { ...row, seq: row.seq + 1 };
        expect(verify(rows.with(index, moved)).fault).toBeDefined();
        const renamed = { ...row, header: row.header.replace(LEDGER, 'YW5vdGhlci1sZWRnZXItLg') };
        if (index > 0) expect(verify(rows.with(index, renamed)).fault?.seq).toBe(row.seq);
      }),
    );
  });

  const rows = record(ITEM, completed).map((entry) => entry.stored);
  const without = (part: object): StoredEntry[] =>
    rows.map((row) => (row.seq === 3 ? { ...row, ...part } : row));

  test('takes erased words, and counts them', () => {
    const erased = record(ITEM, [...completed, committee('TextErased')]).map((entry) => entry.stored);
    const gone = erased.map((row) =>
      row.seq === 3 ? { ...row, text: undefined, textSalt: undefined } : row,
    );
    expect(verify(gone)).toMatchObject({ erased: 1, fault: undefined });
  });

  test('finds words that are gone without an erasure, in the last stream and before', () => {
    const gone = without({ text: undefined, textSalt: undefined });
    const why = 'its words are gone, and no erasure names it';
    expect(verify(gone).fault).toMatchObject({ seq: 3, why });
    const other = record({ ...ITEM, itemId: '0002' as never }, completed).map((entry) => entry.stored);
    expect(verify([...gone, ...other]).fault).toMatchObject({ itemId: '0001', seq: 3, why });
  });

  test('takes no words without their salt, whatever they say, and no salt without words', () => {
    expect(verify(without({ text: '{"text":"改过"}', textSalt: undefined })).fault).toMatchObject({ seq: 3 });
    expect(verify(without({ text: undefined })).fault).toMatchObject({ seq: 3 });
  });

  test('finds a rewritten stream by a head that was kept elsewhere, and only by it', () => {
    const rewritten = record(ITEM, [
      ...rectifying.slice(0, 2),
      lead('MeasureAdopted', { text: '另一措施' }),
      ...completed.slice(3),
    ]).map((entry) => entry.stored);
    const { heads } = verify(rows);
    expect(verify(rewritten).fault).toBeUndefined();
    expect(verify(rewritten, heads).fault).toMatchObject({ seq: 5, why: expect.stringContaining('kept') });
  });

  test('finds a cut-off stream by a head, and a head of nothing', () => {
    const { heads } = verify(rows);
    expect(verify(rows.slice(0, 4), heads).fault).toMatchObject({
      seq: 5,
      why: expect.stringContaining('not in the ledger'),
    });
    const [head] = heads as [Head];
    expect(verify(rows, [{ ...head, version: 3 }]).fault).toMatchObject({ seq: 3 });
  });

  test('finds a skipped seq, though the links hold', () => {
    const actor = committee('CaseOpened').who;
    const said = { type: 'IssueRaised', actor, data: {}, text: { title: '甲' }, recordedAt: START };
    const first = append(ITEM, [], said);
    const skipping = append(ITEM, [first], said);
    const header = skipping.stored.header.replace('"seq":2', '"seq":3');
    const second = { ...skipping.stored, seq: 3, header };
    expect(verify([first.stored, second]).fault).toMatchObject({ seq: 3, why: 'it follows entry 1' });
  });

  test('takes a stream in one piece only', () => {
    const [case1] = record(CASE_STREAM, [committee('CaseOpened')]).map((entry) => entry.stored);
    expect(verify([...rows.slice(0, 2), case1 as StoredEntry, ...rows.slice(2)]).fault).toMatchObject({
      seq: 3,
      why: expect.stringContaining('one piece'),
    });
  });
});
