import { earliestDay } from '../../../domain/dates.ts';
import { type CaseId, caseId as readCaseId } from '../../../domain/ids.ts';
import type { InspectionCase } from '../../../domain/inspection/view.ts';
import { FLAG_RULES, type FlagRule, flagRules, SEVERITIES } from '../../../domain/look-back/catalogue.ts';
import type { Flag } from '../../../domain/look-back/flag.ts';
import { isRefusal, refuse } from '../../../domain/refusals.ts';
import { answer, Page } from '../page.tsx';
import { refused } from '../problem-page.tsx';
import { flagWords } from '../texts/flags.ts';
import { frame } from '../texts/frame.ts';
import { refusedPicture } from '../time/clock-refused.tsx';
import { askedClocks, Clocks, isPast, Picture } from '../time/clocks.tsx';
import type { SignedIn } from '../visit.ts';
import { type AskedFlags, flagsAddress, isAsked, readAskedFlags } from './asked.ts';
import { showDismissal } from './dismissal.tsx';
import { FlagFilters } from './filters.tsx';
import { OneFlag } from './flag.tsx';
import { type FlagPicture, readFlagPicture } from './read-flags.ts';
import { RuleHeading } from './rule-heading.tsx';

/** The worklist of a look-back: by rule, the gravest first, with the entries that each flag rests on. */
export async function showFlags(visit: SignedIn): Promise<Response> {
  const caseId = readCaseId(visit.c.req.param('caseId') ?? '');
  if (!caseId) return refused(visit, refuse('case-not-found'));
  const clocks = askedClocks(visit);
  if (visit.c.req.query('do') === 'dismiss' && !isPast(clocks)) return showDismissal(visit, caseId);
  const [picture, inspection] = await Promise.all([
    readFlagPicture(visit, caseId, {}, clocks),
    visit.ledger.inspectionCase(visit.who, caseId, clocks),
  ]);
  if (isRefusal(picture)) return refusedPicture(visit, picture, clocks);
  if (isRefusal(inspection)) return refusedPicture(visit, inspection, clocks);
  return answer(visit, <Flags visit={visit} caseId={caseId} inspection={inspection} picture={picture} />);
}

interface FlagsProps {
  readonly visit: SignedIn;
  readonly caseId: CaseId;
  readonly inspection: InspectionCase;
  readonly picture: FlagPicture;
}

const Flags = ({ visit, caseId, inspection, picture }: FlagsProps) => {
  const { language, who } = visit;
  const t = flagWords[language];
  const clocks = askedClocks(visit);
  const asked = readAskedFlags(new URL(visit.c.req.url).searchParams);
  const here = `/cases/${caseId}/flags`;
  const title = inspection.title ?? frame[language].erased;
  const among = picture.flags.filter((flag) => isAsked(asked, flag));
  const shown = among.filter(({ severity }) => asked.severity === undefined || severity === asked.severity);
  const mayDismiss = (who.role === 'reviewer' || who.role === 'committee') && !isPast(clocks);
  const dismissAt = ({ rule, itemId }: Flag): string =>
    `${here}?${new URLSearchParams({ do: 'dismiss', rule, ...(itemId === null ? {} : { item: itemId }) })}`;
  return (
    <Page
      visit={visit}
      title={`${title} ${t.title}`}
      crumbs={[
        { text: frame[language].cases, href: '/' },
        { text: title, href: `/cases/${caseId}` },
        { text: t.title },
      ]}
    >
      <h1>{t.title}</h1>
      <p>
        {t.note} <a href="/flag-rules">{t.about}</a>
      </p>
      <Picture visit={visit} cut={picture.cut} now={flagsAddress(here, asked, {})} />
      <Clocks
        visit={visit}
        asked={clocks}
        first={inspection.feedbackOn === null ? visit.today : earliestDay(inspection.feedbackOn)}
        kept={keptOf(asked)}
      />
      <FlagFilters
        visit={visit}
        here={here}
        asked={asked}
        flags={picture.flags}
        among={among}
        clocks={clocks}
      />
      {shown.length === 0 ? <p class="empty">{t.none}</p> : null}
      {byRule(shown).map(([rule, flags]) => (
        <section class="rule" aria-labelledby={rule}>
          <RuleHeading language={language} rule={rule} count={flags.length} settings={inspection.settings} />
          <ul class="flags">
            {flags.map((flag) => (
              <OneFlag
                visit={visit}
                flag={flag}
                clocks={clocks}
                dismissAt={mayDismiss && flag.dismissed === null ? dismissAt(flag) : undefined}
              />
            ))}
          </ul>
        </section>
      ))}
    </Page>
  );
};

/** What the clocks' form sends along, so that the same flags are asked for on another day. */
const keptOf = ({
  severity,
  rule,
  office,
  item,
  dismissed,
}: AskedFlags): { readonly [name: string]: string } => ({
  ...(severity === undefined ? {} : { severity }),
  ...(rule === undefined ? {} : { rule }),
  ...(office === undefined ? {} : { office }),
  ...(item === undefined ? {} : { item }),
  ...(dismissed ? { show: 'dismissed' } : {}),
});

/** By rule, those of a graver one first. */
function byRule(flags: readonly Flag[]): readonly (readonly [FlagRule, readonly Flag[]])[] {
  const grave = SEVERITIES.flatMap((severity) =>
    flagRules.filter((rule) => FLAG_RULES[rule].severity === severity),
  );
  return grave.flatMap((rule) => {
    const raised = flags.filter((flag) => flag.rule === rule);
    return raised.length > 0 ? [[rule, raised] as const] : [];
  });
}
