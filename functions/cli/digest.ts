import type { CaseDeadlines, CountedOn } from '../app/case-deadlines.ts';
import type { Paged, WithCut } from '../app/ledger.ts';
import { LANGUAGES, type Language } from '../console/texts/language.ts';
import { composeDigest } from '../digest/compose-digest.ts';
import { type Api, apiOptions, connect } from './api.ts';
import { clockOptions } from './picture.ts';
import { UsageError } from './problems.ts';
import { give } from './result.ts';
import type { Arguments, Verb } from './verb.ts';

export const digest: Verb = {
  name: 'digest',
  summary: 'Says what is overdue, due soon and silent, by lead office, now or at a past date.',
  takes: [],
  options: {
    case: { type: 'string', value: 'ID', help: 'only this case' },
    'for-office': { type: 'string', value: 'OFFICE', help: 'only items that this office leads or supports' },
    within: { type: 'string', value: 'DAYS', help: 'due soon with so many days left or fewer (10)' },
    silent: {
      type: 'string',
      value: 'DAYS',
      help: 'silent after more than so many days without a sign (30)',
    },
    ...clockOptions,
    language: { type: 'string', value: 'zh|en', help: 'of the text (zh): it is for the offices to read' },
    ...apiOptions,
  },
  notes: ['--office is who asks; what is asked about is --for-office.'],
  async run(args, context) {
    const language = readLanguage(args);
    const query = {
      case: args.optionalCaseId(),
      office: args.text('for-office'),
      withinDays: args.integer('within')?.toString(),
      silentDays: args.integer('silent')?.toString(),
      recordedAsOf: args.text('recorded-as-of'),
      effectiveOn: args.text('effective-on'),
    };
    const deadlines = await readAll(await connect(args, context), query);
    const { data: cases, cut, ...counted } = deadlines;
    const text = composeDigest({ counted, cases, cut }, language);
    await give(context, args, deadlines, text.trimEnd().split('\n'));
    return 0;
  },
};

function readLanguage(args: Arguments): Language {
  const asked = args.text('language') ?? 'zh';
  const language = LANGUAGES.find((one) => one === asked);
  if (!language) throw new UsageError(`--language must be ${LANGUAGES.join(' or ')}`);
  return language;
}

type Deadlines = Omit<Paged<CaseDeadlines>, 'nextCursor'> & CountedOn & WithCut;

/** Page by page to the end; later entries are those of all pages. */
async function readAll(api: Api, query: { readonly [name: string]: string | undefined }): Promise<Deadlines> {
  const data: CaseDeadlines[] = [];
  let laterEntries = 0;
  let cursor: string | undefined;
  for (;;) {
    const { body } = await api.call('/v1/deadlines', { query: { ...query, cursor } });
    const { nextCursor, ...page } = body as Paged<CaseDeadlines> & CountedOn & WithCut;
    data.push(...page.data);
    laterEntries += page.cut?.laterEntries ?? 0;
    cursor = nextCursor;
    if (cursor === undefined)
      return { ...page, data, ...(page.cut && { cut: { ...page.cut, laterEntries } }) };
  }
}
