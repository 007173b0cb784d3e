import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Principal } from '../../../domain/actor.ts';
import { begun, entry, recorded } from '../../kit/item-path.ts';
import { people } from '../../kit/people.ts';
import { type ApiUnderTest, refusal } from './under-test.ts';

const { committee, colleague, lead, support, reviewer } = people;
const SHA = 'ab'.repeat(32);

/** The way of an item to its closing and back, with everything that stands in between. */
export function closingContract(name: string, open: () => Promise<ApiUnderTest>): void {
  describe(`closing: ${name}`, () => {
    let api: ApiUnderTest;
    beforeAll(async () => {
      api = await open();
    });
    afterAll(() => api?.stop());

    /** Writes on one item: `say` must be granted, `ask` answers what it answers. */
    async function anItem() {
      const { item, inCase } = await begun(api);
      const say = async (who: Principal, type: string, data: object): Promise<number> =>
        (await recorded(api, who, `${item}/events`, entry(type, data))).body.seq;
      const ask = async (who: Principal, type: string, data: object) =>
        refusal(await api.ask(who, 'POST', `${item}/events`, entry(type, data)));
      const close = (who: Principal, reviewedSeq: number) =>
        ask(who, 'ItemClosed', { opinion: '同意', reviewedSeq });
      const read = async () => (await api.ask(committee, 'GET', item)).body;
      return { item, inCase, say, ask, close, read };
    }
    const file = (measureId: string) => ({
      ...{ name: '佐证', mediaType: 'application/pdf', bytes: 10, sha256: SHA },
      measureIds: [measureId],
    });

    test('each rule stands in the way until it is met', async () => {
      const { inCase, say, ask, close, read } = await anItem();
      const settings = { settings: { requiredEndorsements: ['区委组织部'] } };
      await recorded(api, committee, `${inCase}/events`, entry('CaseSettingsChanged', settings));
      expect(await close(committee, 2)).toEqual([409, 'closure-not-requested']);
      expect(await ask(lead, 'ClosureRequested', { statement: '请' })).toEqual([409, 'no-standing-measure']);
      await say(lead, 'MeasureAdopted', { text: '清账' });
      expect(await ask(support, 'ClosureRequested', { statement: '请' })).toEqual([403, 'office-not-lead']);
      const request = async () => say(lead, 'ClosureRequested', { statement: '请予销号' });
      const refused = async (code: string) => {
        const seq = await request();
        expect(await close(committee, seq)).toEqual([409, code]);
        expect((await read()).status).toBe('closure-requested');
        await say(committee, 'ClosureReturned', { reason: '退回' });
        expect((await read()).status).toBe('rectifying');
      };
      await refused('measure-not-completed');
      await say(lead, 'MeasureCompleted', { measureId: 'm3', summary: '完成' });
      await refused('evidence-missing');
      await say(support, 'EvidenceAttached', file('m3'));
      await refused('endorsement-missing');
      const seq = await request();
      expect(await ask(lead, 'ProgressReported', { text: '又' })).toEqual([409, 'closure-requested']);
      const endorsed = await say(committee, 'ClosureEndorsed', { body: '区委组织部', opinion: '同意' });
      expect(await close(committee, seq)).toEqual([409, 'review-outdated']);
      expect(await close({ ...committee, office: '民政办' }, endorsed)).toEqual([
        409,
        'closer-was-responsible',
      ]);
      expect(await close(lead, endorsed)).toEqual([403, 'role-not-allowed']);
      await say(colleague, 'ItemClosed', { opinion: '同意', reviewedSeq: endorsed });
      expect(await read()).toMatchObject({ status: 'closed', version: endorsed + 1 });
    });

    test('whoever took part does not close; after a closing only little may follow; a reopening wants news', async () => {
      const { inCase, say, ask, close, read } = await anItem();
      await say(committee, 'MeasureAdopted', { text: '建制' });
      await say(lead, 'MeasureCompleted', { measureId: 'm3', summary: '完成' });
      await say(lead, 'EvidenceAttached', file('m3'));
      const seq = await say(lead, 'ClosureRequested', { statement: '请' });
      expect(await close(committee, seq)).toEqual([409, 'closer-took-part']);
      await say(colleague, 'ItemClosed', { opinion: '同意', reviewedSeq: seq });
      for (const [who, type, data] of [
        [lead, 'ProgressReported', { text: '进' }],
        [lead, 'MeasureAdopted', { text: '措施' }],
        [committee, 'OfficeAssigned', { lead: '城建办' }],
      ] as const) {
        expect([type, ...(await ask(who, type, data))]).toEqual([type, 409, 'item-closed']);
      }
      await recorded(api, reviewer, `${inCase}/events`, entry('LookBackOpened', { scope: '全部' }));
      const { body } = await api.ask(committee, 'GET', `${inCase}/events`);
      const lookBackSeq = body.data.at(-1).seq;
      await say(reviewer, 'LookBackFindingRecorded', { lookBackSeq, verdict: 'false', text: '现场不符' });
      await say(committee, 'ItemReopened', { reason: '反弹', lookBackSeq });
      expect((await read()).status).toBe('reopened');
      const again = await say(lead, 'ClosureRequested', { statement: '再请' });
      expect(await close(colleague, again)).toEqual([409, 'nothing-new-since-reopening']);
      await say(lead, 'ClosureRequestWithdrawn', { reason: '补' });
      await say(lead, 'MeasureCompleted', { measureId: 'm3', summary: '重做' });
      await say(lead, 'EvidenceAttached', file('m3'));
      const last = await say(lead, 'ClosureRequested', { statement: '三请' });
      await say(colleague, 'ItemClosed', { opinion: '同意', reviewedSeq: last });
      expect((await read()).status).toBe('closed');
    });

    test('what was said is corrected and voided, and stays in the history', async () => {
      const { item, say, read } = await anItem();
      await say(lead, 'MeasureAdopted', { text: '清帐' });
      await say(lead, 'MeasureAdopted', { text: '多余' });
      await say(lead, 'EntryCorrected', { target: 3, set: { text: '清账' }, reason: '错字' });
      await say(lead, 'EntryVoided', { target: 4, reason: '重复' });
      const standing = (await read()).measures.filter((one: { status: string }) => one.status !== 'voided');
      expect(standing.map((one: { text: string }) => one.text)).toEqual(['清账']);
      const { data } = (await api.ask(lead, 'GET', `${item}/events`)).body;
      expect(data[2].data.text).toBe('清帐');
    });
  });
}
