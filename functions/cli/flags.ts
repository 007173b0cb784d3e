import { FLAG_RULES, isFlagRule, SEVERITIES, THRESHOLDS } from '../../domain/look-back/catalogue.ts';
import type { EntryRef, Flag } from '../../domain/look-back/flag.ts';
import type { FlaggedCase } from '../app/flagged-case.ts';
import type { Paged, WithCut } from '../app/ledger.ts';
import { type Api, apiOptions, connect } from './api.ts';
import type { CliContext } from './context.ts';
import { styled } from './output.ts';
import { clockOptions, cutLines } from './picture.ts';
import { UsageError } from './problems.ts';
import { give } from './result.ts';
import { table } from './table.ts';
import type { Arguments, ExitStatus, Verb } from './verb.ts';

const PROMPT = 'A flag is a prompt for a person to look, never a finding.';

type Query = { readonly [name: string]: string | undefined };

export const flags: Verb = {
  name: 'flags',
  summary: 'Lists what somebody should look at in a case, or how many flags each case has.',
  takes: [],
  options: {
    case: { type: 'string', value: 'ID', help: 'the case; without it, all cases with their numbers' },
    item: { type: 'string', value: 'NNNN', help: 'flags of one item of it' },
    rule: { type: 'string', value: 'RULE', help: 'of one rule' },
    severity: { type: 'string', value: 'GRADE', help: `one of ${SEVERITIES.join(', ')}` },
    lead: { type: 'string', value: 'CODE', help: 'of items that this office leads' },
    dismissed: { type: 'boolean', help: 'those that somebody dismissed, instead of the others' },
    ...clockOptions,
    ...apiOptions,
  },
  notes: [
    `${PROMPT} Rules:`,
    ...Object.entries(FLAG_RULES).map(
      ([rule, { severity, thresholds }]) =>
        `  ${rule} (${[severity, ...thresholds.map((name) => `${name} ${THRESHOLDS[name].default ?? 'unset'}`)].join(', ')})`,
    ),
  ],
  async run(args, context) {
    const rule = args.text('rule');
    if (rule !== undefined && !isFlagRule(rule)) throw new UsageError(`there is no rule ${rule}`);
    const caseId = args.optionalCaseId();
    const item = args.optionalItemId();
    if (item !== undefined && caseId === undefined) throw new UsageError('--case is missing');
    const query: Query = {
      recordedAsOf: args.text('recorded-as-of'),
      effectiveOn: args.text('effective-on'),
      rule,
      severity: args.text('severity'),
      office: args.text('lead'),
    };
    const api = await connect(args, context);
    if (caseId === undefined) return giveCases(api, args, context, query);
    const dismissed = String(args.has('dismissed'));
    return giveFlags(api, args, context, `/v1/cases/${caseId}/flags`, { ...query, item, dismissed });
  },
};

/** Page by page to the end; the cut that is echoed is the last page's. */
async function readPages<Row>(api: Api, path: string, query: Query): Promise<Paged<Row> & WithCut> {
  const data: Row[] = [];
  let cursor: string | undefined;
  for (;;) {
    const { body } = await api.call(path, { query: { ...query, limit: '1000', cursor } });
    const page = body as Paged<Row> & WithCut;
    data.push(...page.data);
    cursor = page.nextCursor;
    if (cursor === undefined) return { ...page, data };
  }
}

async function giveFlags(
  api: Api,
  args: Arguments,
  context: CliContext,
  path: string,
  query: Query,
): Promise<ExitStatus> {
  const found = await readPages<Flag>(api, path, query);
  const rows = found.data.map((flag) => [
    flag.severity,
    flag.rule,
    flag.itemId ?? 'case',
    flag.since,
    Object.entries(flag.values)
      .map(([name, value]) => `${name} ${value}`)
      .join(' '),
    flag.entries.map((entry) => entryText(flag, entry)).join(' '),
    flag.title ?? '',
  ]);
  const headings = ['severity', 'rule', 'item', 'since', 'counted', 'entries', 'title'];
  const [head = '', ...lines] = table(headings, rows, context.stdout.columns);
  await give(context, args, found, [
    styled(context.stdout, 'bold', head),
    ...lines,
    rows.length === 1 ? '1 flag' : `${rows.length} flags`,
    PROMPT,
    ...cutLines(found.cut, context.stdout),
  ]);
  return 0;
}

/** The seq alone in the flag's own stream; else with the item's id, or that of another case. */
function entryText(flag: Flag, { caseId, itemId, seq }: EntryRef): string {
  const stream = itemId ?? 'case';
  if (caseId !== flag.caseId) return `${caseId}/${stream}/${seq}`;
  return itemId === flag.itemId ? String(seq) : `${stream}/${seq}`;
}

async function giveCases(api: Api, args: Arguments, context: CliContext, query: Query): Promise<ExitStatus> {
  const found = await readPages<FlaggedCase>(api, '/v1/flags', query);
  const rows = found.data.map(({ caseId, title, items, bySeverity, dismissed }) => [
    caseId,
    ...SEVERITIES.map((severity) => String(bySeverity[severity])),
    String(items),
    String(dismissed),
    title ?? '',
  ]);
  const headings = ['case', ...SEVERITIES, 'items', 'dismissed', 'title'];
  const [head = '', ...lines] = table(headings, rows, context.stdout.columns);
  await give(context, args, found, [
    styled(context.stdout, 'bold', head),
    ...lines,
    PROMPT,
    ...cutLines(found.cut, context.stdout),
  ]);
  return 0;
}
