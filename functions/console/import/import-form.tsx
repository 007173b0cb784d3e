import type { FieldError } from '../../../domain/fields.ts';
import type { Refusal } from '../../../domain/refusals.ts';
import { fieldLabel } from '../form/field-label.ts';
import { saidFieldError } from '../form/form.tsx';
import { FIELD } from '../form/read-form.ts';
import { FormToken } from '../page.tsx';
import { frame } from '../texts/frame.ts';
import { importWords } from '../texts/import.ts';
import { COLON, COMMA, type Language } from '../texts/language.ts';
import { saidRefusal } from '../texts/refusals.ts';
import type { Visit } from '../visit.ts';
import { keptFields, type Source } from './source.ts';

/** What stands in the form: as typed, and what was read from it. */
export interface ImportForm {
  readonly caseId: string;
  readonly pasted: string;
  readonly source?: Source | undefined;
  readonly refusal?: Refusal | undefined;
}

/** The form that brings a notice: the first step records nothing. */
export const NoticeForm = ({ visit, form }: { readonly visit: Visit; readonly form: ImportForm }) => {
  const { language } = visit;
  const t = importWords[language];
  const { refusal, source } = form;
  const faultOf = (name: string) => refusal?.errors?.find(({ pointer }) => pointer === `/${name}`);
  const described = (name: string) => ({
    'aria-describedby': faultOf(name) ? `${name}-hint ${name}-fault` : `${name}-hint`,
    'aria-invalid': faultOf(name) ? ('true' as const) : undefined,
  });
  return (
    <form method="post" action="/import" class="entry" enctype="multipart/form-data">
      <FormToken visit={visit} />
      <input type="hidden" name="step" value="preview" />
      {keptFields(form.pasted === '' ? source : undefined).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {refusal ? <Refused language={language} refusal={refusal} /> : null}
      <p class="field">
        <label for="caseId">{fieldLabel(language, 'caseId')}</label>
        <input
          id="caseId"
          name={`${FIELD}caseId`}
          class="line"
          value={form.caseId}
          required
          autocomplete="off"
          spellcheck={false}
          {...described('caseId')}
        />
        <Notes id="caseId" hint={t.caseIdHint} fault={said(faultOf('caseId'), language)} />
      </p>
      {source && form.pasted === '' ? (
        <p class="notice">{source.fileName === undefined ? t.keptText : t.kept(source.fileName)}</p>
      ) : null}
      <p class="field">
        <label for="file">{t.fileLabel}</label>
        <input id="file" name="file" type="file" accept=".txt,text/plain" {...described('file')} />
        <Notes id="file" hint={t.fileHint} fault={said(faultOf('file'), language)} />
      </p>
      <p class="field">
        <label for="text">{t.textLabel}</label>
        {/* A parser drops the first line end of a textarea: this one, and none of the text. */}
        <textarea id="text" name={`${FIELD}text`} rows={8} {...described('text')}>
          {`\n${form.pasted}`}
        </textarea>
        <Notes id="text" hint={t.textHint} fault={said(faultOf('text'), language)} />
      </p>
      <p>
        <button type="submit">{t.preview}</button>
      </p>
    </form>
  );
};

interface NotesProps {
  readonly id: string;
  readonly hint: string;
  readonly fault: string | undefined;
}

const Notes = ({ id, hint, fault }: NotesProps) => (
  <>
    <small id={`${id}-hint`} class="hint">
      {hint}
    </small>
    {fault === undefined ? null : (
      <small id={`${id}-fault`} class="fault">
        {fault}
      </small>
    )}
  </>
);

/** Of the file and the text the form knows better what is wrong than a code says. */
function said(error: FieldError | undefined, language: Language): string | undefined {
  if (!error) return undefined;
  const t = importWords[language];
  if (error.pointer === '/caseId') return t.faultCaseId;
  return error.code === 'required' ? t.faultFile : t.faultEncoding;
}

const AT_LINE = /^\/lines\/([0-9]+)\/(.+)$/;

/** Why nothing was recorded, with the way to each wrong field, or the number of the line. */
const Refused = ({ language, refusal }: { readonly language: Language; readonly refusal: Refusal }) => {
  const t = importWords[language];
  const labels: { readonly [field: string]: string } = {
    '/caseId': fieldLabel(language, 'caseId'),
    '/file': t.fileLabel,
    '/text': t.textLabel,
  };
  return (
    <div class="refusal" role="alert" id="refusal" tabindex={-1}>
      <strong>{frame[language].errorHeading}</strong>
      <p>{saidRefusal(refusal, language)}</p>
      {refusal.errors ? (
        <ul>
          {refusal.errors.map((error) => {
            const [, line, field = ''] = AT_LINE.exec(error.pointer) ?? [];
            return line === undefined ? (
              <li>
                <a href={`#${error.pointer.slice(1)}`}>{labels[error.pointer] ?? error.pointer}</a>
                {COLON[language]}
                {said(error, language)}
              </li>
            ) : (
              <li>
                {t.line(Number(line))}
                {COMMA[language] + fieldLabel(language, field) + COLON[language]}
                {saidFieldError(language, error)}
              </li>
            );
          })}
        </ul>
      ) : null}
    </div>
  );
};
