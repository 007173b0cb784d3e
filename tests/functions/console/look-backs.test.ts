import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CaseId } from '../../../domain/ids.ts';
import { type ApiBench, apiBench } from '../../kit/api-bench.ts';
import { type FormFields, type Visitor, visitor } from '../../kit/console-visitor.ts';
import { freshCase } from '../../kit/event-rows.ts';
import { begun, entry, recorded } from '../../kit/item-path.ts';
import { people } from '../../kit/people.ts';

const HOSTILE = '"><img src=x onerror="alert(1)">';

describe('the pages of look-backs', () => {
  let api: ApiBench;
  let reviewer: Visitor;
  beforeAll(async () => {
    api = await apiBench();
    reviewer = await visitor(api, people.reviewer);
  });
  afterAll(() => api.stop());

  /** A case with one open item and a look-back, which entry 2 opened. */
  const aCase = async (scope = '抽查'): Promise<CaseId> => {
    const id = freshCase();
    await begun(api, id);
    await recorded(api, people.reviewer, `/v1/cases/${id}/events`, entry('LookBackOpened', { scope }));
    return id;
  };
  const forms = (html: string) =>
    [...html.matchAll(/<form [^>]*id="form-([A-Za-z]+)"/g)].map(([, type]) => type);
  const entriesOf = async (id: CaseId) =>
    (await api.ask(people.reviewer, 'GET', `/v1/cases/${id}/events`)).body.data.length;

  test('offer what the role may record', async () => {
    const id = await aCase();
    const offered = async (who: Visitor, path: string) =>
      forms((await who.show(`/cases/${id}/${path}`)).html);
    const auditor = await visitor(api, people.auditor);
    expect(await offered(reviewer, 'look-backs')).toEqual(['LookBackOpened']);
    expect(await offered(reviewer, 'look-backs/2')).toEqual(['SampleDrawn', 'LookBackConcluded']);
    expect(await offered(auditor, 'look-backs')).toEqual([]);
    expect(await offered(auditor, 'look-backs/2')).toEqual([]);
  });

  test('a refused draw stands open with its words and its key; nothing is recorded', async () => {
    const id = await aCase();
    const send = (fields: FormFields) =>
      reviewer.send(`/cases/${id}/look-backs/2`, [['type', 'SampleDrawn'], ['key', 'kept-key'], ...fields]);
    const nothing = await send([
      ['version', '2'],
      ['f.size', '3'],
      ['f.seed', HOSTILE],
    ]);
    expect([nothing.status, nothing.html.includes('还没有销号的问题')]).toEqual([409, true]);
    expect(nothing.html).toContain('value="kept-key"');
    expect(nothing.html).toContain('value="&quot;&gt;&lt;img');
    const wrong = await send([
      ['version', '2'],
      ['f.size', 'three'],
    ]);
    expect([wrong.status, wrong.html.includes('href="#SampleDrawn-size"')]).toEqual([422, true]);
    expect(await entriesOf(id)).toBe(2);
  });

  test('a form that has seen another version, or that is none of the page’s, records nothing', async () => {
    const id = await aCase();
    const conclude = (fields: FormFields) =>
      reviewer.send(`/cases/${id}/look-backs/2`, [['key', 'k'], ...fields]);
    const conclusion = ['f.conclusion', '属实'] as const;
    expect((await conclude([['type', 'LookBackConcluded'], ['version', '1'], conclusion])).status).toBe(412);
    expect((await conclude([['type', 'LookBackConcluded'], conclusion])).status).toBe(412);
    expect(
      (
        await conclude([
          ['type', 'FundsRecovered'],
          ['version', '2'],
          ['f.note', 'x'],
        ])
      ).status,
    ).toBe(400);
    expect(await entriesOf(id)).toBe(2);
    const done = await conclude([['type', 'LookBackConcluded'], ['version', '2'], conclusion]);
    expect([done.status, done.location]).toEqual([303, `/cases/${id}/look-backs/2?recorded=3`]);
    expect(forms((await reviewer.show(`/cases/${id}/look-backs/2`)).html)).toEqual([]);
  });

  test('words are escaped on every one of them', async () => {
    const id = await aCase(HOSTILE);
    for (const path of [
      'look-backs',
      'look-backs/2',
      'look-backs/2?print=sheet',
      'look-backs/2?print=report',
    ]) {
      const { status, html } = await reviewer.show(`/cases/${id}/${path}`);
      expect([path, status]).toEqual([path, 200]);
      expect(html).not.toMatch(/<img|<script>/);
    }
  });

  test('say what was corrected, voided and withdrawn, by whom and whether it was concluded, with links', async () => {
    const id = await aCase();
    const onCase = `/v1/cases/${id}/events`;
    const onItem = `/v1/cases/${id}/items/0001/events`;
    const found = { lookBackSeq: 2, verdict: 'false', text: '现场未见' };
    const photograph = { name: '现场照片', mediaType: 'image/jpeg', bytes: 1, sha256: 'cd'.repeat(32) };
    const say = (who: typeof people.committee, path: string, type: string, data: object) =>
      recorded(api, who, path, entry(type, data));
    for (const [who, path, type, data] of [
      [people.reviewer, onItem, 'EvidenceAttached', photograph],
      [people.reviewer, onItem, 'LookBackFindingRecorded', { ...found, evidenceIds: ['e3'] }],
      [people.reviewer, onItem, 'LookBackFindingRecorded', { ...found, text: '记错了问题' }],
      [people.committee, onItem, 'EntryVoided', { target: 5, reason: '不是这个问题' }],
      [people.reviewer, onCase, 'SampleDrawn', { lookBackSeq: 2, seed: '手工', itemIds: ['0001'] }],
      [people.reviewer, onCase, 'LookBackConcluded', { lookBackSeq: 2, conclusion: '属实' }],
      [people.committee, onItem, 'EvidenceWithdrawn', { evidenceId: 'e3', reason: '照片有误' }],
      [people.committee, onCase, 'EntryCorrected', { target: 2, set: { scope: '全部' }, reason: '写漏' }],
      [people.committee, onCase, 'EntryCorrected', { target: 4, set: { conclusion: '好' }, reason: '措辞' }],
    ] as const) {
      await say(who, path, type, data);
    }
    const facts = (seq: number) => `<a href="/cases/${id}/facts#e${seq}">#${seq}</a>`;
    const ofItem = (seq: number) => `<a href="/cases/${id}/items/0001#e${seq}">#${seq}</a>`;
    const { office, sub } = people.committee;
    for (const path of ['look-backs/2', 'look-backs/2?print=report']) {
      const { html } = await reviewer.show(`/cases/${id}/${path}`);
      expect(html).toContain('又有 3 条更正、作废、撤回或删除');
      expect(html).toMatch(
        new RegExp(`<strong>结论之后 </strong>更正于 [-0-9 :]+ ${facts(5)} ${office} ${sub}`),
      );
      expect(html).toMatch(new RegExp(`<strong>结论之后 </strong>更正于 [-0-9 :]+ ${facts(6)}`));
      expect(html).toMatch(new RegExp(`<strong>现已撤回</strong>.*撤回于 [-0-9 :]+ ${ofItem(7)}`, 's'));
      expect(html).toMatch(
        new RegExp(`已作废的核查结论</h2>.*<li>作废于 [-0-9 :]+ ${ofItem(6)}.*不是这个问题.*记错了问题`, 's'),
      );
      expect(html).toContain('其中抽取时尚未销号 1 个：0001');
    }
    const sheet = (await reviewer.show(`/cases/${id}/look-backs/2?print=sheet`)).html;
    for (const said of [facts(5), facts(6), '抽取时尚未销号', '没有待核的疑点'])
      expect(sheet).toContain(said);
    expect(sheet).not.toContain('没有这样的疑点');
  });

  test('what is not there is not found, and an office reads none', async () => {
    const id = await aCase();
    expect((await reviewer.show(`/cases/${id}/look-backs/1`)).status).toBe(404);
    expect((await reviewer.show(`/cases/${id}/look-backs/x`)).status).toBe(404);
    expect((await reviewer.show(`/cases/${freshCase()}/look-backs`)).status).toBe(404);
    const lead = await visitor(api, people.lead);
    expect((await lead.show(`/cases/${id}/look-backs`)).status).toBe(403);
    expect((await lead.show(`/cases/${id}/look-backs/2`)).status).toBe(403);
    const open = [
      ['type', 'LookBackOpened'],
      ['key', 'k'],
      ['f.scope', '全部'],
    ] as const;
    expect((await lead.send(`/cases/${id}/look-backs`, open)).status).toBe(403);
  });
});
