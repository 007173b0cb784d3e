import { randomUUID } from 'node:crypto';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { type CaseId, itemId } from '../../../domain/ids.ts';
import { flagRules } from '../../../domain/look-back/catalogue.ts';
import { isRefusal, type Refusal, refusals, refuse } from '../../../domain/refusals.ts';
import { fieldsOf, NO_CHOICES } from '../form/controls.ts';
import { EntryForm } from '../form/form.tsx';
import type { Typed } from '../form/read-form.ts';
import { answer, Page } from '../page.tsx';
import { refused } from '../problem-page.tsx';
import { flagWords } from '../texts/flags.ts';
import { frame } from '../texts/frame.ts';
import type { SignedIn } from '../visit.ts';
import { basisOf, flagsAddress, readAskedFlags } from './asked.ts';
import { OneFlag } from './flag.tsx';
import { readFlagPicture } from './read-flags.ts';
import { RuleHeading } from './rule-heading.tsx';

/** What was typed into a form that was refused, and why. */
export interface UnsentDismissal {
  readonly typed: Typed;
  readonly refusal: Refusal;
  readonly formKey: string | undefined;
  readonly rule: string;
  readonly item: string;
}

/** The words of a dismissal: which rule it names, the page knows. */
export const dismissalFields = (language: SignedIn['language']) =>
  fieldsOf('item', 'FlagDismissed', NO_CHOICES, language).filter(({ name }) => name !== 'rule');

/** One flag with the form that dismisses it. */
export async function showDismissal(
  visit: SignedIn,
  caseId: CaseId,
  unsent?: UnsentDismissal,
): Promise<Response> {
  const { c, language } = visit;
  const t = flagWords[language];
  const asked = readAskedFlags(new URL(c.req.url).searchParams);
  const rule = flagRules.find((one) => one === (unsent?.rule ?? asked.rule));
  const item = itemId(unsent?.item ?? asked.item ?? '');
  const [picture, inspection] = await Promise.all([
    readFlagPicture(visit, caseId, { rule, item, dismissed: false }, {}),
    visit.ledger.inspectionCase(visit.who, caseId, {}),
  ]);
  if (isRefusal(picture)) return refused(visit, picture);
  if (isRefusal(inspection)) return refused(visit, inspection);
  const flag = picture.flags.find(({ itemId: flagged }) => flagged === (item ?? null));
  const here = `/cases/${caseId}/flags`;
  const title = inspection.title ?? frame[language].erased;
  if (rule === undefined || (!flag && !unsent)) return refused(visit, refuse('not-found'));
  const page = (
    <Page
      visit={visit}
      title={t.dismissing}
      crumbs={[
        { text: frame[language].cases, href: '/' },
        { text: title, href: `/cases/${caseId}` },
        { text: t.title, href: flagsAddress(here, {}, {}) },
        { text: t.dismissing },
      ]}
    >
      <h1>{t.dismissing}</h1>
      <RuleHeading language={language} rule={rule} settings={inspection.settings} />
      {unsent?.refusal.refused === 'version-mismatch' ? <p class="notice">{t.changed}</p> : null}
      {flag ? (
        <ul class="flags">
          <OneFlag visit={visit} flag={flag} clocks={{}} />
        </ul>
      ) : (
        <p class="notice">{t.gone}</p>
      )}
      <EntryForm
        visit={visit}
        type="FlagDismissed"
        action={here}
        fields={dismissalFields(language)}
        typed={unsent?.typed}
        refusal={unsent?.refusal}
        dated={false}
        hidden={{
          key: unsent?.formKey ?? randomUUID(),
          rule,
          item: item ?? '',
          basis: flag ? basisOf(flag) : '',
        }}
      >
        <p class="hint">{t.dismissHint}</p>
      </EntryForm>
    </Page>
  );
  const status = unsent ? refusals[unsent.refusal.refused][0] : 200;
  return answer(visit, page, status as ContentfulStatusCode);
}
