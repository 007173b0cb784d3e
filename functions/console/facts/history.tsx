import type { AuditEntry } from '../../../domain/audit.ts';
import type { EventType } from '../../../domain/events.ts';
import type { FieldChange } from '../../../domain/field-changes.ts';
import type { Accountability, InspectionCase } from '../../../domain/inspection/view.ts';
import { fieldLabel, pathLabel, valueText } from '../form/field-label.ts';
import { factsWords } from '../texts/facts.ts';
import { frame } from '../texts/frame.ts';
import { type Language, SEMICOLON } from '../texts/language.ts';
import { terms } from '../texts/terms.ts';
import { words } from '../texts/words.ts';
import { instantText } from '../time/instants.ts';
import type { SignedIn } from '../visit.ts';

/** The name that an entry bears of who recorded it; undefined where it bears none, or it was erased. */
export type NameOf = (seq: number) => {
  readonly actor?: string | undefined;
  readonly office?: string | undefined;
  /** What it says in words, whole, field by field. */
  readonly words?: readonly (readonly [field: string, said: string])[];
};

interface HistoryProps {
  readonly visit: SignedIn;
  readonly entries: readonly AuditEntry[];
  readonly nameOf: NameOf;
}

/** The entries of the case, each with who recorded it, when, when it occurred and what it changed. */
export const History = ({ visit, entries, nameOf }: HistoryProps) => {
  const t = factsWords[visit.language];
  if (entries.length === 0) return <p class="muted">{t.emptyHistory}</p>;
  return (
    <ol class="case-history">
      {entries.map((entry) => (
        <Entry visit={visit} entry={entry} nameOf={nameOf} />
      ))}
    </ol>
  );
};

interface EntryProps {
  readonly visit: SignedIn;
  readonly entry: AuditEntry;
  readonly nameOf: NameOf;
}

const Entry = ({ visit, entry, nameOf }: EntryProps) => {
  const { language, console } = visit;
  const t = factsWords[language];
  const { seq, type, actor, recordedAt, occurredOn, changes, lagDays } = entry;
  const name = nameOf(seq);
  return (
    <li id={`e${seq}`}>
      <h3>
        {terms[language].entryNumber(seq)} · {words[language].entry[type as EventType] ?? type}
      </h3>
      <p>
        {frame[language].signedInAs(
          name.actor ?? actor.sub,
          name.office ?? actor.office,
          words[language].role[actor.role],
        )}
      </p>
      <p class="muted">
        {terms[language].recordedAt}{' '}
        <time datetime={recordedAt}>{instantText(recordedAt, console.zone)}</time>
        {' · '}
        {fieldLabel(language, 'occurredOn')}{' '}
        {occurredOn === null ? t.unknownDate : <time datetime={occurredOn}>{occurredOn}</time>}
        {lagDays > 0 ? ` · ${t.lag(lagDays)}` : null}
      </p>
      {name.words === undefined || name.words.length === 0 ? null : (
        <dl class="said">
          {name.words.map(([field, said]) => (
            <div>
              <dt>{fieldLabel(language, field, type)}</dt>
              <dd>{said}</dd>
            </div>
          ))}
        </dl>
      )}
      {changes.length === 0 ? null : <Changes language={language} changes={changes} />}
    </li>
  );
};

const Changes = ({
  language,
  changes,
}: {
  readonly language: Language;
  readonly changes: readonly FieldChange[];
}) => {
  const t = factsWords[language];
  return (
    <table class="case-changes">
      <caption class="visually-hidden">{t.changesCaption}</caption>
      <thead>
        <tr>
          <th scope="col">{terms[language].changedField}</th>
          <th scope="col">{t.before}</th>
          <th scope="col">{t.after}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, before, after }) => (
          <tr>
            <th scope="row">{pathLabel(language, field)}</th>
            <td>{said(language, field, before, after)}</td>
            <td>{said(language, field, after, before)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** UTF-16 units of a value that the history shows; it stands whole in the entry that brought it. */
const LONGEST = 120;

/** A value before or after an entry. Of lists, what the other side has as well is only counted. */
export function said(language: Language, field: string, value: unknown, other: unknown): string {
  const f = frame[language];
  if (!Array.isArray(value)) return shortened(valueText(language, field, value) ?? f.none);
  const there = new Set((Array.isArray(other) ? other : []).map((member) => JSON.stringify(member)));
  const own = value.filter((member) => !there.has(JSON.stringify(member)));
  const same = value.length - own.length;
  const said = own.map((member) => shortened(memberText(language, field, member)));
  if (same > 0) said.push(factsWords[language].unchanged(same));
  return said.length === 0 ? f.none : said.join(SEMICOLON[language]);
}

const shortened = (text: string): string =>
  text.length > LONGEST ? `${Array.from(text).slice(0, LONGEST).join('')}…` : text;

type LookBack = InspectionCase['lookBacks'][number];

/** One member of a list that a case holds. */
function memberText(language: Language, field: string, member: unknown): string {
  const t = factsWords[language];
  if (field === 'accountability') {
    const { kind, measure, persons, inexact } = member as Accountability;
    const what = [words[language].accountability[kind], ...(measure === null ? [] : [measure])];
    return `${what.join(' ')} ${frame[language].persons(persons, inexact)}`;
  }
  if (field === 'notices') return t.notice((member as InspectionCase['notices'][number]).asOf);
  if (field !== 'lookBacks') return valueText(language, field, member) ?? frame[language].none;
  const { seq, concluded, sample } = member as LookBack;
  const drawn = sample.length === 0 ? '' : ` ${t.sample(sample.length)}${sample.join(' ')}`;
  return `${t.lookBack(seq)} (${concluded ? t.concluded : t.open})${drawn}`;
}
