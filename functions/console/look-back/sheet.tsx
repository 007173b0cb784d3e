import type { CaseId } from '../../../domain/ids.ts';
import type { Item } from '../../../domain/item/present.ts';
import type { EntryRef, Flag } from '../../../domain/look-back/flag.ts';
import type { LookBackReport } from '../../../domain/look-back/report.ts';
import { isRefusal, type Refusal } from '../../../domain/refusals.ts';
import type { AskedCut } from '../../app/ledger.ts';
import { answer } from '../page.tsx';
import { readPicture } from '../register/picture.ts';
import { ruleWords } from '../texts/flags.ts';
import { frame } from '../texts/frame.ts';
import { listed } from '../texts/language.ts';
import { lookBackWords } from '../texts/look-back.ts';
import { registerWords } from '../texts/register.ts';
import { terms } from '../texts/terms.ts';
import { words } from '../texts/words.ts';
import { refusedPicture } from '../time/clock-refused.tsx';
import { clockQuery, Picture } from '../time/clocks.tsx';
import type { SignedIn } from '../visit.ts';
import { entryLabel, lookBackAddress } from './addresses.ts';
import { Paper } from './printed.tsx';
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
  const title = inspection.title ?? frame[language].erased;
  const back = lookBackAddress(caseId, seq);
  return answer(
    visit,
    <Paper visit={visit} title={`${title} ${t.sheet}`} back={back + clockQuery(asked)}>
      <h1>
        {title} {t.sheet}
      </h1>
      <p class="muted">
        <code>{caseId}</code> · #{seq} · {registerWords[language].printedOn(visit.today)}
      </p>
      <Picture visit={visit} cut={cut} now={back} />
      {items.length === 0 ? <p class="empty">{t.emptySheet}</p> : null}
      {items.map((item, index) => (
        <ItemSheet
          visit={visit}
          report={report}
          item={item}
          caseTitle={title}
          flags={flags.filter(({ itemId }) => itemId === item.itemId)}
          place={t.sheetOf(index + 1, items.length)}
        />
      ))}
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

interface ItemSheetProps {
  readonly visit: SignedIn;
  readonly report: LookBackReport;
  readonly item: Item;
  /** Blocks come apart: each names its case. */
  readonly caseTitle: string;
  readonly flags: readonly Flag[];
  readonly place: string;
}

const ItemSheet = ({ visit, report, item, caseTitle, flags, place }: ItemSheetProps) => {
  const { language } = visit;
  const t = lookBackWords[language];
  const { itemId, title, lead, supporting } = item;
  const office = report.items.find((one) => one.itemId === itemId)?.office ?? lead;
  const draws = report.samples.filter(({ itemIds }) => itemIds.includes(itemId));
  const suspicious = draws.some(({ flagged }) => flagged?.includes(itemId));
  return (
    <section class="check" aria-labelledby={`check-${itemId}`}>
      <h2 id={`check-${itemId}`}>
        {itemId} {title ?? frame[language].erased}
      </h2>
      <p class="muted">
        {caseTitle} <code>{report.caseId}</code> · {place} · {terms[language].office} {office ?? t.nobody}
        {supporting.length > 0
          ? ` (${registerWords[language].supporting(listed(language, supporting))})`
          : ''}
        {suspicious ? ` · ${t.atDraw} ${t.suspicious}` : ''}
      </p>
      <Claims visit={visit} item={item} />
      <EvidenceList visit={visit} item={item} />
      <Flags visit={visit} flags={flags} />
      <Blanks visit={visit} />
    </section>
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

const EvidenceList = ({ visit, item }: Pick<ItemSheetProps, 'visit' | 'item'>) => {
  const { language } = visit;
  const standing = item.evidence.filter((one) => one.standing);
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

/** Why somebody should look, and at which entries. */
const Flags = ({ visit, flags }: Pick<ItemSheetProps, 'visit' | 'flags'>) => {
  const { language } = visit;
  if (flags.length === 0) return null;
  return (
    <>
      <h3>{lookBackWords[language].flags}</h3>
      <ul>
        {flags.map(({ caseId, rule, entries }) => (
          <li>
            {ruleWords[language][rule].name}{' '}
            <span class="muted">{entries.map(labelIn(caseId)).join(' ')}</span>
          </li>
        ))}
      </ul>
    </>
  );
};

/** Entries of an earlier case say whose they are. */
const labelIn = (own: CaseId) => (entry: EntryRef) =>
  entry.caseId === own ? entryLabel(entry) : `${entry.caseId} ${entryLabel(entry)}`;

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
