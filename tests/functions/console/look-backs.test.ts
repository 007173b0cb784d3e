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
