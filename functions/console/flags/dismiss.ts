import { type CaseId, itemId, caseId as readCaseId } from '../../../domain/ids.ts';
import { flagRules } from '../../../domain/look-back/catalogue.ts';
import { isRefusal, type Refusal, refuse, refuseFields } from '../../../domain/refusals.ts';
import type { RecordedEntry } from '../../app/ledger.ts';
import { keptKey } from '../form/kept-key.ts';
import { readEntry, type Sent, textOf, typedIn } from '../form/read-form.ts';
import { refused } from '../problem-page.tsx';
import type { SignedIn } from '../visit.ts';
import { basisOf } from './asked.ts';
import { dismissalFields, showDismissal } from './dismissal.tsx';
import { readFlagPicture } from './read-flags.ts';

/** Records that somebody looked at a flag and why it is none; what was refused stands on the page again, as typed. */
export async function dismissFlag(visit: SignedIn, sent: Sent): Promise<Response> {
  const caseId = readCaseId(visit.c.req.param('caseId') ?? '');
  if (!caseId) return refused(visit, refuse('case-not-found'));
  const outcome = await tryToDismiss(visit, caseId, sent);
  if (!isRefusal(outcome)) return visit.c.redirect(`/cases/${caseId}/flags`, 303);
  const [rule, item] = [textOf(sent, 'rule'), textOf(sent, 'item')];
  if (flagRules.every((one) => one !== rule)) return refused(visit, refuse('invalid-request'));
  return showDismissal(visit, caseId, {
    typed: typedIn(sent),
    refusal: outcome,
    formKey: keptKey(textOf(sent, 'key'), outcome),
    rule,
    item,
  });
}

async function tryToDismiss(visit: SignedIn, caseId: CaseId, sent: Sent): Promise<RecordedEntry | Refusal> {
  const { ledger, who, language } = visit;
  const rule = flagRules.find((one) => one === textOf(sent, 'rule'));
  const item = itemId(textOf(sent, 'item'));
  if (!rule) return refuse('invalid-request');
  const { entry, errors } = readEntry('FlagDismissed', dismissalFields(language), typedIn(sent));
  if (errors.length > 0) return refuseFields(errors);
  const changed = await changedSince(visit, caseId, { rule, item }, textOf(sent, 'basis'));
  const options = { idempotencyKey: textOf(sent, 'key') || undefined };
  const request = { ...entry, data: { ...entry.data, rule } };
  if (changed) return changed;
  return item === undefined
    ? ledger.recordOnCase(who, caseId, request, options)
    : ledger.recordOnItem(who, caseId, item, request, options);
}

/** A dismissal covers all that the flag rests on when it is recorded: its person must have seen that. */
async function changedSince(
  visit: SignedIn,
  caseId: CaseId,
  { rule, item }: { readonly rule: (typeof flagRules)[number]; readonly item: string | undefined },
  basis: string,
): Promise<Refusal | undefined> {
  const picture = await readFlagPicture(visit, caseId, { rule, item }, {});
  if (isRefusal(picture)) return picture;
  const flag = picture.flags.find(({ itemId: flagged }) => flagged === (item ?? null));
  return flag && basisOf(flag) === basis
    ? undefined
    : refuse('version-mismatch', 'what the flag rests on has changed');
}
