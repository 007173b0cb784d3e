import type { ItemEventType } from '../../../domain/events.ts';
import { isItemEventType } from '../../../domain/payload.ts';
import type { Refusal } from '../../../domain/refusals.ts';
import type { ItemLife } from '../../app/item-life.ts';
import { type Choices, correctableFields, type FormField, fieldsOf } from '../form/controls.ts';
import { BEGAN, rebased, typedFrom } from '../form/correction.ts';
import { fieldLabel } from '../form/field-label.ts';
import { EntryForm, errorOf, saidFieldError } from '../form/form.tsx';
import type { Typed } from '../form/read-form.ts';
import { actionName } from '../texts/actions.ts';
import { entryName } from '../texts/entry-name.ts';
import { formWords } from '../texts/fields.ts';
import { itemWords } from '../texts/item.ts';
import type { Language } from '../texts/language.ts';
import type { SignedIn } from '../visit.ts';
import type { AttachedFile } from './attached-file.ts';
import { UnmetRules } from './closing.tsx';
import type { ItemChoices } from './item-forms.ts';

/** A form that was sent and refused, as it was typed. */
export interface SentForm {
  readonly type: ItemEventType;
  readonly typed: Typed;
  readonly refusal: Refusal;
  /** The entry that it is about, of an amendment. */
  readonly target: number | undefined;
  /** The version that the page showed. */
  readonly seen: number;
  /** What a correction's form began with. */
  readonly began: Typed | undefined;
  /** Evidence whose hash is there already. */
  readonly file: AttachedFile | undefined;
}

interface FormsProps {
  readonly visit: SignedIn;
  readonly life: ItemLife;
  readonly choices: ItemChoices;
  readonly offered: readonly ItemEventType[];
  readonly sent: SentForm | undefined;
}

/** What may be recorded now: one form each, folded; the one that was asked for, or refused, is open. */
export const Forms = ({ visit, life, choices, offered, sent }: FormsProps) => {
  const { c, language } = visit;
  const asked = sent?.type ?? c.req.query('do');
  return (
    <div class="forms">
      {offered.map((type) => (
        <details open={type === asked}>
          <summary>{actionName(language, type)}</summary>
          <ItemForm
            visit={visit}
            life={life}
            type={type}
            choices={choices}
            sent={sent?.type === type ? sent : undefined}
          />
        </details>
      ))}
    </div>
  );
};

interface ItemFormProps extends Omit<FormsProps, 'offered'> {
  readonly type: ItemEventType;
}

const ItemForm = ({ visit, life, type, choices, sent }: ItemFormProps) => {
  const { language } = visit;
  const offered = choicesFor(type, life, choices);
  return (
    <EntryForm
      visit={visit}
      type={type}
      action={pathOf(visit)}
      fields={settled(life, type, fieldsOf('item', type, offered, language))}
      typed={sent?.typed ?? preset(visit, life, type)}
      refusal={sent?.refusal}
      hidden={{ ...hiddenOf(life), ...fileFields(sent?.file) }}
      multipart={type === 'EvidenceAttached'}
    >
      {type === 'ItemClosed' && life.unmet.length > 0 ? (
        <div class="notice picture">
          <p>{itemWords[language].closeUnmet}</p>
          <UnmetRules language={language} unmet={life.unmet} />
        </div>
      ) : null}
      {type === 'ItemClosed' ? <p class="hint">{itemWords[language].reviewed(life.newestVersion)}</p> : null}
      {type === 'EvidenceAttached' ? (
        <FileField language={language} refusal={sent?.refusal} kept={sent?.file} />
      ) : null}
      {type === 'ClosureRequested' ? <Premature visit={visit} life={life} /> : null}
    </EntryForm>
  );
};

function choicesFor(type: ItemEventType, { completable }: ItemLife, choices: ItemChoices): Choices {
  switch (type) {
    case 'MeasureCompleted':
      return { ...choices, measures: choices.measures.filter(({ value }) => completable.includes(value)) };
    case 'LookBackFindingRecorded':
      return { ...choices, lookBacks: choices.openLookBacks };
    case 'ItemReopened':
      return { ...choices, lookBacks: choices.reasonsToReopen };
    default:
      return choices;
  }
}

/** A request may come too early: it is taken, and then nothing can be added while it stands. */
const Premature = ({ visit, life }: Pick<ItemFormProps, 'visit' | 'life'>) => {
  const missing = life.unmet.filter(
    ({ refused }) => refused !== 'closure-not-requested' && refused !== 'endorsement-missing',
  );
  return missing.length === 0 ? null : (
    <div class="notice picture">
      <p>{itemWords[visit.language].premature}</p>
      <UnmetRules language={visit.language} unmet={missing} />
    </div>
  );
};

const fileFields = (file: AttachedFile | undefined): { readonly [name: string]: string } =>
  file === undefined
    ? {}
    : { name: file.name, mediaType: file.mediaType, bytes: String(file.bytes), sha256: file.sha256 };

const pathOf = ({ c }: SignedIn): string => new URL(c.req.url).pathname;

const hiddenOf = (life: ItemLife): { readonly [name: string]: string } => ({
  version: String(life.newestVersion),
  key: crypto.randomUUID(),
});

/** Term and deadline are set once: a form does not ask for what would be refused. */
function settled(life: ItemLife, type: ItemEventType, fields: readonly FormField[]): readonly FormField[] {
  if (type !== 'OfficeAssigned') return fields;
  const { term, deadline } = life.item;
  return fields.filter(
    ({ name }) => !(name === 'term' && term !== null) && !(name === 'deadline' && deadline !== null),
  );
}

/** What the link to the form says already. */
function preset({ c }: SignedIn, life: ItemLife, type: ItemEventType): Typed {
  if (c.req.query('do') !== type) return {};
  const named = Object.entries({
    measureId: c.req.query('measureId'),
    lookBackSeq: c.req.query('lookBackSeq'),
    reason: type === 'ItemReopened' ? wordsOfFinding(life, c.req.query('finding')) : undefined,
  });
  return Object.fromEntries(named.flatMap(([name, value]) => (value === undefined ? [] : [[name, [value]]])));
}

/** What a look-back found, as the reason to reopen; undefined where the address names no finding. */
function wordsOfFinding(life: ItemLife, seq: string | undefined): string | undefined {
  const entry = life.entries.find((one) => String(one.seq) === seq && one.type === 'LookBackFindingRecorded');
  const text = entry?.asCorrected.data.text;
  return typeof text === 'string' ? text : undefined;
}

/** The file whose hash is recorded. Where scripts run on a trusted page, the browser hashes it and sends no byte. */
const FileField = ({
  language,
  refusal,
  kept,
}: {
  readonly language: Language;
  readonly refusal: Refusal | undefined;
  readonly kept: AttachedFile | undefined;
}) => {
  const t = formWords[language];
  const error = errorOf(refusal, 'file');
  return (
    <p class="field">
      <label for="EvidenceAttached-file">{fieldLabel(language, 'file')}</label>
      <input
        type="file"
        id="EvidenceAttached-file"
        name="file"
        required={kept === undefined}
        data-hashed
        aria-describedby={`EvidenceAttached-file-hint${error ? ' EvidenceAttached-file-error' : ''}`}
        aria-invalid={error ? 'true' : undefined}
      />
      <small id="EvidenceAttached-file-hint" class="hint">
        {t.fileHint}
      </small>
      {kept === undefined ? null : (
        <small class="hint">{t.fileKept(kept.name, kept.sha256.slice(0, 16))}</small>
      )}
      {error ? (
        <small id="EvidenceAttached-file-error" class="fault">
          {saidFieldError(language, error)}
        </small>
      ) : null}
    </p>
  );
};

/** The form of an amendment, about one entry of the timeline. */
export const AmendmentForm = ({ visit, life, choices, sent }: Omit<FormsProps, 'offered'>) => {
  const { c, language } = visit;
  const type = sent?.type ?? c.req.query('do');
  const target = sent ? sent.target : Number(c.req.query('target'));
  const about = life.entries.find(({ seq }) => seq === target);
  if (type !== 'EntryCorrected' && type !== 'EntryVoided' && type !== 'TextErased') return null;
  // One that was refused stays, with what was written in it, even where none would be taken any more.
  if (!about || (!sent && !life.recordable.includes(type)) || !isItemEventType(about.type)) return null;
  const t = itemWords[language];
  const own = fieldsOf('item', type, choices, language);
  const fields = type === 'EntryCorrected' ? correctableFields('item', about.type, choices, language) : [];
  const now = typedFrom(fields, about.asCorrected);
  const typed = sent ? rebased(fields, sent.typed, sent.began ?? now, now) : now;
  return (
    <section aria-labelledby="amendment">
      <h2 id="amendment">{actionName(language, type)}</h2>
      <EntryForm
        visit={visit}
        type={type}
        action={pathOf(visit)}
        fields={[...fields, ...own]}
        typed={typed}
        refusal={sent?.refusal}
        hidden={{ ...hiddenOf(life), target: String(about.seq), [BEGAN]: JSON.stringify(now) }}
        dated={false}
        about={about.type}
      >
        <p>
          <a href={`#e${about.seq}`}>{t.target(about.seq, entryName(language, about.type))}</a>
        </p>
        {type === 'EntryCorrected' ? <p class="hint">{t.correctHint}</p> : null}
      </EntryForm>
    </section>
  );
};
