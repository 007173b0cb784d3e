import type { Child } from 'hono/jsx';
import { answer, FormToken, Page } from '../page.tsx';
import { formWords } from '../texts/fields.ts';
import { COLON } from '../texts/language.ts';
import { signInWords } from '../texts/sign-in.ts';
import { pathOf, type Visit } from '../visit.ts';
import { fieldLabel } from './field-label.ts';
import { FIELD, type Sent, textOf } from './read-form.ts';

/** The sign-in ended while somebody wrote: everything stands on this page, ready to be sent after the next one. */
export function showExpiredForm(visit: Visit, sent: Sent): Response {
  const t = signInWords[visit.language];
  const kept = textOf(sent, 'form-token');
  return answer(
    visit,
    <Page visit={visit} title={t.endedTitle}>
      <h1>{t.endedTitle}</h1>
      <p role="alert">{t.ended}</p>
      <p>
        <a href="/sign-in?to=/" target="_blank" rel="noopener">
          {t.signInNewWindow}
        </a>
      </p>
      <Again visit={visit} sent={sent} token={<input type="hidden" name="form-token" value={kept} />} />
    </Page>,
    401,
  );
}

/** Made for somebody else, or too long ago: the person who is here now looks at it before it counts as theirs. */
export function showForeignForm(visit: Visit, sent: Sent): Response {
  const t = signInWords[visit.language];
  return answer(
    visit,
    <Page visit={visit} title={t.yours}>
      <h1>{t.yours}</h1>
      <p role="alert">{t.notYours}</p>
      <p>
        <a href={pathOf(visit)}>{t.reopen}</a>
      </p>
      <Again visit={visit} sent={sent} token={<FormToken visit={visit} />} />
    </Page>,
    403,
  );
}

const Again = ({
  visit,
  sent,
  token,
}: {
  readonly visit: Visit;
  readonly sent: Sent;
  readonly token: Child;
}) => {
  const t = signInWords[visit.language];
  const { language } = visit;
  const type = textOf(sent, 'type');
  const fields = Object.entries(sent).flatMap(([name, values]) =>
    values.map((value, index) => ({ name, value, id: `${name}-${index}` })),
  );
  return (
    <form method="post" action={pathOf(visit)} class="entry">
      {token}
      {fields.map(({ name, value, id }) =>
        typeof value !== 'string' ? (
          <p class="hint">
            {formWords[language].fileMissing}
            {COLON[language]}
            {t.endedFiles}
          </p>
        ) : name === 'form-token' ? null : name.startsWith(FIELD) && value.length > 0 ? (
          <p class="field">
            <label for={id}>{fieldLabel(language, name.slice(FIELD.length), type)}</label>
            <textarea id={id} name={name} rows={value.length > 60 ? 5 : 1} readonly>
              {value}
            </textarea>
          </p>
        ) : (
          <input type="hidden" name={name} value={value} />
        ),
      )}
      <p>
        <button type="submit">{t.goOn}</button>
      </p>
    </form>
  );
};
