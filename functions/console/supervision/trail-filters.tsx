import type { FieldError } from '../../../domain/fields.ts';
import { caseEventTypes, itemEventTypes } from '../../../domain/payload.ts';
import type { Refusal } from '../../../domain/refusals.ts';
import { errorOf } from '../form/form.tsx';
import { COLON, type Language } from '../texts/language.ts';
import { saidRefusal } from '../texts/refusals.ts';
import { supervisionWords } from '../texts/supervision.ts';
import { words } from '../texts/words.ts';
import { TRAIL_FILTERS, type TrailFilter, type TypedTrail } from './trail-query.ts';

interface FiltersProps {
  readonly language: Language;
  readonly typed: TypedTrail;
  /** Offices to suggest; others may be written. */
  readonly offices: readonly string[];
  readonly refusal: Refusal | undefined;
}

/** Types of both streams, each once: some, such as corrections, are of both. */
const TYPES = [...new Set([...itemEventTypes, ...caseEventTypes])];

/** The form above the trail, with what is wrong beside each field. */
export const TrailFilters = ({ language, typed, offices, refusal }: FiltersProps) => {
  const t = supervisionWords[language];
  const field = (name: TrailFilter) => ({
    language,
    name,
    typed: typed[name],
    error: errorOf(refusal, name),
  });
  return (
    <form method="get" action="/supervision#trail" class="trail-filters" aria-label={t.filters}>
      {refusal ? <Refused language={language} refusal={refusal} /> : null}
      <Line {...field('office')} hint={t.officeHint} list="trail-offices" />
      <datalist id="trail-offices">
        {offices.map((office) => (
          <option value={office}></option>
        ))}
      </datalist>
      <Line {...field('actor')} hint={t.actorHint} />
      <Types {...field('type')} />
      <Line {...field('from')} type="date" hint={t.fromHint} />
      <Line {...field('to')} type="date" hint={t.toHint} />
      <p class="send">
        <button type="submit">{t.apply}</button> <a href="/supervision#trail">{t.reset}</a>
      </p>
    </form>
  );
};

const Refused = ({ language, refusal }: { readonly language: Language; readonly refusal: Refusal }) => {
  const t = supervisionWords[language];
  const wrong = TRAIL_FILTERS.flatMap((name) => {
    const error = errorOf(refusal, name);
    return error ? [{ name, said: saidFault(language, error) }] : [];
  });
  return (
    <div class="refusal" role="alert" id="refusal" tabindex={-1}>
      <strong>{t.refused}</strong>
      {wrong.length === 0 ? (
        <p>{saidRefusal(refusal, language)}</p>
      ) : (
        <ul>
          {wrong.map(({ name, said }) => (
            <li>
              <a href={`#trail-${name}`}>{t[name]}</a>
              {language === 'zh' ? COLON.zh : ' '}
              {said}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};

/** What is wrong with a filter, in the words of this form rather than of an entry's. */
function saidFault(language: Language, { code, pointer }: FieldError): string {
  const { fault } = supervisionWords[language];
  if (code === 'invalid-date') return fault.date;
  if (pointer === '/type') return fault.type;
  if (pointer === '/from') return fault.tooLong;
  return pointer === '/to' ? fault.reversed : fault.name;
}

interface FieldProps {
  readonly language: Language;
  readonly name: TrailFilter;
  readonly typed: string;
  readonly error: FieldError | undefined;
}

const Line = (
  props: FieldProps & { readonly hint: string; readonly type?: 'date'; readonly list?: string },
) => {
  const { language, name, typed, error, hint, type, list } = props;
  // A field for dates shows nothing of what is no date: there it is a line of text, so that nothing typed is lost.
  const isDate = type === 'date' && error?.code !== 'invalid-date';
  return (
    <p class="field">
      <label for={`trail-${name}`}>{supervisionWords[language][name]}</label>
      <input
        id={`trail-${name}`}
        name={name}
        type={isDate ? 'date' : 'text'}
        value={typed}
        list={list}
        autocomplete="off"
        aria-describedby={error ? `trail-${name}-hint trail-${name}-fault` : `trail-${name}-hint`}
        aria-invalid={error ? 'true' : undefined}
      />
      <Notes {...props} hint={hint} />
    </p>
  );
};

const Types = (props: FieldProps) => {
  const { language, name, typed, error } = props;
  const t = supervisionWords[language];
  const offered = typed === '' || TYPES.some((type) => type === typed);
  return (
    <p class="field">
      <label for={`trail-${name}`}>{t.type}</label>
      <select
        id={`trail-${name}`}
        name={name}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={error ? `trail-${name}-fault` : undefined}
      >
        <option value="">{t.anyType}</option>
        {offered ? null : (
          <option value={typed} selected>
            {typed}
          </option>
        )}
        {TYPES.map((type) => (
          <option value={type} selected={type === typed}>
            {words[language].entry[type]}
          </option>
        ))}
      </select>
      <Notes {...props} />
    </p>
  );
};

const Notes = ({ language, name, error, hint }: FieldProps & { readonly hint?: string }) => (
  <>
    {hint === undefined ? null : <small id={`trail-${name}-hint`}>{hint}</small>}
    {error ? (
      <small id={`trail-${name}-fault`} class="fault">
        {saidFault(language, error)}
      </small>
    ) : null}
  </>
);
