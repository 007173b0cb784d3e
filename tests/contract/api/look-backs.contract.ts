import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { begun, entry, recorded } from '../../kit/item-path.ts';
import { people } from '../../kit/people.ts';
import { type ApiUnderTest, refusal } from './under-test.ts';

const { committee, colleague, lead, reviewer } = people;
const file = { name: '佐证', mediaType: 'application/pdf', bytes: 10, sha256: 'ab'.repeat(32) };
const uri = encodeURIComponent;

/** A look-back from its opening to its report. */
export function lookBacksContract(name: string, open: () => Promise<ApiUnderTest>): void {
  describe(`look-backs: ${name}`, () => {
    let api: ApiUnderTest;
    beforeAll(async () => {
      api = await open();
    });
    afterAll(() => api?.stop());

    /** A case with so many closed items of the finance office, one that is open, and a look-back. */
    async function withClosed(count: number) {
      const { inCase } = await begun(api);
      for (let number = 2; number <= count + 1; number += 1) {
        const raised = await recorded(api, committee, `${inCase}/items`, {
          data: { title: `问题${number}` },
        });
        const item = `${inCase}/items/${raised.body.itemId}/events`;
        await recorded(api, committee, item, entry('OfficeAssigned', { lead: '财政办' }));
        await recorded(api, lead, item, entry('MeasureAdopted', { text: '措施' }));
        await recorded(api, lead, item, entry('MeasureCompleted', { measureId: 'm3', summary: '完成' }));
        await recorded(api, lead, item, entry('EvidenceAttached', { ...file, measureIds: ['m3'] }));
        await recorded(api, lead, item, entry('ClosureRequested', { statement: '请予销号' }));
        await recorded(api, colleague, item, entry('ItemClosed', { reviewedSeq: 6, opinion: '同意' }));
      }
      const opened = entry('LookBackOpened', { scope: '抽查销号' });
      const { body } = await recorded(api, reviewer, `${inCase}/events`, opened);
      return {
        inCase,
        lookBack: `${inCase}/look-backs/${body.seq}`,
        caseId: inCase.slice('/v1/cases/'.length),
      };
    }
    const draw = (lookBack: string, body: object, headers: Readonly<Record<string, string>> = {}) =>
      api.ask(reviewer, 'POST', `${lookBack}/sample`, body, headers);
    const read = async (path: string) => (await api.ask(reviewer, 'GET', path)).body;

    test('a draw can be done again by hand, and its report says so', async () => {
      const { lookBack, caseId, inCase } = await withClosed(3);
      const drawn = await draw(lookBack, { size: 2, seed: '2026137' });
      expect(drawn.status).toBe(201);
      const { seq, data, recordedAt } = drawn.body;
      expect(drawn.headers.get('location')).toBe(`${inCase}/events/${seq}`);
      expect(data).toMatchObject({ lookBackSeq: 2, seed: '2026137' });
      // The candidates are what the register said when the draw was recorded.
      const closed = await read(`${inCase}/items?status=closed&recordedAsOf=${uri(recordedAt)}`);
      const line = closed.data
        .map(({ itemId }: { itemId: string }) => itemId)
        .map((itemId: string) => [
          createHash('sha256').update(`2026137/${caseId}/${itemId}`).digest('hex'),
          itemId,
        ])
        .sort();
      const flagged: string[] = data.flagged;
      const [first, ...others] = [
        ...line.filter(([, itemId]: string[]) => flagged.includes(itemId ?? '')),
        ...line.filter(([, itemId]: string[]) => !flagged.includes(itemId ?? '')),
      ].map(([, itemId]) => itemId);
      expect(data.itemIds).toHaveLength(2);
      expect(data.itemIds).toContain(first);
      expect([first, ...others]).toEqual(expect.arrayContaining(data.itemIds));
      const { samples } = await read(lookBack);
      expect(samples).toMatchObject([
        { seq, seed: '2026137', itemIds: data.itemIds, flagged, reproduced: true, flaggedAsRecomputed: true },
      ]);
    });

    test('without a seed the ledger makes one, and more than there are takes all', async () => {
      const { lookBack } = await withClosed(2);
      const { data } = (await draw(lookBack, { size: 9_999 })).body;
      expect(data.itemIds).toEqual(['0002', '0003']);
      expect(data.seed).toMatch(/^[0-9a-f-]{36}$/);
    });

    test('a retry draws nothing anew; the key with another size or seed is refused', async () => {
      const { lookBack } = await withClosed(3);
      const key = { 'Idempotency-Key': 'draw-1' };
      const first = await draw(lookBack, { size: 2 }, key);
      const again = await draw(lookBack, { size: 2 }, key);
      expect([again.status, again.body, again.headers.get('idempotency-replayed')]).toEqual([
        201,
        first.body,
        'true',
      ]);
      expect(refusal(await draw(lookBack, { size: 3 }, key))).toEqual([422, 'idempotency-key-reused']);
      expect(refusal(await draw(lookBack, { size: 2, seed: 'mine' }, key))).toEqual([
        422,
        'idempotency-key-reused',
      ]);
      const { samples } = await read(lookBack);
      expect(samples).toHaveLength(1);
    });

    test('parallel retries record once and all get its answer', async () => {
      const { lookBack } = await withClosed(3);
      const key = { 'Idempotency-Key': 'draw-2' };
      const answers = await Promise.all([1, 2, 3].map(() => draw(lookBack, { size: 1 }, key)));
      expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
      expect((await read(lookBack)).samples).toHaveLength(1);
    });

    test('what cannot be drawn is refused, and leaves no trace', async () => {
      const { lookBack, inCase } = await withClosed(1);
      for (const [wrong, ...errors] of [
        [{ size: 0, seed: 7, more: 1 }, '/size out-of-range', '/seed wrong-type', '/more unknown-field'],
        [{ size: 0, seed: '', x: 1 }, '/size out-of-range', '/seed empty', '/x unknown-field'],
        [{ seed: 'a\nb' }, '/size required', '/seed invalid-value'],
        [{ size: 1, seed: 'a'.repeat(65) }, '/seed too-long'],
      ] as const) {
        expect(refusal(await draw(lookBack, wrong))).toEqual([422, 'invalid-fields', ...errors]);
      }
      const byHand = entry('SampleDrawn', { lookBackSeq: 2, seed: '', itemIds: [] });
      expect(refusal(await api.ask(reviewer, 'POST', `${inCase}/events`, byHand))).toEqual([
        422,
        'invalid-fields',
        '/data/seed empty',
        '/data/itemIds empty',
      ]);
      expect(refusal(await draw(lookBack, { size: 1, seed: ' ' }))).toEqual([
        422,
        'invalid-fields',
        '/seed empty',
      ]);
      expect(refusal(await draw(lookBack, {}))).toEqual([422, 'invalid-fields', '/size required']);
      expect(refusal(await draw(`${inCase}/look-backs/9`, { size: 1 }))).toEqual([
        404,
        'look-back-not-found',
      ]);
      expect(refusal(await draw(`${inCase}/look-backs/x`, { size: 1 }))).toEqual([
        404,
        'look-back-not-found',
      ]);
      expect(refusal(await draw(lookBack, { size: 1 }, { 'If-Match': '"1"' }))).toEqual([
        412,
        'version-mismatch',
      ]);
      const empty = await withClosed(0);
      expect(refusal(await draw(empty.lookBack, { size: 1 }))).toEqual([409, 'nothing-closed']);
      const end = entry('LookBackConcluded', { lookBackSeq: 2, conclusion: '属实' });
      await recorded(api, reviewer, `${inCase}/events`, end);
      expect(refusal(await draw(lookBack, { size: 1 }))).toEqual([409, 'look-back-concluded']);
      expect((await read(`${inCase}/events`)).data).toHaveLength(3);
    });

    test('the report counts by verdict and office, each number with its entries, on both clocks', async () => {
      const { lookBack, inCase } = await withClosed(2);
      const drawn = await draw(lookBack, { size: 2, seed: 's' });
      const found = { lookBackSeq: 2, verdict: 'false', text: '现场未见' };
      const on = `${inCase}/items/0002/events`;
      const photograph = await recorded(
        api,
        reviewer,
        on,
        entry('EvidenceAttached', { ...file, name: '照片' }),
      );
      const evidenceIds = [`e${photograph.body.seq}`];
      const reopening = entry('ItemReopened', { reason: '反弹', lookBackSeq: 2 });
      expect(refusal(await api.ask(committee, 'POST', on, reopening))).toEqual([409, 'finding-missing']);
      const finding = await recorded(
        api,
        reviewer,
        on,
        entry('LookBackFindingRecorded', { ...found, evidenceIds }),
      );
      await recorded(api, committee, on, reopening);
      const report = await read(lookBack);
      const falseOnes = { count: 1, items: ['0002'], entries: [{ itemId: '0002', seq: finding.body.seq }] };
      expect(report).toMatchObject({
        seq: 2,
        scope: '抽查销号',
        conclusion: null,
        findings: [{ itemId: '0002', verdict: 'false', text: '现场未见', evidence: [{ name: '照片' }] }],
        reopened: [{ itemId: '0002', reason: '反弹' }],
        counts: {
          false: falseOnes,
          unchecked: { count: 1, entries: [{ itemId: null, seq: drawn.body.seq }] },
        },
        byOffice: [{ office: '财政办', counts: { sampled: { count: 2 }, false: falseOnes } }],
      });
      const then = await read(`${lookBack}?recordedAsOf=${uri(drawn.body.recordedAt)}`);
      expect(then.counts).toMatchObject({
        sampled: { count: 2 },
        checked: { count: 0 },
        unchecked: { count: 2 },
      });
      expect(then.cut).toMatchObject({ recordedAsOf: drawn.body.recordedAt, laterEntries: 3 });
      expect(refusal(await api.ask(reviewer, 'GET', `${lookBack}?effectiveOn=2020-01-01`))).toEqual([
        404,
        'look-back-not-found',
      ]);
    });

    test('a report says what was corrected and voided since, and what was drawn though it was open', async () => {
      const { lookBack, inCase } = await withClosed(1);
      const onCase = `${inCase}/events`;
      const onItem = `${inCase}/items/0002/events`;
      const found = { lookBackSeq: 2, verdict: 'genuine', text: '属实' };
      const photograph = entry('EvidenceAttached', { ...file, name: '照片' });
      await recorded(api, reviewer, onItem, photograph);
      await recorded(
        api,
        reviewer,
        onItem,
        entry('LookBackFindingRecorded', { ...found, evidenceIds: ['e8'] }),
      );
      await recorded(api, reviewer, onItem, entry('LookBackFindingRecorded', found));
      const drawn = { lookBackSeq: 2, seed: 's', itemIds: ['0001', '0002'] };
      await recorded(api, reviewer, onCase, entry('SampleDrawn', drawn));
      const end = entry('LookBackConcluded', { lookBackSeq: 2, conclusion: '属实' });
      const { recordedAt } = (await recorded(api, reviewer, onCase, end)).body;
      const amend = (path: string, type: string, data: object) =>
        recorded(api, committee, path, entry(type, { ...data, reason: '有误' }));
      await amend(onItem, 'EntryVoided', { target: 10 });
      await amend(onItem, 'EntryVoided', { target: 8 });
      await amend(onItem, 'EntryCorrected', { target: 9, set: { text: '不全属实' } });
      await amend(onCase, 'EntryCorrected', { target: 4, set: { conclusion: '不全属实' } });
      const by = (seq: number, type: string) => ({
        ...{ seq, type, reason: '有误', afterConclusion: true },
        actor: { sub: committee.sub, office: committee.office },
      });
      const report = await read(lookBack);
      expect(report).toMatchObject({
        opened: { amendments: [] },
        samples: [{ notClosed: ['0001'] }],
        conclusion: { text: '不全属实', amendments: [by(5, 'EntryCorrected')] },
        findings: [
          {
            seq: 9,
            text: '不全属实',
            amendments: [by(13, 'EntryCorrected')],
            evidence: [{ evidenceId: 'e8', standing: 'voided', endedBy: by(12, 'EntryVoided') }],
          },
        ],
        voidedFindings: [{ seq: 10, itemId: '0002', text: '属实', voidedBy: by(11, 'EntryVoided') }],
        counts: { genuine: { entries: [{ itemId: '0002', seq: 9 }] } },
      });
      expect(report.findings).toHaveLength(1);
      const then = await read(`${lookBack}?recordedAsOf=${uri(recordedAt)}`);
      expect([then.conclusion.amendments, then.voidedFindings, then.findings.length]).toEqual([[], [], 2]);
    });

    test('no correction moves what was found to before the opening, nor the opening behind it', async () => {
      const { inCase } = await withClosed(1);
      const on = `${inCase}/items/0002/events`;
      const now = (await read(`${inCase}/events`)).data[0].recordedAt;
      const day = (ago: number) => new Date(Date.parse(now) - ago * 86_400_000).toISOString().slice(0, 10);
      await recorded(api, reviewer, `${inCase}/events`, entry('LookBackOpened', { scope: '二' }, day(9)));
      const found = { lookBackSeq: 3, verdict: 'genuine', text: '属实' };
      const { body } = await recorded(api, reviewer, on, entry('LookBackFindingRecorded', found, day(6)));
      const redate = (path: string, target: number, occurredOn: string | null) =>
        api.ask(committee, 'POST', path, entry('EntryCorrected', { target, occurredOn, reason: '日期有误' }));
      const refused = [422, 'decision-before-request'];
      expect(refusal(await redate(on, body.seq, day(10)))).toEqual(refused);
      expect(refusal(await redate(`${inCase}/events`, 3, day(5)))).toEqual(refused);
      expect(refusal(await redate(`${inCase}/events`, 3, null))).toEqual(refused);
      expect((await redate(`${inCase}/events`, 3, day(6))).status).toBe(201);
      expect(refusal(await redate(on, body.seq, day(7)))).toEqual(refused);
      // No item holds anything of the other look-back.
      expect((await redate(`${inCase}/events`, 2, day(1))).status).toBe(201);
    });

    test('the list pages', async () => {
      const { inCase } = await withClosed(0);
      await recorded(api, reviewer, `${inCase}/events`, entry('LookBackOpened', { scope: '第二次' }));
      const first = await read(`${inCase}/look-backs?limit=1`);
      expect(first.data).toMatchObject([{ seq: 2, scope: '抽查销号', counts: { sampled: { count: 0 } } }]);
      const second = await read(`${inCase}/look-backs?limit=1&cursor=${first.nextCursor}`);
      expect([second.data.map(({ seq }: { seq: number }) => seq), second.nextCursor]).toEqual([
        [3],
        undefined,
      ]);
    });
  });
}
