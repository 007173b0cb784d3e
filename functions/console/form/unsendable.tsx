import type { Child } from 'hono/jsx';
import { refuse } from '../../../domain/refusals.ts';
import { answer, FormToken, Page } from '../page.tsx';
import { formWords } from '../texts/fields.ts';
import { COLON, type Language } from '../texts/language.ts';
import { saidRefusal } from '../texts/refusals.ts';
import { signInWords } from '../texts/sign-in.ts';
import { pathOf, type Visit } from '../visit.ts';
import { fieldLabel, valueText } from './field-label.ts';
import { FIELD, type Sent, textOf } from './read-form.ts';

/** The sign-in ended while somebody wrote: everything stands on this page, ready to be sent after the next one. */
export function showExpiredForm(visit: Visit, sent: Sent): Response {
  const t = signInWords[visit.language];
  const ended = saidRefusal(refuse('sign-in-ended'), visit.language);
  const kept = textOf(sent, 'form-token');
  return answer(
    visit,
    <Page visit={visit} title={ended}>
      <h1>{ended}</h1>
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

/** The store did not answer: everything stands on this page, ready to be sent once more. */
export function showUnstoredForm(visit: Visit, sent: Sent): Response {
  const t = signInWords[visit.language];
  visit.c.header('Retry-After', '1');
  return answer(
    visit,
    <Page visit={visit} title={t.yours}>
      <h1>{saidRefusal(refuse('unavailable'), visit.language)}</h1>
      <p role="alert">{t.unstored}</p>
      <Again visit={visit} sent={sent} token={<FormToken visit={visit} />} again={t.sendAgain} />
    </Page>,
    503,
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

/** A code that people read in words; undefined where the value says itself. */
function saidOtherwise(language: Language, name: string, value: string): string | undefined {
  if (!name.startsWith(FIELD) || value === '') return undefined;
  const field = name.slice(FIELD.length);
  const said = valueText(language, field, value === 'true' ? true : value);
  return said === value ? undefined : said;
}

const Again = ({
  visit,
  sent,
  token,
  again,
}: {
  readonly visit: Visit;
  readonly sent: Sent;
  readonly token: Child;
  readonly again?: string;
}) => {
  const t = signInWords[visit.language];
  const { language } = visit;
  const type = textOf(sent, 'type');
  const fields = Object.entries(sent).flatMap(([name, values]) =>
    values.map((value, index) => ({ name, value, id: `${name}-${index}` })),
  );
  return (
    <form method="post" action={pathOf(visit)} class="entry" data-unsent>
      {token}
      {fields.map(({ name, value, id }) =>
        typeof value !== 'string' ? (
          <p class="hint">
            {formWords[language].fileMissing}
            {COLON[language]}
            {t.endedFiles}
          </p>
        ) : name === 'form-token' ? null : saidOtherwise(language, name, value) !== undefined ? (
          <p class="field">
            <strong>{fieldLabel(language, name.slice(FIELD.length), type)}</strong>{' '}
            {saidOtherwise(language, name, value)}
            <input type="hidden" name={name} value={value} />
          </p>
        ) : name.startsWith(FIELD) && value.length > 0 ? (
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
        <button type="submit">{again ?? t.goOn}</button>
      </p>
    </form>
  );
};
