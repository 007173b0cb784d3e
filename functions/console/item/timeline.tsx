import type { LifeEntry } from '../../app/item-life.ts';
import { fieldLabel, pathLabel, valueText } from '../form/field-label.ts';
import { entryName } from '../texts/entry-name.ts';
import { frame } from '../texts/frame.ts';
import { itemWords } from '../texts/item.ts';
import { COLON, type Language, listed } from '../texts/language.ts';
import { words } from '../texts/words.ts';
import { instantText } from '../time/instants.ts';
import type { Visit } from '../visit.ts';

interface TimelineProps {
  readonly visit: Visit;
  readonly entries: readonly LifeEntry[];
  /** Which amendments this person may record, by the entry that they are about. */
  readonly amendable: (entry: LifeEntry) => readonly ('EntryCorrected' | 'EntryVoided' | 'TextErased')[];
  /** Of the entries' anchors, where entries stand on the page a second time. */
  readonly prefix?: string;
}

/** Every entry: who, when recorded and when it happened, what it says, and what it changed. */
export const Timeline = ({ visit, entries, amendable, prefix = '' }: TimelineProps) => (
  <ol class="timeline">
    {entries.map((entry) => (
      <Entry visit={visit} entry={entry} amendable={amendable(entry)} prefix={prefix} />
    ))}
  </ol>
);

const Entry = ({
  visit,
  entry,
  amendable,
  prefix,
}: {
  readonly visit: Visit;
  readonly entry: LifeEntry;
  readonly amendable: ReturnType<TimelineProps['amendable']>;
  readonly prefix: string;
}) => {
  const { language } = visit;
  const t = itemWords[language];
  const here = new URL(visit.c.req.url).pathname;
  const labels = { EntryCorrected: t.correct, EntryVoided: t.void, TextErased: t.erase };
  return (
    <li id={`${prefix}e${entry.seq}`} class={entry.voided ? 'voided' : undefined}>
      <h3>
        <span class="seq">{entry.seq}</span> {entryName(language, entry.type)}{' '}
        <Marks language={language} entry={entry} />
      </h3>
      <Who visit={visit} entry={entry} />
      <Said language={language} entry={entry} />
      <Changes language={language} entry={entry} />
      <p class="foot">
        <code title={entry.hash}>{entry.hash.slice(0, 12)}…</code>
        {amendable.map((type) => (
          <>
            {' '}
            <a href={`${here}?do=${type}&target=${entry.seq}#form-${type}`}>
              {labels[type]}
              <span class="visually-hidden"> {entry.seq}</span>
            </a>
          </>
        ))}
      </p>
    </li>
  );
};

/** What makes an entry one to look at twice. */
const Marks = ({ language, entry }: { readonly language: Language; readonly entry: LifeEntry }) => {
  const t = itemWords[language];
  const { correctedBy, lagDays, assumed, source, voided } = entry;
  return (
    <>
      {!assumed && lagDays > 0 ? <span class="tag back-dated">{t.backDated(lagDays)}</span> : null}{' '}
      {correctedBy.length > 0 ? (
        <span class="tag corrected">{t.correctedBy(listed(language, correctedBy))}</span>
      ) : null}{' '}
      {voided ? <span class="tag voided">{t.voided}</span> : null}{' '}
      {source ? (
        <span class="tag withdrawn">
          {source.lines ? t.imported([...new Set(source.lines)].join('–')) : t.importedWhole}
        </span>
      ) : null}
    </>
  );
};

const Who = ({ visit, entry }: { readonly visit: Visit; readonly entry: LifeEntry }) => {
  const { language } = visit;
  const t = itemWords[language];
  const { actor, actorName, officeName, recordedAt } = entry;
  const corrected = entry.asCorrected.occurredOn;
  return (
    <p class="who">
      <strong>{officeName ?? actor.office}</strong> <span class="name">{actorName ?? actor.sub}</span>
      <span class="muted"> {words[language].role[actor.role]}</span>
      <span>
        {' · '}
        {t.recorded} <time datetime={recordedAt}>{instantText(recordedAt, visit.console.zone)}</time>
        {' · '}
        {t.occurred} {entry.occurredOn ?? <span class="muted">{t.assumed}</span>}
        {corrected === entry.occurredOn ? null : (
          <strong>{t.originally(corrected ?? frame[language].unknown)}</strong>
        )}
      </span>
    </p>
  );
};

/** Fields that say nothing to a reader beside what stands elsewhere in the entry. */
const UNSAID: ReadonlySet<string> = new Set([
  'reviewedSeq',
  'sha256',
  'bytes',
  'mediaType',
  'set',
  'target',
  'occurredOn',
]);

const Said = ({ language, entry }: { readonly language: Language; readonly entry: LifeEntry }) => {
  if (entry.erased) return <p class="muted">{frame[language].erased}</p>;
  const said = Object.entries(entry.data)
    .filter(([name]) => !UNSAID.has(name))
    .map(([name, value]) => [name, valueText(language, name, value)] as const)
    .filter(([, value]) => value !== undefined);
  const target = entry.data.target;
  return (
    <dl class="said">
      {target === undefined ? null : (
        <div>
          <dt>{fieldLabel(language, 'target')}</dt>
          <dd>
            <a href={`#e${target}`}>{String(target)}</a>
          </dd>
        </div>
      )}
      {said.map(([name, value]) => (
        <div>
          <dt>{fieldLabel(language, name, entry.type)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
};

/** Counters that move with an entry and say nothing that the entry does not say. */
const COUNTERS: ReadonlySet<string> = new Set([
  'progressReports',
  'findings',
  'dismissedRules',
  'lastReturnReason',
]);

/** Before → after; what the entry says itself, and what merely came to be with it, is not said twice. */
const Changes = ({ language, entry }: { readonly language: Language; readonly entry: LifeEntry }) => {
  const own = new Set(Object.values(entry.data).map((value) => JSON.stringify(value)));
  const isNews = ({ field, before, after }: LifeEntry['changes'][number]): boolean => {
    if (COUNTERS.has(field) || (entry.type === 'EvidenceAttached' && /^evidence\/e[0-9]+\//.test(field)))
      return false;
    if (before !== null || field.startsWith('entries/')) return true;
    return (
      after !== 0 &&
      after !== entry.actor.office &&
      !own.has(JSON.stringify(after)) &&
      after !== entry.occurredOn
    );
  };
  const shown = entry.changes.filter(isNews);
  if (shown.length === 0) return null;
  const t = itemWords[language];
  return (
    <ul class="changes" aria-label={t.changes}>
      {shown.map(({ field, before, after }) => (
        <li>
          {pathLabel(language, field)}
          {COLON[language]}
          <del>{valueText(language, field, before) ?? t.empty}</del>
          {' → '}
          <ins>{valueText(language, field, after) ?? t.empty}</ins>
        </li>
      ))}
    </ul>
  );
};
