import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CaseId } from '../../../domain/ids.ts';
import { type ApiBench, apiBench } from '../../kit/api-bench.ts';
import { fieldValue, type Visitor, visitor } from '../../kit/console-visitor.ts';
import { anItemId, freshCase } from '../../kit/event-rows.ts';
import { begun } from '../../kit/item-path.ts';
import { accepted } from '../../kit/ledger-bench.ts';
import { people } from '../../kit/people.ts';

const HOSTILE = `"><img src=x onerror="alert(1)"><script>alert(2)</script>`;
const ITEM = anItemId('0002');

describe('the pages of flags', () => {
  let api: ApiBench;
  let committee: Visitor;
  let reviewer: Visitor;
  let officer: Visitor;
  let auditor: Visitor;
  beforeAll(async () => {
    api = await apiBench();
    committee = await visitor(api, people.committee);
    reviewer = await visitor(api, people.reviewer);
    officer = await visitor(api, people.lead);
    auditor = await visitor(api, people.auditor);
  });
  afterAll(() => api.stop());

  /** A case with sanctions of no item, so that it has a flag of its own, and a flag of an item: overdue. */
  async function aCase(): Promise<CaseId> {
    const id = freshCase();
    await begun(api, id);
    const { ledger } = api;
    const sanction = { type: 'AccountabilityRecorded', data: { kind: 'admonition', persons: 2 } };
    accepted(await ledger.recordOnCase(people.committee, id, sanction, {}));
    accepted(await ledger.raiseIssue(people.committee, id, { data: { title: '往来款长期挂账' } }, {}));
    const office = { lead: people.lead.office, deadline: '2020-01-31' };
    accepted(
      await ledger.recordOnItem(people.committee, id, ITEM, { type: 'OfficeAssigned', data: office }, {}),
    );
    await api.projected();
    return id;
  }
  const here = (id: CaseId): string => `/cases/${id}/flags`;
  const dismissal = async (who: Visitor, id: CaseId, rule: string, item = '') => {
    const { html } = await who.show(`${here(id)}?do=dismiss&rule=${rule}&item=${item}`);
    return ['basis', 'key', 'rule', 'item'].map((name) => [name, fieldValue(html, name)] as const);
  };

  test('say what was seen, since when, and link to the entries', async () => {
    const id = await aCase();
    const { status, html } = await reviewer.show(here(id));
    expect(status).toBe(200);
    for (const words of [
      '超期未销号',
      '问责没有对应问题',
      '2 人次',
      '2020-02-01 起',
      '疑点只是提示人去看一看',
    ]) {
      expect(html).toContain(words);
    }
    expect(html).toContain(`/cases/${id}/items/0002#e`);
    expect(html).toContain(`/cases/${id}/facts#e`);
    const english = (await reviewer.show(`${here(id)}?lang=en`)).html;
    expect(english).toContain('Overdue and open');
    expect(english).not.toMatch(/依据|超期/);
    await reviewer.show(`${here(id)}?lang=zh`);
  });

  test('show only what the filters want, and count by severity under the others', async () => {
    const id = await aCase();
    const { html } = await auditor.show(`${here(id)}?rule=overdue`);
    expect(html).toContain('id="flag-overdue-0002"');
    expect(html).not.toContain('id="flag-sanctions-without-item-case"');
    const low = (await auditor.show(`${here(id)}?severity=low`)).html;
    expect(low).not.toContain('id="flag-overdue-0002"');
    expect(low).toContain('id="flag-sanctions-without-item-case"');
    expect((await auditor.show(`${here(id)}?item=2&office=none`)).html).toContain('没有这样的疑点');
    expect((await auditor.show(`${here(id)}?item=2`)).html).toContain('id="flag-overdue-0002"');
  });

  test('a dismissal is recorded with its reason, and stands among the dismissed', async () => {
    const id = await aCase();
    const fields = await dismissal(reviewer, id, 'overdue', '0002');
    const sent = await reviewer.send(here(id), [...fields, ['f.reason', `已核 ${HOSTILE}`]]);
    expect([sent.status, sent.location]).toEqual([303, here(id)]);
    expect((await reviewer.show(here(id))).html).not.toContain('id="flag-overdue-0002"');
    const { html } = await reviewer.show(`${here(id)}?show=dismissed`);
    expect(html).toContain('id="flag-overdue-0002"');
    expect(html).toContain('已核 &quot;&gt;&lt;img');
    const again = await reviewer.send(here(id), [...fields, ['f.reason', `已核 ${HOSTILE}`]]);
    expect([again.status, again.location]).toEqual([303, here(id)]);
    const item = accepted(await api.ledger.item(people.committee, id, ITEM, {}));
    expect(item.dismissedRules).toEqual(['overdue']);
  });

  test('one of the case is dismissed on the case', async () => {
    const id = await aCase();
    const fields = await dismissal(committee, id, 'sanctions-without-item');
    const sent = await committee.send(here(id), [...fields, ['f.reason', '名单已核对']]);
    expect(sent.status).toBe(303);
    const inspection = accepted(await api.ledger.inspectionCase(people.committee, id, {}));
    expect(inspection.dismissedRules).toEqual(['sanctions-without-item']);
  });

  test('what changed while the form was open is not dismissed unseen; the words stay', async () => {
    const id = await aCase();
    const fields = await dismissal(committee, id, 'sanctions-without-item');
    const more = { type: 'AccountabilityRecorded', data: { kind: 'reminder-talk', persons: 5 } };
    accepted(await api.ledger.recordOnCase(people.committee, id, more, {}));
    const sent = await committee.send(here(id), [...fields, ['f.reason', '名单已核对']]);
    expect(sent.status).toBe(412);
    expect(sent.html).toContain('名单已核对');
    expect(sent.html).toContain('7 人次');
    expect(accepted(await api.ledger.inspectionCase(people.committee, id, {})).dismissedRules).toEqual([]);
    const retried = ['basis', 'key', 'rule', 'item'].map(
      (name) => [name, fieldValue(sent.html, name)] as const,
    );
    expect((await committee.send(here(id), [...retried, ['f.reason', '名单已核对']])).status).toBe(303);
  });

  test('without a reason nothing is recorded, and the form says so', async () => {
    const id = await aCase();
    const fields = await dismissal(reviewer, id, 'overdue', '0002');
    const sent = await reviewer.send(here(id), [...fields, ['f.reason', ' ']]);
    expect(sent.status).toBe(422);
    expect(sent.html).toContain('role="alert"');
    expect(accepted(await api.ledger.item(people.committee, id, ITEM, {})).dismissedRules).toEqual([]);
  });

  test('an auditor reads and dismisses nothing; an office has no such page', async () => {
    const id = await aCase();
    expect((await auditor.show(here(id))).html).not.toContain('do=dismiss');
    const fields = await dismissal(reviewer, id, 'overdue', '0002');
    expect((await auditor.send(here(id), [...fields, ['f.reason', '核']])).status).toBe(403);
    for (const path of [here(id), '/flags']) expect((await officer.show(path)).status).toBe(403);
    expect((await officer.show('/')).html).not.toContain('href="/flags"');
    expect((await officer.show('/flag-rules')).status).toBe(200);
  });

  test('in the past nothing is dismissed, and the banner says what one looks at', async () => {
    const id = await aCase();
    const { recordedAt } = accepted(await api.ledger.item(people.committee, id, ITEM, {}));
    const { html } = await reviewer.show(`${here(id)}?recordedAsOf=${recordedAt}`);
    expect(html).toContain('您看到的不是现在的情况');
    expect(html).not.toContain('do=dismiss');
    expect((await reviewer.show(`${here(id)}?recordedAsOf=2999-01-01`)).status).toBe(422);
    expect((await reviewer.show(`${here(id)}?recordedAsOf=2000-01-01`)).status).toBe(404);
  });

  test('of a flag that is gone there is no form', async () => {
    const id = await aCase();
    expect((await reviewer.show(`${here(id)}?do=dismiss&rule=reopened&item=0002`)).status).toBe(404);
    expect((await reviewer.show(`${here(id)}?do=dismiss&rule=nonsense`)).status).toBe(404);
  });

  test('cases by their flags: numbers that lead to lists', async () => {
    const id = await aCase();
    const { html } = await reviewer.show('/flags');
    expect(html).toContain(`href="/cases/${id}/flags?severity=medium"`);
    expect((await reviewer.show('/flags?cursor=nonsense')).status).toBe(400);
    expect((await reviewer.show('/flag-rules')).html).toContain('雅卡尔指数');
  });
});
