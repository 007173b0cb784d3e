import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CaseId } from '../../../domain/ids.ts';
import { type ApiBench, apiBench } from '../../kit/api-bench.ts';
import { type FormFields, fieldValue, type Visitor, visitor } from '../../kit/console-visitor.ts';
import { freshCase } from '../../kit/event-rows.ts';
import { begun } from '../../kit/item-path.ts';
import { accepted, allRows } from '../../kit/ledger-bench.ts';
import { narrowed, people } from '../../kit/people.ts';

const HOSTILE = `"><img src=x onerror="alert(1)"><script>alert(2)</script>`;

describe('the page of a case’s own facts', () => {
  let api: ApiBench;
  let committee: Visitor;
  let reviewer: Visitor;
  beforeAll(async () => {
    api = await apiBench();
    committee = await visitor(api, people.committee);
    reviewer = await visitor(api, people.reviewer);
  });
  afterAll(() => api.stop());

  /** A case with one item that the office of `people.lead` leads. */
  const aCase = async (): Promise<CaseId> => {
    const id = freshCase();
    await begun(api, id);
    await api.projected();
    return id;
  };
  const forms = (html: string) =>
    [...html.matchAll(/<form [^>]*id="form-([A-Za-z]+)"/g)].map(([, type]) => type);
  const shown = async (id: CaseId) => accepted(await api.ledger.inspectionCase(people.committee, id, {}));
  const record = (who: Visitor, id: CaseId, type: string, fields: FormFields) =>
    who.send(`/cases/${id}/facts`, [['type', type], ...fields]);

  test('what a form says is recorded once, shown, and told of in the history', async () => {
    const id = await aCase();
    const fields = [
      ['key', 'plan-1'],
      ['version', '1'],
      ['f.title', '整改方案'],
      ['f.issuedOn', '2026年2月1日'],
      ['f.occurredOn', '2026-02-01'],
    ] as const;
    const sent = await record(committee, id, 'PlanIssued', fields);
    expect([sent.status, sent.location]).toEqual([303, `/cases/${id}/facts?recorded=2#e2`]);
    expect((await record(committee, id, 'PlanIssued', fields)).location).toBe(sent.location);
    expect((await shown(id)).version).toBe(2);
    const { html } = await committee.show(`/cases/${id}/facts?recorded=2`);
    for (const words of [
      '已记录为项目的第 2 条',
      'id="e2"',
      '印发方案',
      '整改方案，2026-02-01 印发',
      '尚未审定',
      '纪工委',
    ])
      expect(html).toContain(words);
    expect((await reviewer.show(`/cases/${id}/facts?recorded=2`)).html).not.toContain('已记录为');
    const money = await record(committee, id, 'FundsRecovered', [
      ['key', 'money-1'],
      ['f.amountFen', '12,345.6'],
    ]);
    expect(money.status).toBe(303);
    expect((await shown(id)).fundsFen).toBe(1_234_560);
    const voided = await record(committee, id, 'EntryVoided', [
      ['key', 'void-1'],
      ['version', '3'],
      ['f.target', '3'],
      ['f.reason', '重复登记'],
    ]);
    expect([voided.status, (await shown(id)).fundsFen]).toEqual([303, 0]);
  });

  test('offers exactly what the role may record now', async () => {
    const id = await aCase();
    const offered = async (who: Visitor) => forms((await who.show(`/cases/${id}/facts`)).html);
    const always = ['AccountabilityRecorded', 'InstitutionRecorded', 'FundsRecovered'];
    expect(await offered(committee)).toEqual([
      'IssueRaised',
      'PlanIssued',
      ...always,
      'CaseSettingsChanged',
      'EntryVoided',
    ]);
    expect(await offered(reviewer)).toEqual([]);
    expect(await offered(await visitor(api, people.auditor))).toEqual([]);
    const version = fieldValue((await committee.show(`/cases/${id}/facts`)).html, 'version');
    await record(committee, id, 'PlanIssued', [
      ['key', 'p'],
      ['version', version],
      ['f.title', '整改方案'],
      ['f.issuedOn', '2026-02'],
    ]);
    expect(await offered(committee)).toContain('PlanAccepted');
  });

  test('an office reads the case and records what is its own, without the history', async () => {
    const id = await aCase();
    const lead = await visitor(api, people.lead);
    const { status, html } = await lead.show(`/cases/${id}/facts`);
    expect([status, forms(html)]).toEqual([200, ['PlanIssued', 'InstitutionRecorded', 'FundsRecovered']]);
    expect(html).toContain('贵单位只看到上面的项目信息');
    expect(html).not.toContain('id="e1"');
    const sent = await record(lead, id, 'InstitutionRecorded', [
      ['key', 'i'],
      ['f.title', '公务接待办法'],
      ['f.itemId', '0001'],
    ]);
    expect(sent.status).toBe(303);
    expect((await lead.show(`/cases/${id}/facts?recorded=2`)).html).toContain('已记录为项目的第 2 条');
    expect(
      (
        await record(lead, id, 'AccountabilityRecorded', [
          ['key', 'x'],
          ['f.kind', 'admonition'],
          ['f.persons', '1'],
        ])
      ).status,
    ).toBe(403);
    const outsider = await visitor(api, people.outsider);
    expect((await outsider.show(`/cases/${id}/facts`)).status).toBe(403);
    const narrow = await visitor(api, narrowed(people.committee, freshCase()));
    expect((await narrow.show(`/cases/${id}/facts`)).status).toBe(403);
    expect((await committee.show(`/cases/${freshCase()}/facts`)).status).toBe(404);
  });

  test('a refused form stands open with its words, its key and its reasons', async () => {
    const id = await aCase();
    const { status, html } = await record(committee, id, 'AccountabilityRecorded', [
      ['key', 'kept-key'],
      ['f.kind', 'admonition'],
      ['f.persons', HOSTILE],
    ]);
    expect(status).toBe(422);
    expect(html).toMatch(/<details class="fold" open=""><summary>登记问责/);
    expect(html).toContain('value="&quot;&gt;&lt;img src=x onerror=&quot;alert(1)&quot;&gt;');
    expect(html).not.toMatch(/<img|<script>/);
    expect(html).toContain('href="#AccountabilityRecorded-persons"');
    expect(html).toContain('value="kept-key"');
    const money = await record(committee, id, 'FundsRecovered', [
      ['key', 'm'],
      ['f.amountFen', '一万元'],
    ]);
    expect([money.status, money.html.includes('value="一万元"')]).toEqual([422, true]);
    const stale = await record(committee, id, 'CaseSettingsChanged', [
      ['key', 'v'],
      ['version', '7'],
      ['f.settings/concentratedMonths', '6'],
    ]);
    expect([stale.status, stale.html.includes('又有人作了记录')]).toEqual([412, true]);
    expect((await shown(id)).version).toBe(1);
  });

  test('an issue is raised and leads to its item; what it says is escaped', async () => {
    const id = await aCase();
    const fields = [
      ['key', 'issue-1'],
      ['f.title', HOSTILE],
    ] as const;
    const sent = await committee.send(`/cases/${id}/items`, fields);
    expect([sent.status, sent.location]).toEqual([303, `/cases/${id}/items/0002`]);
    expect((await committee.send(`/cases/${id}/items`, fields)).location).toBe(sent.location);
    const empty = await committee.send(`/cases/${id}/items`, [
      ['key', 'issue-2'],
      ['f.title', ' '],
    ]);
    expect([empty.status, empty.html.includes('href="#IssueRaised-title"')]).toEqual([422, true]);
    await record(committee, id, 'FundsRecovered', [
      ['key', 'l'],
      ['f.note', HOSTILE],
    ]);
    expect((await committee.show(`/cases/${id}/facts`)).html).not.toMatch(/<img|<script>/);
  });

  test('a form of nobody records nothing', async () => {
    const id = await aCase();
    const before = (await allRows(api.deps.events)).length;
    for (const token of ['', 'forged']) {
      const fields: FormFields = [
        ['form-token', token],
        ['key', 'k'],
        ['type', 'FundsRecovered'],
        ['f.note', '全部'],
        ['f.title', '标题'],
      ];
      expect((await committee.send(`/cases/${id}/facts`, fields)).status).toBe(403);
      expect((await committee.send(`/cases/${id}/items`, fields)).status).toBe(403);
    }
    expect((await allRows(api.deps.events)).length).toBe(before);
  });

  test('on a clock it shows that picture and takes no entry', async () => {
    const id = await aCase();
    const then = accepted(await api.ledger.entry(people.committee, { caseId: id }, 1)).entry.header
      .recordedAt;
    await record(committee, id, 'FundsRecovered', [
      ['key', 'l'],
      ['f.amountFen', '1'],
    ]);
    const { status, html } = await committee.show(`/cases/${id}/facts?recordedAsOf=${then}`);
    expect([status, forms(html), html.includes('id="e2"')]).toEqual([200, [], false]);
    expect(html).toContain('记录截至 2026-03-02');
    expect(html).toContain('0.00 元');
    expect((await committee.show(`/cases/${id}/facts?effectiveOn=2999-01-01`)).status).toBe(422);
  });
});
