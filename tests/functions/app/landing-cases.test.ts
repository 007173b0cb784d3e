import { expect, test } from 'vitest';
import { tally } from '../../../domain/inspection/tally.ts';
import { landingCases } from '../../../functions/app/landing-cases.ts';
import { PUBLISHED, summaryRows } from '../../../functions/app/view-rows.ts';
import { aCaseId } from '../../kit/event-rows.ts';
import { projectorBench } from '../projector/kit.ts';

const summary = (id: string, published: boolean) =>
  summaryRows({
    entries: 1,
    published,
    offices: {},
    tally: tally([]),
    unassigned: tally([]),
    summary: {
      ...{ caseId: aCaseId(id), title: id, inspectedBody: null, inspectingBody: null, feedbackOn: null },
      concentratedUntil: null,
      ...{ accountability: [], institutions: 0, fundsFen: 0, version: 1 },
    },
  });

test('the public sees every case with a published notice, however many others stand before it', async () => {
  const { deps, views } = projectorBench();
  const others = Array.from({ length: 205 }, (_, at) => summary(`aaa-${String(at).padStart(3, '0')}`, false));
  await views.putAll([...others, summary('zzz-published', true)].flat());
  const shown = await landingCases(deps, { local: false });
  expect(shown.map(({ caseId, published }) => [caseId, published])).toEqual([['zzz-published', true]]);
  expect((await views.range(PUBLISHED, {}, { limit: 9 })).rows).toHaveLength(1);
  expect((await landingCases(deps, { local: true })).map(({ published }) => published)).toContain(false);
});
