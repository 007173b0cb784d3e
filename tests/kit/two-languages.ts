import type { Page } from 'playwright-core';
import type { Principal } from '../../domain/actor.ts';
import { SANCTIONS } from '../../domain/entries.ts';
import { principal } from '../../functions/local/example/record.ts';
import type { Ask } from './api-bench.ts';
import { anItem, chen, onItem, openedCase, readyToClose, zhang } from './console-case.ts';
import { entry, recorded } from './item-path.ts';
import { people } from './people.ts';

/** Chinese characters, their punctuation and full-width forms. */
const CHINESE = /[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u{20000}-\u{3ffff}]/u;

const named = (who: Principal, office: string, sub: string): Principal => ({
  ...who,
  office,
  sub,
  actorName: sub,
});
export const committee = named(people.committee, 'Discipline', 'Ann');
export const officer = named(people.lead, 'Finance', 'Bob');
export const reviewer = named(people.reviewer, 'Review', 'Cid');

/** A case with not one Chinese character in its words; resolves to the address of its first item. */
export async function plainCase(ask: Ask): Promise<string> {
  const opening = {
    title: 'Plain',
    inspectedBody: 'Body',
    inspectingBody: 'Group',
    settings: { concentratedMonths: 3 },
  };
  await openedCase(ask, 'plain-2020', opening, committee);
  const lead = { lead: 'Finance', supporting: ['Works', 'Archive'], term: 'time-bound' };
  const item = await anItem(ask, 'plain-2020', 'First', lead, committee);
  await anItem(ask, 'plain-2020', 'Second', { ...lead, deadline: '2999-12-31' }, committee);
  const seq = await onItem(
    ask,
    officer,
    item,
    'MeasureAdopted',
    { text: 'Do it', due: '2020-05' },
    '2020-02',
  );
  await onItem(ask, committee, item, 'EntryCorrected', {
    target: seq,
    set: { text: 'Do' },
    reason: 'typo',
  });
  await onItem(ask, committee, item, 'EntryCorrected', {
    target: seq,
    set: { due: '2020-06' },
    reason: 'late',
  });
  await onItem(ask, officer, item, 'MeasureCompleted', { measureId: `m${seq}`, summary: 'Done' });
  const file = { name: 'a.pdf', mediaType: 'application/pdf', bytes: 1, sha256: '0f'.repeat(32) };
  await onItem(ask, reviewer, item, 'EvidenceAttached', { ...file, measureIds: [`m${seq}`] });
  await onItem(ask, officer, item, 'ClosureRequested', { statement: 'Close it' });
  await onItem(ask, committee, item, 'ClosureReturned', { reason: 'No' });
  const recovered = { type: 'FundsRecovered', data: { amountFen: 100, note: 'Paid' } };
  await ask(committee, 'POST', '/v1/cases/plain-2020/events', recovered);
  const onCase = async (who: Principal, type: string, data: object) =>
    (await recorded({ ask }, who, '/v1/cases/plain-2020/events', entry(type, data))).body.seq;
  await onCase(committee, 'PlanIssued', { title: 'Plan', issuedOn: '2020-02' });
  await onCase(committee, 'AccountabilityRecorded', { kind: 'admonition', persons: 2, inexact: true });
  const lookBackSeq = await onCase(reviewer, 'LookBackOpened', { scope: 'Closed in May' });
  await onCase(reviewer, 'SampleDrawn', { lookBackSeq, seed: 's', itemIds: ['0001'] });
  await onCase(reviewer, 'LookBackConcluded', { lookBackSeq, conclusion: 'Good' });
  return item;
}

/** A case as people of the example have it: with items in work, put forward, closed, and looked at again. */
export async function chineseCase(ask: Ask): Promise<void> {
  await openedCase(ask, 'qihe-zh', { settings: { concentratedMonths: 3 } });
  const first = await anItem(ask, 'qihe-zh', '合同未清理', { supporting: ['建设办'], term: 'time-bound' });
  const seq = await onItem(
    ask,
    zhang,
    first,
    'MeasureAdopted',
    { text: '清理合同', due: '2020-05' },
    '2020-02',
  );
  await onItem(ask, zhang, first, 'ProgressReported', { text: '已清理 3 份' });
  await onItem(ask, chen, first, 'EntryCorrected', { target: seq, set: { due: '2020-06' }, reason: '有误' });
  await readyToClose(ask, await anItem(ask, 'qihe-zh', '台账不清'));
  const third = await anItem(ask, 'qihe-zh', '会议记录不全');
  await readyToClose(ask, third);
  await onItem(ask, chen, third, 'ItemClosed', { opinion: '同意', reviewedSeq: 6 });
  const onCase = async (who: Principal, type: string, data: object) =>
    (await recorded({ ask }, who, '/v1/cases/qihe-zh/events', entry(type, data))).body.seq;
  await onCase(chen, 'PlanIssued', { title: '整改方案', issuedOn: '2020-02' });
  await onCase(chen, 'AccountabilityRecorded', { kind: 'party-discipline', measure: '警告', persons: 1 });
  const lookBackSeq = await onCase(principal('jiang'), 'LookBackOpened', { scope: '已销号的问题' });
  const finding = { lookBackSeq, verdict: 'partial', text: '部分属实' };
  await onItem(ask, principal('jiang'), third, 'LookBackFindingRecorded', finding);
  await onItem(ask, chen, third, 'ItemReopened', { reason: '反弹', lookBackSeq });
  await onCase(principal('jiang'), 'SampleDrawn', { lookBackSeq, seed: '2026137', itemIds: ['0003'] });
  await onCase(principal('jiang'), 'LookBackConcluded', { lookBackSeq, conclusion: '一个问题反弹' });
}

/** A notice from which a case can be opened. */
export const SHORT_NOTICE = `2024年3月11日至5月20日，澄岚区委第三巡察组对栖禾街道党工委开展了常规巡察。2024年7月16日，澄岚区委第三巡察组向栖禾街道党工委反馈巡察意见。
一、关于“甲乙丙丁”问题的整改情况
（一）2024年8月15日，戊己庚辛。
三、关于“壬癸”问题的整改情况
（一）子丑寅卯。`;
/** What a page says with the notice, beside its lines. */
export const SHORT_NOTICE_WORDS: readonly string[] = [
  ...['澄岚区委第三巡察组', '栖禾街道党工委', '甲乙丙丁', '壬癸', '（一）', '一', '三'],
];

export const chineseIn = (texts: readonly string[]): string[] => texts.filter((text) => CHINESE.test(text));

/** Sanctions are recorded and offered by their names in Chinese law. */
const SANCTION_NAMES: ReadonlySet<string> = new Set(Object.values(SANCTIONS).flat());

/** Each text, and each attribute that people read or hear, outside what says that it is in Chinese. */
export const chineseOn = (page: Page): Promise<string[]> =>
  page
    .evaluate<string[]>(`[document.body, ...document.querySelectorAll('body *')]
      .filter((one) => !one.closest('[lang="zh-CN"]') && !one.closest('script, style'))
      .flatMap((one) => [
        ...[...one.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data),
        ...['aria-label', 'title', 'placeholder', 'alt', 'aria-valuetext'].map((name) => one.getAttribute(name) ?? ''),
        ...(one instanceof HTMLTextAreaElement || one instanceof HTMLInputElement ? [one.value] : []),
      ])
      .concat(document.title)`)
    .then((texts) => chineseIn(texts.filter((text) => !SANCTION_NAMES.has(text))));

/** Headings, buttons and labels, seen or heard, outside what says that it is in English. */
export const labelsOn = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`[
    ...[...document.querySelectorAll('h1, h2, h3, h4, button, label, legend, summary, th, dt, caption, option, nav a, .tag')]
      .filter((one) => !one.closest('body [lang="en"]'))
      .map((one) => {
        const copy = one.cloneNode(true);
        for (const code of copy.querySelectorAll('code, option, td')) code.remove();
        return copy.textContent;
      }),
    ...[...document.querySelectorAll('body *')]
      .filter((one) => !one.closest('body [lang="en"], code'))
      .flatMap((one) => ['aria-label', 'title', 'placeholder', 'alt', 'aria-valuetext'].map((name) => one.getAttribute(name) ?? '')),
    document.title,
  ].filter((text) => text.trim() !== '')`);

/** What is written alike in both languages: names of standards, ids and names of files. */
const ALIKE = /SHA-256|CSV|UTF-8|GB18030|GBK|\b[a-z]+-[a-z0-9]+\b|\b[me][0-9]+\b|[\w-]*\.(?:txt|pdf|csv)\b/g;

export const englishIn = (texts: readonly string[]): string[] =>
  texts.filter((text) => /[A-Za-z]{2}/.test(text.replaceAll(ALIKE, '')));
