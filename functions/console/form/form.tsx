import type { Child } from 'hono/jsx';
import type { EventType } from '../../../domain/events.ts';
import type { FieldError } from '../../../domain/fields.ts';
import type { Refusal } from '../../../domain/refusals.ts';
import { FormToken } from '../page.tsx';
import { actionName } from '../texts/actions.ts';
import { formWords } from '../texts/fields.ts';
import { frame } from '../texts/frame.ts';
import { COLON, type Language } from '../texts/language.ts';
import { saidRefusal } from '../texts/refusals.ts';
import type { Visit } from '../visit.ts';
import { type Control, type FormField, SET } from './controls.ts';
import { fieldLabel } from './field-label.ts';
import { hintOf } from './hints.ts';
import { FIELD, type Typed } from './read-form.ts';

/** A form that was refused: what was typed, and why. */
export interface Unsent {
  readonly type: EventType;
  readonly typed: Typed;
  readonly refusal: Refusal;
}

export interface EntryFormProps {
  readonly visit: Visit;
  readonly type: EventType;
  readonly action: string;
  readonly fields: readonly FormField[];
  /** What a form begins with. */
  readonly typed?: Typed | undefined;
  readonly refusal?: Refusal | undefined;
  /** Sent along, unseen. */
  readonly hidden: { readonly [name: string]: string };
  /** Shown above the fields. */
  readonly children?: Child;
  readonly multipart?: boolean;
  /** Asks for the date on which it happened. */
  readonly dated?: boolean;
  readonly submit?: string;
  /** Of what type the entry is that a correction changes: its fields are called as they are there. */
  readonly about?: EventType | undefined;
}

/** The error of one field, if it has one; those of a member, and of what it is a member of, count for the field. */
export const errorOf = (refusal: Refusal | undefined, field: string): FieldError | undefined =>
  refusal?.errors?.find(({ pointer }) => {
    const path = pointer.replace(/^\/data/, '').replace(/^\/set\//, '/set.');
    return path !== '' && (`/${field}/`.startsWith(`${path}/`) || path.startsWith(`/${field}/`));
  });

export function saidFieldError(language: Language, error: FieldError): string {
  return language === 'zh' ? formWords.zh.fault[error.code] : error.message;
}

/** One entry's form: a label, a hint and a place for what is wrong at every field. */
export const EntryForm = (props: EntryFormProps) => {
  const { visit, type, action, fields, typed = {}, refusal, hidden, dated = true } = props;
  const { language } = visit;
  const labelOf = (name: string): string =>
    fieldLabel(language, name, name.startsWith(SET) ? props.about : type);
  const all: readonly FormField[] = dated
    ? [...fields, { name: 'occurredOn', optional: true, control: { kind: 'date' } }]
    : fields;
  return (
    <form
      method="post"
      action={action}
      class="entry"
      id={`form-${type}`}
      enctype={props.multipart ? 'multipart/form-data' : undefined}
    >
      <FormToken visit={visit} />
      <input type="hidden" name="type" value={type} />
      {Object.entries(hidden).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {refusal ? (
        <Refused language={language} type={type} refusal={refusal} fields={all} labelOf={labelOf} />
      ) : null}
      {props.children}
      {all.map((field) => (
        <Field
          language={language}
          type={type}
          field={field}
          label={labelOf(field.name)}
          typed={typed[field.name] ?? []}
          refusal={refusal}
        />
      ))}
      <p>
        <button type="submit">{props.submit ?? actionName(language, type)}</button>
      </p>
    </form>
  );
};

/** Why nothing was recorded, above the form, with a way to each wrong field. */
const Refused = (props: {
  readonly language: Language;
  readonly type: string;
  readonly refusal: Refusal;
  readonly fields: readonly FormField[];
  readonly labelOf: (name: string) => string;
}) => {
  const { language, type, refusal, fields, labelOf } = props;
  const t = frame[language];
  return (
    <div class="refusal" role="alert" id="refusal" tabindex={-1}>
      <strong>{t.errorHeading}</strong>
      <p>{saidRefusal(refusal, language)}</p>
      {refusal.errors ? (
        <ul>
          {refusal.errors.map((error) => {
            const field = fields.find(({ name }) => errorOf({ ...refusal, errors: [error] }, name));
            const said = saidFieldError(language, error);
            return (
              <li>
                {field ? <a href={`#${idOf(type, field.name)}`}>{labelOf(field.name)}</a> : error.pointer}
                {COLON[language]}
                {said}
              </li>
            );
          })}
        </ul>
      ) : null}
    </div>
  );
};

const idOf = (type: string, name: string): string => `${type}-${name}`;

interface FieldProps {
  readonly language: Language;
  readonly type: EventType;
  readonly field: FormField;
  readonly label: string;
  readonly typed: readonly string[];
  readonly refusal: Refusal | undefined;
}

const Field = ({ language, type, field, label, typed, refusal }: FieldProps) => {
  const { name, control, optional } = field;
  const id = idOf(type, name);
  const hint = hintOf(language, name, control, type);
  const error = errorOf(refusal, name);
  const attributes: Attributes = {
    id,
    name: FIELD + name,
    'aria-describedby':
      [...(hint ? [`${id}-hint`] : []), ...(error ? [`${id}-error`] : [])].join(' ') || undefined,
    'aria-invalid': error ? 'true' : undefined,
  };
  const notes = (
    <>
      {hint ? (
        <small id={`${id}-hint`} class="hint">
          {hint}
        </small>
      ) : null}
      {error ? (
        <small id={`${id}-error`} class="fault">
          {saidFieldError(language, error)}
        </small>
      ) : null}
    </>
  );
  if (control.kind === 'mark') {
    return (
      <p class="field mark">
        <label>
          <input type="checkbox" value="true" checked={typed.includes('true')} {...attributes} /> {label}
        </label>
        {notes}
      </p>
    );
  }
  if (control.kind === 'choices') {
    return (
      <fieldset class="field" id={id}>
        <legend>{label}</legend>
        {control.options.map(({ value, label: said }) => (
          <label class="option">
            <input type="checkbox" name={FIELD + name} value={value} checked={typed.includes(value)} />
            <span>{said}</span>
          </label>
        ))}
        {notes}
      </fieldset>
    );
  }
  return (
    <p class="field">
      <label for={id}>
        {label}
        {optional ? <span class="muted"> {formWords[language].optional}</span> : null}
      </label>
      <Input
        language={language}
        control={control}
        required={!optional}
        typed={typed[0] ?? ''}
        attributes={attributes}
      />
      {notes}
    </p>
  );
};

interface Attributes {
  readonly id: string;
  readonly name: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': 'true' | undefined;
}

interface InputProps {
  readonly language: Language;
  readonly control: Exclude<Control, { kind: 'mark' | 'choices' }>;
  readonly required: boolean;
  readonly typed: string;
  readonly attributes: Attributes;
}

const Input = ({ language, control, required, typed, attributes }: InputProps) => {
  if (control.kind === 'words') {
    return (
      <textarea rows={4} required={required} {...attributes}>
        {typed}
      </textarea>
    );
  }
  if (control.kind === 'choice') {
    return (
      <select required={required} {...attributes}>
        <option value="">{formWords[language].choose}</option>
        {control.options.map(({ value, label }) => (
          <option value={value} selected={value === typed}>
            {label}
          </option>
        ))}
      </select>
    );
  }
  const suggestions = 'suggestions' in control ? (control.suggestions ?? []) : [];
  return (
    <>
      <input
        type="text"
        inputmode={control.kind === 'number' ? 'numeric' : control.kind === 'money' ? 'decimal' : undefined}
        autocomplete="off"
        required={required}
        value={typed}
        list={suggestions.length > 0 ? `${attributes.id}-list` : undefined}
        class={control.kind}
        {...attributes}
      />
      {suggestions.length > 0 ? (
        <datalist id={`${attributes.id}-list`}>
          {suggestions.map((value) => (
            <option value={value} />
          ))}
        </datalist>
      ) : null}
    </>
  );
};
