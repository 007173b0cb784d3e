import type { EntryRef, Flag } from '../../../domain/look-back/flag.ts';
import type { AskedCut } from '../../app/ledger.ts';
import { yuan } from '../form/field-label.ts';
import { entryName } from '../texts/entry-name.ts';
import { flagWords } from '../texts/flags.ts';
import { frame } from '../texts/frame.ts';
import { COMMA, type Language } from '../texts/language.ts';
import { terms } from '../texts/terms.ts';
import { clockQuery } from '../time/clocks.tsx';
import { instantText } from '../time/instants.ts';
import type { SignedIn } from '../visit.ts';

interface FlagProps {
  readonly visit: SignedIn;
  readonly flag: Flag;
  readonly clocks: AskedCut;
  /** Where it may be dismissed; undefined where nobody may, or not by this person. */
  readonly dismissAt?: string | undefined;
}

/** One flag: what it is about, what was counted, and every entry that it rests on. */
export const OneFlag = ({ visit, flag, clocks, dismissAt }: FlagProps) => {
  const { language } = visit;
  const t = flagWords[language];
  const { itemId, title, lead, since, values } = flag;
  const said = saidValues(language, values);
  return (
    <li class="flag" id={`flag-${flag.rule}-${itemId ?? 'case'}`}>
      <p>
        {itemId === null ? (
          <strong>{terms[language].caseItself}</strong>
        ) : (
          <>
            <a href={`/cases/${flag.caseId}/items/${itemId}${clockQuery(clocks)}`}>
              <strong>{itemId}</strong> {title ?? frame[language].erased}
            </a>
            {lead === null ? null : <span class="muted"> {lead}</span>}
          </>
        )}
      </p>
      <p class="muted">{[...(said === '' ? [] : [said]), t.since(since)].join(COMMA[language])}</p>
      <Entries visit={visit} flag={flag} clocks={clocks} />
      <Dismissed visit={visit} flag={flag} />
      {dismissAt === undefined ? null : (
        <p>
          <a href={dismissAt}>{t.dismiss}</a>
        </p>
      )}
    </li>
  );
};

/** What the rule counted, in words; a value that this page has no word for keeps its name. */
export function saidValues(language: Language, values: Flag['values']): string {
  const t = flagWords[language].value;
  const money: ReadonlySet<string> = new Set(['namedFen', 'recoveredFen', 'fen']);
  const say = (name: string, value: number): string => {
    const word = Object.hasOwn(t, name) ? t[name as keyof typeof t] : undefined;
    if (word === undefined) return `${name} ${value}`;
    return money.has(name)
      ? (word as (said: string) => string)(yuan(value))
      : (word as (count: number) => string)(value);
  };
  return Object.entries(values)
    .map(([name, value]) => say(name, value))
    .join(COMMA[language]);
}

/** So many entries are shown at once; the others fold away. */
const FEW = 6;

const Entries = ({ visit, flag, clocks }: Omit<FlagProps, 'dismissAt'>) => {
  const { language } = visit;
  const t = flagWords[language];
  const shown = flag.entries.map((entry) => (
    <EntryLink visit={visit} flag={flag} entry={entry} clocks={clocks} />
  ));
  return (
    <div class="rests-on">
      <span class="muted">{t.restsOn}</span>
      <ul>{shown.slice(0, FEW)}</ul>
      {shown.length > FEW ? (
        <details>
          <summary>{flagWords[language].value.entries(shown.length)}</summary>
          <ul>{shown.slice(FEW)}</ul>
        </details>
      ) : null}
    </div>
  );
};

interface EntryLinkProps extends Omit<FlagProps, 'dismissAt'> {
  readonly entry: EntryRef;
}

/** Names the stream only where it is another than the flag's own. */
const EntryLink = ({ visit, flag, entry, clocks }: EntryLinkProps) => {
  const { language, console } = visit;
  const { caseId, itemId, seq, type, recordedAt } = entry;
  const page = itemId === null ? `/cases/${caseId}/facts` : `/cases/${caseId}/items/${itemId}`;
  const elsewhere = [
    ...(caseId === flag.caseId ? [] : [caseId]),
    ...(itemId === flag.itemId && caseId === flag.caseId ? [] : [itemId ?? terms[language].caseItself]),
  ].join(' ');
  return (
    <li>
      <a href={`${page}${clockQuery(clocks)}#e${seq}`}>
        {elsewhere} #{seq} {entryName(language, type)}
      </a>{' '}
      <time class="muted" datetime={recordedAt}>
        {instantText(recordedAt, console.zone).slice(0, 10)}
      </time>
    </li>
  );
};

const Dismissed = ({ visit, flag: { dismissed } }: Pick<FlagProps, 'visit' | 'flag'>) => {
  const { language, console } = visit;
  if (dismissed === null) return null;
  const { actor, recordedAt, reason } = dismissed;
  const day = instantText(recordedAt, console.zone).slice(0, 10);
  return (
    <p class="dismissed">
      {flagWords[language].dismissedBy(`${actor.sub} (${actor.office})`, day)}
      <span class="as-written">{reason ?? frame[language].erased}</span>
    </p>
  );
};
