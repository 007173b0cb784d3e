import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHINA, type Day, instantOf, type PartialDate, type ZoneOffset } from '../../../domain/dates.ts';
import { type ItemId, mintItemId } from '../../../domain/ids.ts';
import type { OfficeDeadlines } from '../../../domain/inspection/deadlines.ts';
import type { CaseDeadlines } from '../../../functions/app/case-deadlines.ts';
import { composeDigest } from '../../../functions/digest/compose-digest.ts';
import { aCaseId } from '../../kit/event-rows.ts';

const counted = { day: '2026-04-11' as Day, zone: CHINA, withinDays: 10, silentDays: 30 };
const itemOf = (n: number) => ({ itemId: mintItemId(n) as ItemId, title: `问题${n}` });
const due = (n: number, days: number, deadline = '2026-04-15') => ({
  ...itemOf(n),
  deadline: deadline as PartialDate,
  days,
});
const silent = (n: number, days: number) => ({ ...itemOf(n), since: '2026-03-01' as Day, days });
const inCase = (name: string, ...offices: readonly OfficeDeadlines[]): CaseDeadlines => ({
  caseId: aCaseId(name),
  title: '巡察整改',
  offices,
});

const cases = [
  inCase(
    'xl-2023',
    { office: '民政办', overdue: [], due: [due(4, 4)], silent: [] },
    {
      office: '财政办',
      overdue: [due(1, 11, '2026-03')],
      due: [due(2, 0, '2026-04-11')],
      silent: [silent(1, 41)],
    },
    { office: null, overdue: [due(9, 70, '2026-01-31')], due: [], silent: [] },
  ),
  inCase('yy-2024', {
    office: '财政办',
    overdue: [due(3, 90, '2026-01-11')],
    due: [],
    silent: [silent(3, 1)],
  }),
];

describe('the digest', () => {
  test('says in Chinese what each office has to answer for, the most urgent first', () => {
    expect(composeDigest({ counted, cases }, 'zh')).toBe(
      `整改时限提醒 2026-04-11
全部单位合计：逾期 3，10 天内到期 2，超过 30 天没有动静 2

财政办：逾期 2，10 天内到期 1，超过 30 天没有动静 2
  逾期
    yy-2024/0003  问题3  时限 2026-01-11  已逾期 90 天
    xl-2023/0001  问题1  时限 2026-03  已逾期 11 天
  10 天内到期
    xl-2023/0002  问题2  时限 2026-04-11  当日到期
  超过 30 天没有动静
    xl-2023/0001  问题1  最近动静 2026-03-01  距今 41 天
    yy-2024/0003  问题3  最近动静 2026-03-01  距今 1 天

民政办：逾期 0，10 天内到期 1，超过 30 天没有动静 0
  10 天内到期
    xl-2023/0004  问题4  时限 2026-04-15  还剩 4 天

（未分派牵头单位）：逾期 1，10 天内到期 0，超过 30 天没有动静 0
  逾期
    xl-2023/0009  问题9  时限 2026-01-31  已逾期 70 天
`,
    );
  });

  test('says the same in English', () => {
    const text = composeDigest({ counted, cases }, 'en');
    expect(text).toContain(
      'All offices together: overdue 3, due within 10 days 2, silent for over 30 days 2\n',
    );
    expect(text).toContain('    xl-2023/0002  问题2  deadline 2026-04-11  last day\n');
    expect(text).toContain('    yy-2024/0003  问题3  last moved 2026-03-01  1 day ago\n');
    expect(text.split('\n')).toHaveLength(composeDigest({ counted, cases }, 'zh').split('\n').length);
  });

  test('says so when there is nothing, and which picture it is', () => {
    expect(composeDigest({ counted, cases: [] }, 'zh')).toBe(
      '整改时限提醒 2026-04-11\n没有逾期、临近到期或久无动静的问题。\n',
    );
    const recordedAsOf = instantOf(Date.UTC(2026, 3, 11));
    const cut = { recordedAsOf, effectiveOn: counted.day, settled: true, laterEntries: 2 };
    const [, picture, later] = composeDigest({ counted, cases, cut }, 'en').split('\n');
    expect(picture).toContain('what was true on 2026-04-11, as the ledger knew at 2026-04-11 08:00:00');
    expect(later).toBe('The ledger has recorded 2 entries since.');
  });

  test('names the end of a day in the zone of the ledger', () => {
    const cut = { recordedAsOf: instantOf(Date.UTC(2026, 3, 11, 16) - 1), settled: true, laterEntries: 0 };
    const lines = (zone: ZoneOffset) =>
      composeDigest({ counted: { ...counted, zone }, cases, cut }, 'zh').split('\n');
    expect(lines(CHINA).slice(1, 3)).toEqual([
      '您看到的不是现在的情况，而是账本在 2026-04-11 结束时 所说的内容。',
      '此后没有新的记录。',
    ]);
    expect(lines(0)[1]).toContain('2026-04-11 15:59:59');
  });

  test('on the effective clock alone it says nothing of what was recorded since', () => {
    const cut = { effectiveOn: counted.day, settled: false, laterEntries: 0 };
    for (const [language, since] of [
      ['zh', '此后'],
      ['en', 'since'],
    ] as const) {
      const text = composeDigest({ counted, cases, cut }, language);
      expect(text.split('\n')[1]).toContain('2026-04-11');
      expect(text).not.toContain(since);
    }
  });

  test('holds each item to its own line, whatever its title says, and says when words were erased', () => {
    const titles = ['甲\n全部单位合计：逾期 0', '\u202e倒写\u001b[2J', null, '长'.repeat(500)];
    const overdue = titles.map((title, at) => ({ ...due(at + 1, 1), title }));
    const text = composeDigest(
      { counted, cases: [inCase('xl-2023', { office: '财政办', overdue, due: [], silent: [] })] },
      'zh',
    );
    expect(text.split('\n')).toHaveLength(3 + 2 + titles.length + 1);
    for (const character of ['\u202e', '\u001b']) expect(text).not.toContain(character);
    expect(text).toContain('（文字已依法删除）');
    expect(text).toContain(`${'长'.repeat(49)}…`);
  });
});

describe('a digest that must be short', () => {
  const many = (offices: number, items: number): CaseDeadlines[] => [
    inCase(
      'xl-2023',
      ...Array.from({ length: offices }, (_, at) => ({
        office: `第${at}办`,
        overdue: Array.from({ length: items }, (_, n) => due(n + 1, items - n)),
        due: [due(items + 1, 3)],
        silent: [],
      })),
    ),
  ];

  test('lists the first items of each office, and says how many more there are', () => {
    const text = composeDigest({ counted, cases: many(3, 40) }, 'zh', 2_000);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2_000);
    expect(text).toContain('篇幅所限');
    expect(text).toContain('全部单位合计：逾期 120，');
    expect(text).toContain('xl-2023/0001');
    const listed = /\n第1办([\s\S]*)\n第2办/.exec(text)?.[1]?.match(/已逾期/g)?.length ?? 0;
    expect(listed).toBeGreaterThan(2);
    expect(text).toContain(`    另有 ${40 - listed} 项，此处未列出\n`);
  });

  test('lists counts alone where not one item of each fits, and the first offices where they do not', () => {
    const counts = composeDigest({ counted, cases: many(20, 5) }, 'en', 3_000);
    expect(counts).not.toContain('xl-2023/');
    expect(counts).toContain('第19办: overdue 5');
    const text = composeDigest({ counted, cases: many(500, 1) }, 'en', 3_000);
    const shown = text.match(/^第\d+办/gm)?.length ?? 0;
    expect(shown).toBeGreaterThan(10);
    expect(text.trimEnd().split('\n').at(-1)).toBe(`${500 - shown} more offices, not listed here`);
  });

  test('law: never longer than it may be, and nothing is left out without a word', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 400, max: 12_000 }),
        (offices, items, most) => {
          const content = { counted, cases: many(offices, items) };
          const text = composeDigest(content, 'en', most);
          expect(Buffer.byteLength(text)).toBeLessThanOrEqual(most);
          const whole = Buffer.byteLength(composeDigest(content, 'en')) <= most;
          expect(text.includes('Too long to be listed whole')).toBe(!whole);
          const named = text.match(/^第\d+办/gm)?.length ?? 0;
          const left = Number(/^(\d+) more offices?, /m.exec(text)?.[1] ?? 0);
          expect(named + left).toBe(offices);
          const listed = text.match(/ over$/gm)?.length ?? 0;
          const more = [...text.matchAll(/^ +(\d+) more, /gm)].reduce(
            (sum, [, count]) => sum + Number(count),
            0,
          );
          if (listed > 0) expect(listed + more).toBe(offices * items);
        },
      ),
    );
  });
});
