import type { CutEcho } from '../../domain/cut.ts';
import type { CaseId, ItemId } from '../../domain/ids.ts';
import type { InspectionCase } from '../../domain/inspection/view.ts';
import type { Item } from '../../domain/item/present.ts';
import type { Paged, WithCut } from '../app/ledger.ts';
import { type Api, connect } from './api.ts';
import type { CliContext, Output } from './context.ts';
import { inert, styled } from './output.ts';
import { Refused } from './problems.ts';
import { give } from './result.ts';
import { table } from './table.ts';
import type { Arguments, ExitStatus, Options } from './verb.ts';

export interface Clocks {
  readonly recordedAsOf?: string | undefined;
  readonly effectiveOn?: string | undefined;
}

export const clockOptions: Options = {
  'recorded-as-of': {
    type: 'string',
    value: 'WHEN',
    help: 'what the ledger said then: YYYY-MM-DD (to its end) or an RFC 3339 instant',
  },
  'effective-on': {
    type: 'string',
    value: 'DATE',
    help: 'what is now known to have been true on YYYY-MM-DD',
  },
};

/** Prints an item, or a case with its register: now, or on either clock. */
export async function showPicture(args: Arguments, context: CliContext, clocks: Clocks): Promise<ExitStatus> {
  const caseId = args.caseId();
  const itemId = args.optionalItemId();
  const api = await connect(args, context);
  if (itemId) {
    const item = await readItem(api, caseId, itemId, clocks);
    await give(context, args, item, [
      ...itemLines(item, context.stdout),
      ...cutLines(item.cut, context.stdout),
    ]);
    return 0;
  }
  const register = await readRegister(api, caseId, clocks);
  const about = await readCase(api, caseId, clocks);
  await give(context, args, { ...about, items: register.data, ...(register.cut && { cut: register.cut }) }, [
    ...(about ? [...caseLines(about, context.stdout), ''] : []),
    ...registerLines(register.data, context.stdout),
    ...cutLines(register.cut, context.stdout),
  ]);
  return 0;
}

async function readItem(api: Api, caseId: CaseId, itemId: ItemId, clocks: Clocks): Promise<Item & WithCut> {
  const { body } = await api.call(`/v1/cases/${caseId}/items/${itemId}`, { query: { ...clocks } });
  return body as Item & WithCut;
}

/** Page by page to the end; the cut that is echoed is the last page's. */
async function readRegister(api: Api, caseId: CaseId, clocks: Clocks): Promise<Paged<Item> & WithCut> {
  const data: Item[] = [];
  let cursor: string | undefined;
  for (;;) {
    const query = { ...clocks, limit: '1000', cursor };
    const page = (await api.call(`/v1/cases/${caseId}/items`, { query })).body as Paged<Item> & WithCut;
    data.push(...page.data);
    cursor = page.nextCursor;
    if (cursor === undefined) return { ...page, data };
  }
}

/** The case itself; an office reads its items only, and does without. */
async function readCase(api: Api, caseId: CaseId, clocks: Clocks): Promise<InspectionCase | undefined> {
  try {
    return (await api.call(`/v1/cases/${caseId}`, { query: { ...clocks } })).body as InspectionCase;
  } catch (error) {
    if (error instanceof Refused && error.problem.code === 'role-not-allowed') return undefined;
    throw error;
  }
}

const labelled = (rows: readonly (readonly [string, string | null | undefined])[]): string[] =>
  rows.flatMap(([label, value]) => (value ? [`${label.padEnd(14)}${inert(value)}`] : []));

const ERASED = '(erased)';

function caseLines(about: InspectionCase, out: Output): string[] {
  const { counts } = about;
  const byStatus = Object.entries(counts.byStatus).filter(([, count]) => count > 0);
  return [
    styled(out, 'bold', inert(`${about.caseId}  ${about.title ?? (about.feedbackOn ? ERASED : '')}`)),
    ...labelled([
      ['inspected', about.inspectedBody],
      ['inspecting', about.inspectingBody],
      ['feedback', about.feedbackOn],
      ['items', [`${counts.items}`, ...byStatus.map(([status, count]) => `${status} ${count}`)].join(', ')],
      ['overdue', String(counts.overdue)],
      [
        'persons',
        about.accountability
          .map(
            (line) =>
              `${line.kind}${line.measure ? ` ${line.measure}` : ''} ${line.persons}${line.inexact ? '+' : ''}`,
          )
          .join(', '),
      ],
      ['institutions', about.institutions ? String(about.institutions) : undefined],
      ['funds', about.fundsFen ? yuan(about.fundsFen) : undefined],
      ['version', `${about.version}  ${about.hash}`],
    ]),
  ];
}

/** Fen as yuan, exactly. */
const yuan = (fen: number): string => `${Math.trunc(fen / 100)}.${String(fen % 100).padStart(2, '0')} yuan`;

function registerLines(items: readonly Item[], out: Output): string[] {
  const rows = items.map((item) => [
    item.itemId,
    item.printedNumber ?? '',
    item.status ?? '',
    `${item.deadline ?? ''}${item.overdue ? ' overdue' : ''}`,
    item.lead ?? '',
    `${item.measures.filter((one) => one.status !== 'adopted' && one.status !== 'withdrawn').length}/${item.measures.filter((one) => one.status !== 'withdrawn').length}`,
    String(item.version),
    item.title ?? ERASED,
  ]);
  const headings = ['item', 'no.', 'status', 'deadline', 'lead', 'done', 'version', 'title'];
  const [head = '', ...lines] = table(headings, rows, out.columns);
  return [styled(out, 'bold', head), ...lines, `${items.length} items`];
}

function itemLines(item: Item, out: Output): string[] {
  return [
    styled(out, 'bold', inert(`${item.caseId}/${item.itemId}  ${item.title ?? (item.status ? ERASED : '')}`)),
    ...labelled([
      ['status', item.status ?? 'not raised'],
      ['stated', item.statedStatus],
      ['no.', item.printedNumber],
      ['term', item.term],
      ['deadline', item.deadline && `${item.deadline}${item.overdue ? ' overdue' : ''}`],
      ['lead', item.lead],
      ['supporting', item.supporting.join('、')],
      [
        'returned',
        item.returns > 0 ? `${item.returns} times: ${item.lastReturnReason ?? ERASED}` : undefined,
      ],
      ['version', `${item.version}  ${item.hash}`],
    ]),
    ...(item.measures.length > 0 ? [''] : []),
    ...section(
      ['measure', 'status', 'due', 'evidence', 'text'],
      item.measures.map((one) => [
        one.measureId,
        one.status,
        one.due ?? '',
        String(one.evidence),
        one.text ?? ERASED,
      ]),
      out,
    ),
    ...(item.evidence.length > 0 ? [''] : []),
    ...section(
      ['evidence', 'standing', 'names', 'sha256', 'name'],
      item.evidence.map((one) => [
        one.evidenceId,
        one.standing ? 'yes' : 'no',
        one.measureIds.join(' '),
        one.sha256.slice(0, 12),
        one.name ?? ERASED,
      ]),
      out,
    ),
  ];
}

const section = (headings: readonly string[], rows: readonly string[][], out: Output): string[] =>
  rows.length === 0 ? [] : table(headings, rows, out.columns);

export function cutLines(cut: CutEcho | undefined, out: Output): string[] {
  if (!cut) return [];
  const said = [
    cut.recordedAsOf ? `as the ledger said at ${cut.recordedAsOf}` : 'as the ledger says now',
    cut.effectiveOn ? `of what was true on ${cut.effectiveOn}` : '',
    `${cut.laterEntries} later entries`,
    cut.recordedAsOf && !cut.settled ? 'not settled yet' : '',
  ];
  return [styled(out, 'dim', said.filter((part) => part !== '').join(', '))];
}
