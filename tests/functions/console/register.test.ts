import { describe, expect, test } from 'vitest';
import type { Day } from '../../../domain/dates.ts';
import type { Change } from '../../../domain/diff.ts';
import { type ItemId, mintItemId } from '../../../domain/ids.ts';
import { tally } from '../../../domain/inspection/tally.ts';
import { initialCaseView, presentCase } from '../../../domain/inspection/view.ts';
import { EMPTY_HEAD, type Item, presentItem } from '../../../domain/item/present.ts';
import { type ItemView, initialItemView } from '../../../domain/item/view.ts';
import { differences, toldOnce } from '../../../functions/console/compare/differences.ts';
import { valueText } from '../../../functions/console/form/field-label.ts';
import {
  filterItems,
  isFiltered,
  readQuery,
  writeQuery,
} from '../../../functions/console/register/filter.ts';
import { aCaseId } from '../../kit/event-rows.ts';

const TODAY = '2026-06-30' as Day;

function item(number: number, over: Partial<Item> = {}): Item {
  const id = { caseId: aCaseId('register-test'), itemId: mintItemId(number) as ItemId };
  return { ...presentItem(id, initialItemView, EMPTY_HEAD, TODAY), status: 'rectifying', ...over };
}

const items = [
  item(1, { title: '学习不深入', lead: '党建办', status: 'closed', deadline: '2026-01-01' as Day }),
  item(2, {
    title: '往来款挂账',
    lead: '财政办',
    supporting: ['党建办'],
    deadline: '2026-06-29' as Day,
    returns: 1,
  }),
  item(3, { title: 'Old debts', lead: '财政办', deadline: '2026-07-10' as Day, term: 'time-bound' }),
  item(4, { title: '印章管理', status: 'withdrawn' }),
  item(5, { title: '信访', lead: '平安办', status: 'closure-requested', deadline: '2026-08' as Day }),
];

const ask = (query: string) => filterItems(items, readQuery(new URLSearchParams(query)), TODAY);
const numbers = (query: string) => ask(query).items.map(({ itemId }) => Number(itemId));

describe('filters of the register', () => {
  test.each([
    ['', [1, 2, 3, 4, 5]],
    ['status=closed', [1]],
    ['status=open', [2, 3, 5]],
    ['status=standing', [1, 2, 3, 5]],
    ['status=nonsense', [1, 2, 3, 4, 5]],
    ['office=党建办', [1, 2]],
    ['office=党建办&leads=yes', [1]],
    ['term=time-bound', [3]],
    ['due=overdue', [2]],
    ['due=within10', [3]],
    ['due=later', [5]],
    ['due=undated', []],
    ['returned=yes', [2]],
    ['q=款', [2]],
    ['q=old', [3]],
    ['q=0004', [4]],
    ['q=nothing', []],
    ['sort=deadline', [1, 2, 3, 5, 4]],
    ['sort=deadline&order=desc', [5, 3, 2, 1, 4]],
    ['sort=lead&status=open', [5, 2, 3]],
    ['sort=returns&order=desc&status=open', [2, 3, 5]],
  ])('%s shows %j', (query, shown) => expect(numbers(query)).toEqual(shown));

  test('each status is counted under the other filters, whichever status is chosen', () => {
    const { byStatus } = ask('office=财政办&status=closed');
    expect(byStatus).toMatchObject({ all: 2, open: 2, closed: 0, rectifying: 2, withdrawn: 0 });
  });

  test('an address is read as it was written', () => {
    for (const address of [
      '?q=%E6%AC%BE&status=open&office=A%26B&leads=yes&term=long-term&due=overdue&returned=yes&sort=lead&order=desc&page=3',
      '',
      '?status=standing',
    ]) {
      const query = readQuery(new URLSearchParams(address));
      expect(writeQuery(query)).toBe(address);
      expect(isFiltered(query)).toBe(address !== '');
    }
    expect(readQuery(new URLSearchParams('page=-1&sort=x')).page).toBe(1);
    expect(writeQuery(readQuery(new URLSearchParams()), { recordedAsOf: '2026-01-01' })).toBe(
      '?recordedAsOf=2026-01-01',
    );
  });
});

describe('two dates side by side', () => {
  const change = (itemId: ItemId | null, seq: number): Change =>
    ({ itemId, seq, type: 'ProgressReported', kind: 'new', before: {}, after: {} }) as unknown as Change;
  const measure = (over: object) => ({
    measureId: 'm2',
    text: '措施',
    printedNumber: null,
    status: 'adopted' as const,
    due: null,
    office: '财政办',
    occurredOn: null,
    completedOn: null,
    summary: null,
    evidence: 0,
    ...over,
  });

  test('entries are gathered by item, a new member is one line, and a changed one a line for each field', () => {
    const [before, after] = [
      [item(1, { status: 'raised' }), item(2, { measures: [measure({})] })],
      [
        item(1, { status: 'rectifying', measures: [measure({})], progressReports: 3 }),
        item(2, { measures: [measure({ status: 'completed', summary: '完成', evidence: 1 })] }),
        item(3, { title: '新问题' }),
      ],
    ];
    const [one, two] = [mintItemId(1) as ItemId, mintItemId(2) as ItemId];
    const changes = [
      change(null, 4),
      change(one, 2),
      change(one, 3),
      change(two, 9),
      change(mintItemId(3) as ItemId, 1),
    ];
    const found = differences(changes, { items: before }, { items: after });
    expect(found.map(({ itemId, entries }) => [itemId, entries.map(({ seq }) => seq)])).toEqual([
      [null, [4]],
      ['0001', [2, 3]],
      ['0002', [9]],
      ['0003', [1]],
    ]);
    expect(found[0]?.fields).toEqual([]);
    expect(found[1]?.fields).toEqual([
      { field: 'status', before: 'raised', after: 'rectifying' },
      { field: 'measures/m2', before: null, after: '措施' },
    ]);
    expect(found[2]?.fields).toEqual([
      { field: 'measures/m2/status', before: 'adopted', after: 'completed' },
      { field: 'measures/m2/summary', before: null, after: '完成' },
    ]);
    expect(found[3]?.fields).toContainEqual({ field: 'title', before: null, after: '新问题' });
  });

  test('the case itself has its own fields, and not the numbers of its items', () => {
    const at = (fundsFen: number, items: readonly ItemView[]) => ({
      inspection: presentCase(
        aCaseId('qingshan-2023'),
        { ...initialCaseView, title: '巡察整改', fundsFen },
        { ...EMPTY_HEAD, version: fundsFen },
        tally(items),
        '2026-01-31' as Day,
      ),
      items: [],
    });
    const [one] = differences([change(null, 4)], at(100, []), at(20_000, [initialItemView]));
    expect(one?.fields).toEqual([{ field: 'fundsFen', before: 100, after: 20_000 }]);
    const [opened] = differences([change(null, 1)], { items: [] }, at(100, []));
    expect(opened?.fields).toContainEqual({ field: 'title', before: null, after: '巡察整改' });
    expect(valueText('zh', 'fundsFen', 20_000)).toBe('200.00 元');
  });

  test('what a correction changed is told once, and told where no picture shows it', () => {
    const said = { before: '清帐', after: '清账' };
    const lines = [
      { field: 'entries/3/text', ...said },
      { field: 'entries/4/text', before: '一', after: '二' },
      { field: 'measures/m3/text', ...said },
    ];
    expect(toldOnce(lines)).toEqual(lines.slice(1));
  });
});
