import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256Hex } from '../../../domain/hashing.ts';
import type { CaseId } from '../../../domain/ids.ts';
import { parseNotice } from '../../../domain/notice/parse.ts';
import { readingsByLine } from '../../../domain/notice/readings.ts';
import { type ApiBench, apiBench } from '../../kit/api-bench.ts';
import { fieldValue, type Visitor, visitor } from '../../kit/console-visitor.ts';
import { aCaseId, freshCase } from '../../kit/event-rows.ts';
import { accepted, allRows } from '../../kit/ledger-bench.ts';
import { narrowed, people } from '../../kit/people.ts';

const NOTICE = `2024年3月11日至5月20日，区委第三巡察组对栖禾街道党工委开展了常规巡察。2024年7月16日，区委第三巡察组向栖禾街道党工委反馈巡察意见。
整改期间，党纪处分2人，提醒谈话20余人；建立完善制度3项；追缴资金1.5万元。

一、关于“服务企业停留在走访登记”问题的整改情况
（一）设立企业服务专窗，3个工作日内首次回复。
（二）2024年8月15日，召开座谈会听取意见。
三、关于“河道排口巡查流于形式”问题的整改情况
（一）对127个排口重新编号定位。
`;
const HOSTILE = `"><img src=x onerror="alert(1)"><script>alert(2)</script>`;

const textFile = (content: string | Uint8Array<ArrayBuffer>, name = '公布.txt') =>
  new File([content], name, { type: 'text/plain' });

describe('an import in the console', () => {
  let api: ApiBench;
  let committee: Visitor;
  beforeAll(async () => {
    api = await apiBench();
    committee = await visitor(api, people.committee);
  });
  afterAll(() => api.stop());

  const preview = (id: string, file: File) =>
    committee.send('/import', [
      ['step', 'preview'],
      ['f.caseId', id],
      ['file', file],
      ['f.text', ''],
    ]);
  /** Sends the second form of a preview as it stands. */
  const commit = (html: string) =>
    committee.send('/import', [
      ['step', 'commit'],
      ['f.caseId', fieldValue(html, 'f.caseId')],
      ['source', fieldValue(html, 'source')],
      ['source-name', fieldValue(html, 'source-name')],
    ]);
  const sourceOf = async (id: CaseId) =>
    accepted(await api.ledger.inspectionCase(people.committee, id, {})).sources[0];
  const rows = async () => (await allRows(api.deps.events)).length;

  test('shows what was understood of each line and records nothing; the commit records it, once', async () => {
    const id = freshCase();
    const before = await rows();
    const { status, html } = await preview(id, textFile(NOTICE));
    expect([status, await rows()]).toEqual([200, before]);
    for (const words of [
      '还没有记录',
      '栖禾街道党工委',
      '2024-07-16',
      '提醒谈话 20 余人',
      '15,000.00',
      '措施 （一）',
      '发生于 2024-08-15',
      'id="L7"',
      'href="#L7"',
      '序号有跳号',
      '略过',
      `将新立项目 ${id}`,
    ]) {
      expect(html).toContain(words);
    }
    const done = await commit(html);
    expect(done.html).toContain('已记录');
    expect(done.html).toContain(`href="/cases/${id}/facts"`);
    const after = await rows();
    expect(after).toBeGreaterThan(before + 8);
    expect((await commit(html)).html).toContain('此前已经全部导入');
    expect(await rows()).toBe(after);
    const other = await preview(id, textFile(NOTICE.replace('127', '128')));
    expect(other.html).toContain('已经导入过另一份公布');
  });

  test.each([
    ['LF', NOTICE],
    ['CRLF', NOTICE.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\ufeff${NOTICE}`],
  ])('records the very bytes of a file with %s', async (_, content) => {
    const id = freshCase();
    await commit((await preview(id, textFile(content))).html);
    expect(await sourceOf(id)).toBe(sha256Hex(Buffer.from(content, 'utf8')));
  });

  test('reads GB18030 and says so; what is no text is refused, and so is what is no notice', async () => {
    const id = freshCase();
    // 关于“问题”的整改情况 and 巡察, as GB18030 has them.
    const gb = Buffer.from(
      'd2bba1a2b9d8d3daa1b0d1b2b2ecb7a2cfd6cee5ccc7b2bbc7e5a1b1cecaccE2b5c4d5fbb8c4c7e9bff60aa3a8d2bba3a9d2d1d5fbb8c4a1a30a',
      'hex',
    );
    const read = await preview(id, textFile(new Uint8Array(gb)));
    expect([read.status, read.html.includes('GB18030'), read.html.includes('整改情况')]).toEqual([
      200,
      true,
      true,
    ]);
    const binary = await preview(id, textFile(new Uint8Array([0x50, 0x4b, 0xff, 0xfe, 0xff])));
    expect([binary.status, binary.html.includes('不是 UTF-8 或 GB18030')]).toEqual([422, true]);
    const letter = await preview(id, textFile('今天天气很好。', '信<b>.txt'));
    expect([letter.status, letter.html.includes('信&lt;b&gt;.txt')]).toEqual([422, true]);
    const long = await preview(id, textFile('整改'.repeat(1_000_001)));
    expect([long.status, long.html.includes('name="source"')]).toEqual([422, false]);
    expect(fieldValue(letter.html, 'source')).toBe(Buffer.from('今天天气很好。').toString('base64'));
  });

  test('keeps what was typed where something is wrong, and escapes every byte of it', async () => {
    const sent = await committee.send('/import', [
      ['step', 'preview'],
      ['f.caseId', HOSTILE],
      ['f.text', `\n${HOSTILE}</textarea>`],
    ]);
    expect(sent.status).toBe(422);
    expect(sent.html).not.toMatch(/<img|<script>|<\/textarea>[\s\S]*alert\(2\)/);
    expect(sent.html).toContain('&lt;script&gt;alert(2)&lt;/script&gt;&lt;/textarea&gt;');
    const shown = await preview(freshCase(), textFile(NOTICE.replace('企业', HOSTILE), `${HOSTILE}.txt`));
    expect(shown.status).toBe(200);
    expect(shown.html).not.toMatch(/<img|<script>/);
    expect(shown.html).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;');
  });

  test('says beforehand that no case can be opened from a beginning that names too little', async () => {
    const id = freshCase();
    const headless = NOTICE.split('\n').slice(3).join('\n');
    const { html } = await preview(id, textFile(headless));
    expect(html).toContain('请先在下面立项');
    expect(html).toContain('action="/cases"');
    expect(html).not.toContain('value="commit"');
    const forced = await committee.send('/import', [
      ['step', 'commit'],
      ['f.caseId', id],
      ['source', Buffer.from(headless).toString('base64')],
    ]);
    expect([forced.status, forced.html.includes('请先立项')]).toEqual([422, true]);
  });

  test('is the committee’s, reaches the cases of its token, and needs a form of this person', async () => {
    const before = await rows();
    const fields = [
      ['step', 'commit'],
      ['f.caseId', freshCase()],
      ['source', Buffer.from(NOTICE).toString('base64')],
    ] as const;
    for (const who of [people.lead, people.reviewer, people.auditor]) {
      const other = await visitor(api, who);
      expect((await other.show('/import')).status).toBe(403);
      expect((await other.send('/import', fields)).status).toBe(403);
      expect((await other.send('/cases', [['f.caseId', freshCase()]])).status).toBe(403);
    }
    const narrow = await visitor(api, narrowed(people.committee, freshCase()));
    expect((await narrow.send('/import', fields)).status).toBe(403);
    for (const token of ['', 'forged']) {
      expect((await committee.send('/import', [['form-token', token], ...fields])).status).toBe(403);
      expect((await committee.send('/cases', [['form-token', token], ...fields])).status).toBe(403);
    }
    expect(await rows()).toBe(before);
  });

  test('an empty case opens from its form, once for each form', async () => {
    const id = freshCase();
    const fields = [
      ['key', 'key-1'],
      ['f.caseId', id],
      ['f.title', '巡察整改'],
      ['f.inspectedBody', '栖禾街道党工委'],
      ['f.inspectingBody', '区委第三巡察组'],
      ['f.inspection/from', '2024年3月'],
      ['f.inspection/to', '2024-05-20'],
      ['f.feedbackOn', '2024-07-16'],
      ['f.settings/concentratedMonths', '3'],
      ['f.settings/requiredEndorsements', '组织部、巡察办'],
      ['f.occurredOn', ''],
    ] as const;
    const wrong = await committee.send(
      '/cases',
      fields.map(([name, value]) => [name, name === 'f.inspection/to' ? '2023' : value] as const),
    );
    expect([wrong.status, wrong.html.includes('value="2023"'), wrong.html.includes('超出范围')]).toEqual([
      422,
      true,
      true,
    ]);
    const opened = await committee.send('/cases', fields);
    expect([opened.status, opened.location]).toEqual([303, `/cases/${id}/facts`]);
    expect((await committee.send('/cases', fields)).status).toBe(303);
    expect(accepted(await api.ledger.inspectionCase(people.committee, aCaseId(id), {}))).toMatchObject({
      version: 1,
      inspection: { from: '2024-03', to: '2024-05-20' },
      settings: { concentratedMonths: 3, requiredEndorsements: ['组织部', '巡察办'] },
    });
    const again = await committee.send(
      '/cases',
      fields.map(([name, value]) => [name, name === 'key' ? 'key-2' : value] as const),
    );
    expect([again.status, again.html.includes('已有同名项目编号')]).toEqual([409, true]);
  });
});

test('every line is read as what the report counts it for', () => {
  const example = readFileSync(
    new URL('../../../functions/local/example/notice.txt', import.meta.url),
    'utf8',
  );
  for (const text of [NOTICE, example, `字体：大 中 小\r\n${NOTICE}\n\n`]) {
    const report = parseNotice(text);
    if (report.kind !== 'notice') throw new Error(report.message);
    const counts = { total: 0, header: 0, items: 0, measures: 0, tail: 0, ignored: 0 };
    for (const { readings } of readingsByLine(text, report)) {
      counts.total += 1;
      const is = (kind: string) => readings.some((reading) => reading.kind === kind);
      if (readings.length === 0) counts.ignored += 1;
      else if (is('header') || is('tail')) counts[is('tail') ? 'tail' : 'header'] += 1;
      else if (is('measure') && !is('item')) counts.measures += 1;
      else counts.items += 1;
    }
    expect(counts).toEqual(report.lines);
  }
});
