import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Principal } from '../../domain/actor.ts';
import type { Ask } from './api-bench.ts';
import { A_HASH, onItem, openedCase } from './console-case.ts';
import { entry, recorded } from './item-path.ts';
import { people } from './people.ts';

/** What browsers have taken for more than text; the last one writes from right to left. */
export const PAYLOADS = [
  '<script>window.hostile=1;alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  '</textarea><script>alert(1)</script>',
  "'-alert(1)-'",
  '&lt;x-hostile&gt;<x-hostile onclick=alert(1)>',
  '\u202e\u2067fdp.exe',
] as const;

/** All of them, in the field of that name. */
export const HOSTILE = (field: string): string => `${field} ${PAYLOADS.join(' ')}`;

/** Short enough for a code, and for a name. */
const CODE = '"><img src=x onerror=alert(1)>\u202e';
const NAME = `</textarea><script>alert(1)</script>\u202e\u2067`;

const hostile = (who: Principal, n: number): Principal => ({
  ...who,
  sub: `${n}"><img src=x onerror=alert(1)>`,
  actorName: `${NAME}${n}`,
  officeName: `<x-hostile onclick=alert(1)>${NAME}${n}`,
});

export const hostilePeople = {
  committee: hostile(people.committee, 1),
  colleague: hostile(people.colleague, 2),
  lead: { ...hostile(people.lead, 3), office: CODE },
  reviewer: hostile(people.reviewer, 4),
} as const;

/** Names that a spreadsheet would calculate; the last one hides behind what is not seen. */
const FORMULAS = ["=cmd|' /C calc'!A0", '@SUM(1,1)', '-2+3', '\u2066\u3000＝1+1'] as const;
/** What stands in a cell that says them and calculates nothing. */
export const INERT: readonly string[] = FORMULAS.map((formula) => `'${formula}`);

/** A notice of which each part is hostile that people write. */
export const HOSTILE_NOTICE = `2024年3月11日至5月20日，澄岚区委第三巡察组对栖禾街道党工委开展了常规巡察。2024年7月16日，澄岚区委第三巡察组向栖禾街道党工委反馈巡察意见。
反馈次日，街道党工委召开会议。${HOSTILE('narrative')}
一、关于“${HOSTILE('issue')}”问题的整改情况
（一）${HOSTILE('measure')}
（二）召开座谈会听取意见。
欢迎广大干部群众对巡察整改落实情况进行监督。联系电话：0000-00000000。${HOSTILE('tail')}
`;

/** A case with hostile text in every field of words, of every entry; resolves to the types recorded. */
export async function hostileCase(ask: Ask, caseId: string): Promise<ReadonlySet<string>> {
  const { committee, colleague, lead, reviewer } = hostilePeople;
  const types = new Set(['CaseOpened', 'IssueRaised', 'OfficeAssigned']);
  const inCase = `/v1/cases/${caseId}`;
  const onCase = async (type: string, data: object, who: Principal = committee): Promise<number> => {
    types.add(type);
    return (await recorded({ ask }, who, `${inCase}/events`, entry(type, data))).body.seq;
  };
  const on =
    (item: string) =>
    (type: string, data: object, who: Principal = lead) => {
      types.add(type);
      return onItem(ask, who, item, type, data);
    };
  const h = HOSTILE;
  const opening = {
    title: h('title'),
    inspectedBody: h('inspectedBody'),
    inspectingBody: h('inspectingBody'),
  };
  await openedCase(ask, caseId, opening, committee);
  await onCase('CaseSettingsChanged', {
    settings: { requiredEndorsements: [CODE], flagThresholds: { lateDays: 3 } },
  });
  await onCase('AccountabilityRecorded', { kind: 'admonition', persons: 1 });
  const plan = await onCase('PlanIssued', { title: h('plan'), issuedOn: '2020-02' });
  await onCase('PlanAccepted', { acceptedOn: '2020-02' });
  await onCase('InstitutionRecorded', { title: h('institution'), documentNo: PAYLOADS[1] }, committee);
  await onCase('FundsRecovered', { amountFen: 100, note: h('note') });
  for (const [sub, office] of [FORMULAS.slice(0, 2), FORMULAS.slice(2)] as const) {
    const calculating = { ...committee, sub: sub ?? '', office: office ?? '' };
    await onCase('FundsRecovered', { amountFen: 100 }, calculating);
  }
  const lookBackSeq = await onCase('LookBackOpened', { scope: h('scope') }, reviewer);
  await onCase('EntryCorrected', { target: plan, set: { title: h('new plan') }, reason: h('reason') });

  const raise = { title: h('issue'), heading: h('heading'), aspect: h('aspect'), printedNumber: PAYLOADS[1] };
  const assigned = { lead: CODE, supporting: [PAYLOADS[4], '民政办'], deadline: '2020-06-30' };
  for (const _ of [1, 2, 3]) {
    const { body } = await recorded({ ask }, committee, `${inCase}/items`, { data: raise });
    await onItem(ask, committee, `/cases/${caseId}/items/${body.itemId}`, 'OfficeAssigned', assigned);
  }
  const record = on(`/cases/${caseId}/items/0001`);
  const measure = await record('MeasureAdopted', { text: h('measure'), printedNumber: PAYLOADS[1] });
  const withdrawn = await record('MeasureAdopted', { text: h('other measure') });
  const progress = await record('ProgressReported', { text: h('progress'), measureId: `m${measure}` });
  await record('EntryVoided', { target: progress, reason: h('void reason') });
  const wrong = await record('ProgressReported', { text: h('progress') });
  await record('EntryCorrected', { target: wrong, set: { text: h('new progress') }, reason: h('reason') });
  await record('MeasureWithdrawn', { measureId: `m${withdrawn}`, reason: h('reason') }, committee);
  await record('MeasureCompleted', { measureId: `m${measure}`, summary: h('summary') });
  const file = { name: h('evidence'), mediaType: 'text/html', bytes: 1, sha256: A_HASH };
  await record('EvidenceAttached', { ...file, measureIds: [`m${measure}`] });
  const spare = await record('EvidenceAttached', file);
  await record('EvidenceWithdrawn', { evidenceId: `e${spare}`, reason: h('reason') });
  await record('ExtensionRequested', { to: '2999-01-01', reason: h('reason') });
  await record('DeadlineExtended', { to: '2999-01-01', reason: h('reason') }, committee);
  await record('ClosureRequested', { statement: h('statement') });
  await record('ClosureRequestWithdrawn', { reason: h('reason') });
  await record('ClosureRequested', { statement: h('statement') });
  await record('ClosureReturned', { reason: h('return') }, committee);
  await record('ClosureRequested', { statement: h('statement') });
  const version = await record('ClosureEndorsed', { body: CODE, opinion: h('opinion') }, committee);
  await record('ItemClosed', { opinion: h('opinion'), reviewedSeq: version }, colleague);
  await record('LookBackFindingRecorded', { lookBackSeq, verdict: 'false', text: h('finding') }, reviewer);
  await record('FlagDismissed', { rule: 'recorded-late', reason: h('reason') }, reviewer);
  await record('ItemReopened', { reason: h('reason'), lookBackSeq }, committee);

  const second = on(`/cases/${caseId}/items/0002`);
  await second('MeasureAdopted', { text: h('measure') });
  const third = on(`/cases/${caseId}/items/0003`);
  const erased = await third('MeasureAdopted', { text: h('measure') });
  await third(
    'TextErased',
    { target: erased, ground: PAYLOADS.slice(0, 4).join(' '), approvedBy: colleague.sub },
    committee,
  );
  await third('IssueWithdrawn', { reason: h('reason'), mergedInto: '0001' }, committee);

  const itemIds = ['0001', '0002'];
  await onCase('SampleDrawn', { lookBackSeq, seed: PAYLOADS[1], itemIds }, reviewer);
  await onCase('LookBackConcluded', { lookBackSeq, conclusion: h('conclusion') }, reviewer);
  return types;
}

/** What no text may bring about, in the page that shows it. */
const FOREIGN = [
  ...[
    'img',
    'iframe',
    'object',
    'embed',
    'style',
    'base',
    'audio',
    'video',
    'math',
    'x-hostile',
    'svg script',
  ],
  ...['[href^="javascript:" i]', '[src^="javascript:" i]', '[action^="javascript:" i]', '[style]'],
].join(', ');

export async function isHarmless(page: Page): Promise<void> {
  expect(await page.locator('script').count()).toBe(1);
  expect(await page.locator('script').getAttribute('src')).toMatch(/^\/assets\/taizhang\.js\?v=/);
  expect(await page.locator(FOREIGN).count()).toBe(0);
  const handlers = await page.evaluate<string[]>(
    `[...document.querySelectorAll('*')].flatMap((one) => one.getAttributeNames()).filter((name) => /^on/i.test(name))`,
  );
  expect(handlers).toEqual([]);
  expect(await page.evaluate('window.hostile')).toBeUndefined();
}
