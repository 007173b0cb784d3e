import type { Child } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { isAmendment } from '../../../domain/amending.ts';
import { earliestDay } from '../../../domain/dates.ts';
import { type CaseId, type ItemId, caseId as readCaseId, itemId as readItemId } from '../../../domain/ids.ts';
import type { InspectionCase } from '../../../domain/inspection/view.ts';
import { isRefusal, refusals, refuse } from '../../../domain/refusals.ts';
import type { ItemLife } from '../../app/item-life.ts';
import { compareWithNow } from '../compare/address.ts';
import { flagsAddress } from '../flags/asked.ts';
import { answer, Page } from '../page.tsx';
import { refused } from '../problem-page.tsx';
import { dayOfPicture } from '../register/picture.ts';
import { flagWords } from '../texts/flags.ts';
import { frame } from '../texts/frame.ts';
import { itemWords } from '../texts/item.ts';
import { timeWords } from '../texts/time.ts';
import { refusedPicture } from '../time/clock-refused.tsx';
import { askedClocks, Clocks, clockQuery, isPast, Picture } from '../time/clocks.tsx';
import type { SignedIn } from '../visit.ts';
import { ChainMark, Closing } from './closing.tsx';
import { AmendmentForm, Forms, type SentForm } from './forms.tsx';
import { amendmentsOf, itemChoices, offeredForms } from './item-forms.ts';
import { Evidence, Measures } from './measures.tsx';
import { ItemState } from './state.tsx';
import { Timeline } from './timeline.tsx';

interface Place {
  readonly caseId: CaseId;
  readonly itemId: ItemId;
}

/** Entries of one page; earlier ones are a link away. */
const ENTRIES = 150;

export async function showItem(visit: SignedIn): Promise<Response> {
  const { c, ledger, who } = visit;
  const caseId = readCaseId(c.req.param('caseId') ?? '');
  const itemId = readItemId(c.req.param('itemId') ?? '');
  if (!caseId) return refused(visit, refuse('case-not-found'));
  if (!itemId) return refused(visit, refuse('item-not-found'));
  const asked = askedClocks(visit);
  const life = await ledger.life(who, caseId, itemId, asked);
  if (isRefusal(life)) return refusedPicture(visit, life, asked);
  // Its entries are known, and on that day none of them was true yet.
  if (life.entries.length === 0) return refusedPicture(visit, refuse('item-not-found'), asked);
  return answer(visit, await itemPage(visit, { caseId, itemId }, life, undefined));
}

/** The page after a form was refused: what was typed stands in it, beside what the ledger says now. */
export async function showItemAgain(
  visit: SignedIn,
  place: Place,
  life: ItemLife,
  sent: SentForm,
): Promise<Response> {
  const [status] = refusals[sent.refusal.refused];
  return answer(visit, await itemPage(visit, place, life, sent), status as ContentfulStatusCode);
}

async function itemPage(visit: SignedIn, place: Place, life: ItemLife, sent: SentForm | undefined) {
  const { ledger, who, language } = visit;
  const [inspection, offices] = await Promise.all([
    ledger.inspectionCase(who, place.caseId, {}),
    life.recordable.includes('OfficeAssigned') ? officesOf(visit, place.caseId) : [],
  ]);
  const known = isRefusal(inspection) ? undefined : inspection;
  const choices = itemChoices(language, life, known, offices);
  const takenNow = offeredForms(who.role, life, choices);
  // What was written is shown with the reason why not, even where the ledger would take no such entry any more.
  const lost = sent !== undefined && !isAmendment(sent.type) && !takenNow.includes(sent.type);
  const offered = lost ? [sent.type, ...takenNow] : takenNow;
  return (
    <ItemPage visit={visit} place={place} life={life} inspection={known} sent={sent}>
      {life.cut ? (
        <p class="muted">{timeWords[language].noForms}</p>
      ) : offered.length === 0 ? (
        <p class="muted">{itemWords[language].noActions}</p>
      ) : (
        <Forms visit={visit} life={life} choices={choices} offered={offered} sent={sent} />
      )}
      <AmendmentForm visit={visit} life={life} choices={choices} sent={sent} />
    </ItemPage>
  );
}

async function officesOf({ ledger, who }: SignedIn, caseId: CaseId): Promise<readonly string[]> {
  const standing = await ledger.standing(who);
  const offices = standing.filter((one) => one.caseId === caseId).map(({ office }) => office);
  return offices.filter((office) => office !== null);
}

interface ItemPageProps {
  readonly visit: SignedIn;
  readonly place: Place;
  readonly life: ItemLife;
  readonly inspection: InspectionCase | undefined;
  readonly sent: SentForm | undefined;
  /** The forms. */
  readonly children?: Child;
}

const ItemPage = ({ visit, place, life, inspection, sent, children }: ItemPageProps) => {
  const { language, who, today } = visit;
  const t = itemWords[language];
  const { item, cut, entries } = life;
  const asked = askedClocks(visit);
  const register = `/cases/${place.caseId}`;
  const here = `${register}/items/${place.itemId}`;
  // What is dated before the issue was raised is true on a day on which there is no issue yet.
  const title = item.title ?? (item.status === null ? t.notRaised : frame[language].erased);
  const caseTitle = inspection?.title ?? place.caseId;
  const upTo = Number(visit.c.req.query('upTo')) || Number.POSITIVE_INFINITY;
  const reached = entries.filter(({ seq }) => seq <= upTo);
  const shown = reached.slice(-ENTRIES);
  const hiddenBefore = reached.length - shown.length;
  const picture = dayOfPicture(cut, visit);
  return (
    <Page
      visit={visit}
      title={`${place.itemId} ${title}`}
      wide
      crumbs={[
        { text: frame[language].cases, href: '/' },
        { text: caseTitle, href: register + clockQuery(asked) },
        { text: place.itemId },
      ]}
    >
      <Saved visit={visit} life={life} />
      {sent?.refusal.refused === 'version-mismatch' ? (
        <Conflict visit={visit} life={life} seen={sent.seen} />
      ) : null}
      <h1>{title}</h1>
      {visit.who.role === 'office' ? null : (
        <p>
          <a href={flagsAddress(`${register}/flags`, { item: place.itemId }, asked)}>
            {flagWords[language].title}
          </a>
        </p>
      )}
      <Picture
        visit={visit}
        cut={cut}
        now={here}
        compare={compareWithNow(place.caseId, asked, today, place.itemId)}
      />
      <div class="columns">
        <div>
          <ItemState visit={visit} item={item} today={picture} />
          <Closing language={language} life={life} />
          <Measures visit={visit} item={item} completable={new Set(cut ? [] : completableBy(life))} />
          <Evidence visit={visit} item={item} />
        </div>
        <section aria-labelledby="actions">
          <h2 id="actions">{t.actions}</h2>
          {children}
        </section>
      </div>
      <section aria-labelledby="timeline">
        <h2 id="timeline">{t.timeline}</h2>
        <Clocks
          visit={visit}
          asked={asked}
          first={inspection?.feedbackOn ? earliestDay(inspection.feedbackOn) : today}
          kept={{}}
        />
        <ChainMark language={language} life={life} />
        <p class="muted">
          {t.entries(entries.length)} · <a href={`#e${shown.at(-1)?.seq ?? 1}`}>{t.newest}</a>
          {hiddenBefore > 0 ? (
            <>
              {' · '}
              <a
                href={`${here}${clockQuery(asked, { upTo: String(reached[hiddenBefore - 1]?.seq) })}#timeline`}
              >
                {t.earlier(reached[hiddenBefore - 1]?.seq ?? 1)}
              </a>
            </>
          ) : null}
        </p>
        <Timeline
          visit={visit}
          entries={shown}
          amendable={isPast(asked) ? () => [] : amendmentsOf(who.role, who.office, life)}
        />
      </section>
    </Page>
  );
};

const completableBy = (life: ItemLife): readonly string[] =>
  life.recordable.includes('MeasureCompleted') ? life.completable : [];

/** After a redirect: the entry that this person just recorded. */
const Saved = ({ visit, life }: { readonly visit: SignedIn; readonly life: ItemLife }) => {
  const seq = Number(visit.c.req.query('recorded'));
  const { actor } = life.entries.find((entry) => entry.seq === seq) ?? {};
  return actor?.sub === visit.who.sub && actor.iss === visit.who.iss ? (
    <p class="notice" role="status">
      <a href={`#e${seq}`}>{itemWords[visit.language].recordedAs(seq)}</a>
    </p>
  ) : null;
};

/** Somebody was faster: what they recorded stands above the form that waits. */
const Conflict = ({
  visit,
  life,
  seen,
}: {
  readonly visit: SignedIn;
  readonly life: ItemLife;
  readonly seen: number;
}) => {
  const t = itemWords[visit.language];
  const since = life.entries.filter(({ seq }) => seq > seen);
  return (
    <section class="notice picture" aria-labelledby="conflict">
      <h2 id="conflict">{t.since}</h2>
      <p>{t.conflict}</p>
      <Timeline visit={visit} entries={since} amendable={() => []} prefix="since-" />
    </section>
  );
};
