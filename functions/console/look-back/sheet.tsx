import { dayOf } from '../../../domain/dates.ts';
import type { CaseId } from '../../../domain/ids.ts';
import type { Item } from '../../../domain/item/present.ts';
import type { Flag } from '../../../domain/look-back/flag.ts';
import { newestOf } from '../../../domain/look-back/item-history.ts';
import type { LookBackReport } from '../../../domain/look-back/report.ts';
import { isRefusal, type Refusal } from '../../../domain/refusals.ts';
import type { LifeEntry } from '../../app/item-life.ts';
import type { AskedCut } from '../../app/ledger.ts';
import { fieldLabel } from '../form/field-label.ts';
import { answer } from '../page.tsx';
import { dayOfPicture, readPicture } from '../register/picture.ts';
import { frame } from '../texts/frame.ts';
import { COLON, listed } from '../texts/language.ts';
import { lookBackWords } from '../texts/look-back.ts';
import { registerWords } from '../texts/register.ts';
import { terms } from '../texts/terms.ts';
import { words } from '../texts/words.ts';
import { refusedPicture } from '../time/clock-refused.tsx';
import { clockQuery, Picture } from '../time/clocks.tsx';
import type { SignedIn } from '../visit.ts';
import { lookBackAddress } from './addresses.ts';
import { Amendments } from './amendments.tsx';
import { Paper } from './printed.tsx';
import { SheetFlags } from './sheet-flags.tsx';
import type { Shown } from './shown.ts';

/** Hex digits of a hash that one compares by eye. */
const SHORT_HASH = 16;

/** The sheet for checks on site: a block for each drawn item, with room for what is seen. */
export async function showSheet({ visit, inspection, report, asked }: Shown): Promise<Response> {
  const { language } = visit;
  const t = lookBackWords[language];
  const { caseId, seq, cut } = report;
  const picture = await readPicture(visit, caseId, asked);
  if (isRefusal(picture)) return refusedPicture(visit, picture, asked);
  const flags = await standingFlags(visit, caseId, asked);
  if (isRefusal(flags)) return refusedPicture(visit, flags, asked);
  const drawn = new Set(report.counts.sampled.items);
  const items = picture.items.filter(({ itemId }) => drawn.has(itemId));
  const closings = await closingsOf(visit, report, items, asked);
  if (isRefusal(closings)) return refusedPicture(visit, closings, asked);
  const title = inspection.title ?? frame[language].erased;
  const back = lookBackAddress(caseId, seq);
  return answer(
    visit,
    <Paper visit={visit} title={`${title} ${t.sheet}`} back={back + clockQuery(asked)}>
      <h1>
        {title} {t.sheet}
      </h1>
      <p class="muted">
        <code>{caseId}</code> · {t.numbered(seq)} · {registerWords[language].printedOn(visit.today)} ·{' '}
        {t.sheetAsOf(dayOfPicture(cut, visit))}
      </p>
      {report.conclusion === null ? null : (
        <>
          <p>{t.printedLater(report.conclusion.on)}</p>
          <Amendments visit={visit} caseId={caseId} itemId={null} entries={report.conclusion.amendments} />
        </>
      )}
      <h2>{fieldLabel(language, 'scope')}</h2>
      <p class="as-written">{report.scope ?? frame[language].erased}</p>
      <Amendments visit={visit} caseId={caseId} itemId={null} entries={report.opened.amendments} />
      <Picture visit={visit} cut={cut} now={back} />
      {items.length === 0 ? <p class="empty">{t.emptySheet}</p> : null}
      {items.map((item, index) => (
        <ItemSheet
          visit={visit}
          report={report}
          item={item}
          caseTitle={title}
          closing={closings.get(item.itemId)}
          place={t.sheetOf(index + 1, items.length)}
        />
      ))}
      <SheetFlags visit={visit} report={report} items={items} flags={flags} />
    </Paper>,
  );
}

/** What the ledger gives at once. */
const CHUNK = 1_000;

/** Every flag of the case that nobody dismissed. */
async function standingFlags(
  { ledger, who }: SignedIn,
  caseId: CaseId,
  asked: AskedCut,
): Promise<readonly Flag[] | Refusal> {
  const flags: Flag[] = [];
  let cursor: string | undefined;
  do {
    const page = await ledger.flags(who, caseId, { dismissed: false }, { limit: CHUNK, cursor }, asked);
    if (isRefusal(page)) return page;
    flags.push(...page.data);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return flags;
}

/** Lives that are read at once. */
const AT_ONCE = 10;

/** For each drawn item the closing for which it was drawn: the newest that stands and that the newest draw knew. */
async function closingsOf(
  { ledger, who }: SignedIn,
  { caseId, samples }: LookBackReport,
  items: readonly Item[],
  asked: AskedCut,
): Promise<ReadonlyMap<string, LifeEntry> | Refusal> {
  const closings = new Map<string, LifeEntry>();
  for (let from = 0; from < items.length; from += AT_ONCE) {
    const some = items.slice(from, from + AT_ONCE);
    const lives = await Promise.all(some.map(({ itemId }) => ledger.life(who, caseId, itemId, asked)));
    for (const life of lives) {
      if (isRefusal(life)) return life;
      const { itemId } = life.item;
      const drawn = samples.findLast(({ itemIds }) => itemIds.includes(itemId));
      const closing = newestOf(
        life.entries.filter(
          ({ type, voided, recordedAt }) =>
            type === 'ItemClosed' && !voided && drawn !== undefined && recordedAt <= drawn.recordedAt,
        ),
      );
      if (closing) closings.set(itemId, closing);
    }
  }
  return closings;
}

interface ItemSheetProps {
  readonly visit: SignedIn;
  readonly report: LookBackReport;
  readonly item: Item;
  /** Blocks come apart: each names its case. */
  readonly caseTitle: string;
  readonly closing: LifeEntry | undefined;
  readonly place: string;
}

const ItemSheet = ({ visit, report, item, caseTitle, closing, place }: ItemSheetProps) => {
  const { language } = visit;
  const t = lookBackWords[language];
  const { itemId, title, lead, supporting } = item;
  const office = report.items.find((one) => one.itemId === itemId)?.office ?? lead;
  const draws = report.samples.filter(({ itemIds }) => itemIds.includes(itemId));
  return (
    <section class="check" aria-labelledby={`check-${itemId}`}>
      <h2 id={`check-${itemId}`}>
        {itemId} {title ?? frame[language].erased}
      </h2>
      <p class="muted">
        {caseTitle} <code>{report.caseId}</code> · {t.numbered(report.seq)} · {place} ·{' '}
        {terms[language].office} {office ?? t.nobody}
        {supporting.length > 0
          ? ` (${registerWords[language].supporting(listed(language, supporting))})`
          : ''}
      </p>
      {draws.map(({ seq, on, seed, notClosed, amendments }) => (
        <>
          <p class="muted">
            {t.drawn} {on} · {terms[language].entryNumber(seq)} · {fieldLabel(language, 'seed')}
            {COLON[language]}
            <code>{seed}</code>
            {notClosed.includes(itemId) ? <strong> · {t.wasOpen}</strong> : null}
          </p>
          <Amendments visit={visit} caseId={report.caseId} itemId={null} entries={amendments} />
        </>
      ))}
      <Closing visit={visit} closing={closing} />
      <Claims visit={visit} item={item} />
      <EvidenceList visit={visit} item={item} />
      <Blanks visit={visit} />
    </section>
  );
};

/** Who let it close, and why. */
const Closing = ({ visit, closing }: Pick<ItemSheetProps, 'visit' | 'closing'>) => {
  const { language } = visit;
  if (closing === undefined) return null;
  const { actor, effectOn, recordedAt, asCorrected } = closing;
  const { opinion } = asCorrected.data;
  const closedOn = effectOn ?? dayOf(recordedAt, visit.console.zone);
  return (
    <p>
      {lookBackWords[language].closedBy(actor.office, closedOn)}
      {typeof opinion === 'string' ? opinion : frame[language].erased}
    </p>
  );
};

/** What the office says it did. */
const Claims = ({ visit, item }: Pick<ItemSheetProps, 'visit' | 'item'>) => {
  const { language } = visit;
  const t = lookBackWords[language];
  const standing = item.measures.filter(({ status }) => status !== 'withdrawn');
  return (
    <>
      <h3>{t.claimed}</h3>
      <ol>
        {standing.map(({ measureId, text, status, completedOn, summary }) => (
          <li>
            {text ?? frame[language].erased}{' '}
            <span class="muted">
              [{measureId} {words[language].measureStatus[status]}
              {completedOn === null ? '' : ` ${completedOn}`}]
            </span>
            <br />
            {summary ?? t.notClaimed}
          </li>
        ))}
      </ol>
    </>
  );
};

/** What offices attached: what reviewers took on site is theirs, and is not to be checked. */
const EvidenceList = ({ visit, item }: Pick<ItemSheetProps, 'visit' | 'item'>) => {
  const { language } = visit;
  const standing = item.evidence.filter(({ standing, role }) => standing && role === 'office');
  return (
    <>
      <h3>{lookBackWords[language].sheetEvidence}</h3>
      {standing.length === 0 ? <p>{frame[language].none}</p> : null}
      <ul>
        {standing.map(({ evidenceId, name, sha256, documentDate }) => (
          <li>
            {evidenceId} {name ?? frame[language].erased} {documentDate}{' '}
            <code>{sha256.slice(0, SHORT_HASH)}</code>
          </li>
        ))}
      </ul>
    </>
  );
};

/** Filled in by hand. */
const Blanks = ({ visit }: Pick<ItemSheetProps, 'visit'>) => {
  const { language } = visit;
  const t = lookBackWords[language];
  const { verdict } = words[language];
  return (
    <table class="blanks">
      <tbody>
        <tr>
          <th scope="row">{t.method}</th>
          <td colspan={5} />
        </tr>
        <tr class="room">
          <th scope="row">{t.observed}</th>
          <td colspan={5} />
        </tr>
        <tr>
          <th scope="row">{t.verdictBoxes}</th>
          <td colspan={5}>
            {[verdict.genuine, verdict.partial, verdict.false].map((said) => (
              <span class="box">□ {said}</span>
            ))}
          </td>
        </tr>
        <tr>
          <th scope="row">{t.checker}</th>
          <td />
          <th scope="row">{t.checkedBody}</th>
          <td />
          <th scope="row">{t.date}</th>
          <td />
        </tr>
      </tbody>
    </table>
  );
};
