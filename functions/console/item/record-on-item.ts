import { isAmendment } from '../../../domain/amending.ts';
import type { ItemEventType } from '../../../domain/events.ts';
import { type CaseId, type ItemId, caseId as readCaseId, itemId as readItemId } from '../../../domain/ids.ts';
import { isItemEventType } from '../../../domain/payload.ts';
import { isRefusal, type Refusal, refuse, refuseFields } from '../../../domain/refusals.ts';
import type { ItemLife, LifeEntry } from '../../app/item-life.ts';
import { correctableFields, fieldsOf, NO_CHOICES } from '../form/controls.ts';
import { BEGAN, readBegan, readCorrection, typedFrom } from '../form/correction.ts';
import { type FormEntry, readEntry, type Sent, type Typed, textOf, typedIn } from '../form/read-form.ts';
import { refused } from '../problem-page.tsx';
import type { SignedIn } from '../visit.ts';
import { type AttachedFile, attachedFile } from './attached-file.ts';
import { showItemAgain } from './item.tsx';

/** Records what a form of the item's page says; what was refused stands on the page again, as typed. */
export async function recordOnItem(visit: SignedIn, sent: Sent): Promise<Response> {
  const { c, ledger, who } = visit;
  const caseId = readCaseId(c.req.param('caseId') ?? '');
  const itemId = readItemId(c.req.param('itemId') ?? '');
  const type = textOf(sent, 'type');
  if (!caseId || !itemId) return refused(visit, refuse('item-not-found'));
  if (!isItemEventType(type) || type === 'IssueRaised') return refused(visit, refuse('invalid-request'));
  const typed = typedIn(sent);
  // A form that brings no version has seen none: 0 is no item's.
  const version = /^[1-9][0-9]{0,5}$/.test(textOf(sent, 'version')) ? Number(textOf(sent, 'version')) : 0;
  const outcome = await tryToRecord(visit, caseId, itemId, type, typed, sent, version);
  if (!isRefusal(outcome)) {
    c.header('Cache-Control', 'no-store');
    const { seq } = outcome.entry.header;
    return c.redirect(`/cases/${caseId}/items/${itemId}?recorded=${seq}#e${seq}`, 303);
  }
  const life = await ledger.life(who, caseId, itemId, {});
  if (isRefusal(life)) return refused(visit, life);
  const target = Number(textOf(sent, 'target')) || undefined;
  return showItemAgain(visit, { caseId, itemId }, life, {
    type,
    typed,
    refusal: outcome,
    target,
    seen: version,
    began: readBegan(textOf(sent, BEGAN)),
    file: await keptFile(type, sent),
  });
}

async function tryToRecord(
  { ledger, who }: SignedIn,
  caseId: CaseId,
  itemId: ItemId,
  type: ItemEventType,
  typed: Typed,
  sent: Sent,
  version: number,
) {
  const read = await readItemForm(type, typed, sent, version, async () =>
    ledger.life(who, caseId, itemId, {}),
  );
  if (isRefusal(read)) return read;
  return ledger.recordOnItem(who, caseId, itemId, read, {
    idempotencyKey: textOf(sent, 'key') || undefined,
    ifMatch: version,
  });
}

async function readItemForm(
  type: ItemEventType,
  typed: Typed,
  sent: Sent,
  version: number,
  readLife: () => Promise<ItemLife | Refusal>,
): Promise<FormEntry | Refusal> {
  const target = Number(textOf(sent, 'target'));
  if (type === 'EntryCorrected') {
    const life = await readLife();
    if (isRefusal(life)) return life;
    const about = life.entries.find(({ seq }) => seq === target);
    return about
      ? correctionOf(about, typed, textOf(sent, BEGAN))
      : refuse('unknown-entry', `the stream has no entry ${target}`);
  }
  const { entry, errors } = readEntry(type, fieldsOf('item', type, NO_CHOICES, 'en'), typed);
  if (errors.length > 0) return refuseFields(errors);
  if (isAmendment(type)) return { ...entry, data: { ...entry.data, target } };
  if (type === 'ItemClosed') return { ...entry, data: { ...entry.data, reviewedSeq: version } };
  if (type !== 'EvidenceAttached') return entry;
  const file = await attachedFile(sent);
  return isRefusal(file) ? file : { ...entry, data: { ...entry.data, ...file } };
}

/** A file that was hashed need not be chosen again. */
async function keptFile(type: ItemEventType, sent: Sent): Promise<AttachedFile | undefined> {
  if (type !== 'EvidenceAttached') return undefined;
  const file = await attachedFile(sent);
  return isRefusal(file) || !/^[0-9a-f]{64}$/.test(file.sha256) ? undefined : file;
}

function correctionOf(about: LifeEntry, typed: Typed, began: string): FormEntry | Refusal {
  if (!isItemEventType(about.type)) return refuse('target-not-correctable');
  const fields = correctableFields('item', about.type, NO_CHOICES, 'en');
  const { entry, errors } = readCorrection(
    about.seq,
    about.type,
    fields,
    typed,
    readBegan(began) ?? typedFrom(fields, about.asCorrected),
  );
  return errors.length > 0 ? refuseFields(errors) : entry;
}
