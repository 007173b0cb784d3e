import type { Context } from 'hono';
import { UndecodableEntry } from '../../domain/decode.ts';
import { StoreFault } from '../../domain/ports.ts';
import { refuse } from '../../domain/refusals.ts';
import type { ApiDependencies, ApiEnv } from '../http/context.ts';
import { IdentityUnavailable } from '../identity/unavailable.ts';
import { assetOf } from './assets.ts';
import { showHome } from './cases/home.tsx';
import { showAllComparison } from './compare/all-cases.tsx';
import { showComparison } from './compare/compare.tsx';
import { showDeadlines } from './deadlines/deadlines.tsx';
import { raiseIssue, recordFact } from './facts/record.ts';
import { showFacts } from './facts/show.tsx';
import { sendAllFigures, sendCaseFigures } from './figures/file.ts';
import { showAllFigures, showCaseFigures } from './figures/show.tsx';
import { dismissFlag } from './flags/dismiss.ts';
import { showFlaggedCases } from './flags/flagged-cases.tsx';
import { showFlags } from './flags/flags.tsx';
import { showFlagRules } from './flags/rules.tsx';
import { type Sent, textOf } from './form/read-form.ts';
import { readSent } from './form/sent.ts';
import { showExpiredForm, showForeignForm, showUnstoredForm } from './form/unsendable.tsx';
import { showHindsight } from './hindsight/hindsight.tsx';
import { openCase } from './import/open-case.ts';
import { showImportPage } from './import/page.tsx';
import { sendImport } from './import/send.tsx';
import { showItem } from './item/item.tsx';
import { recordOnItem } from './item/record-on-item.ts';
import { showLookBacks } from './look-back/list.tsx';
import { showLookBack } from './look-back/page.tsx';
import { openLookBack, recordOnLookBack } from './look-back/record.ts';
import { refused } from './problem-page.tsx';
import { showRegister } from './register/register.tsx';
import type { ConsoleRoute } from './routes.ts';
import { returnFromIssuer, showSignedOut, showSignIn, signInHere, signOut } from './sign-in.tsx';
import { showSupervision } from './supervision/supervision.tsx';
import { sendTrail } from './supervision/trail-csv.ts';
import { anonymousVisit, openVisit, originOf, pathOf, type SignedIn, type Visit } from './visit.ts';

type Handler = (c: Context<ApiEnv>) => Response | Promise<Response>;
type Shown = Response | Promise<Response>;

/**
 * What answers each address of the console. A page sees who looks; a form is read, must come from a page of ours,
 * and must have been made for the person who sends it.
 */
export function consoleHandlers(deps: ApiDependencies): { readonly [R in ConsoleRoute]: Handler } {
  const open =
    (show: (visit: Visit) => Shown): Handler =>
    async (c) => {
      let visit: Visit | undefined;
      try {
        visit = await openVisit(c, deps);
        return await show(visit);
      } catch (error) {
        return sayNo(visit ?? (await anonymousVisit(c, deps)), error);
      }
    };
  const page = (show: (visit: SignedIn) => Shown): Handler =>
    open((visit) =>
      isSignedIn(visit)
        ? show(visit)
        : visit.c.redirect(`/sign-in?to=${encodeURIComponent(pathOf(visit))}`, 303),
    );
  const sent = (take: (visit: Visit, sent: Sent) => Shown): Handler =>
    open(async (visit) => {
      if (!isFromHere(visit)) return refused(visit, refuse('sign-in-changed'));
      const read = await readSent(visit.c);
      return 'refused' in read ? refused(visit, read) : take(visit, read.sent);
    });
  const form = (take: (visit: SignedIn, sent: Sent) => Shown): Handler =>
    sent((visit, fields) => {
      if (!isSignedIn(visit)) return showExpiredForm(visit, fields);
      const { sessions, who } = visit;
      if (!sessions.isFormTokenOf(textOf(fields, 'form-token'), who)) return showForeignForm(visit, fields);
      return Promise.resolve()
        .then(() => take(visit, fields))
        .catch((fault: unknown) => {
          if (!(fault instanceof StoreFault)) throw fault;
          logFault(visit, fault);
          return showUnstoredForm(visit, fields);
        });
    });
  return {
    home: open(showHome),
    signIn: open(showSignIn),
    signInHere: sent(signInHere),
    signInReturn: open(returnFromIssuer),
    signOut: sent(signOut),
    signedOut: open(showSignedOut),
    register: page(showRegister),
    compare: page(showComparison),
    compareAll: page(showAllComparison),
    hindsight: page(showHindsight),
    item: page(showItem),
    recordOnItem: form(recordOnItem),
    flags: page(showFlags),
    dismissFlag: form(dismissFlag),
    flaggedCases: page(showFlaggedCases),
    flagRules: page(showFlagRules),
    supervision: page(showSupervision),
    supervisionFile: page(sendTrail),
    deadlines: page(showDeadlines),
    figures: page(showAllFigures),
    figuresFile: page(sendAllFigures),
    caseFigures: page(showCaseFigures),
    caseFiguresFile: page(sendCaseFigures),
    importPage: page((visit) => showImportPage(visit)),
    importNotice: form(sendImport),
    openCase: form(openCase),
    facts: page(showFacts),
    recordOnCase: form(recordFact),
    lookBacks: page(showLookBacks),
    openLookBack: form(openLookBack),
    lookBack: page(showLookBack),
    recordOnLookBack: form(recordOnLookBack),
    raiseIssue: form(raiseIssue),
    // Where forms are sent: whoever comes back there by hand sees what belongs there.
    cases: open(({ c }) => c.redirect(`/${new URL(c.req.url).search}`, 303)),
    items: open(({ c }) =>
      c.redirect(`/cases/${c.req.param('caseId')}/facts${new URL(c.req.url).search}`, 303),
    ),
    asset,
  };
}

/** For an address that is none of ours, or takes no such method. */
export async function refusedPage(
  c: Context<ApiEnv>,
  deps: ApiDependencies,
  code: 'not-found' | 'method-not-allowed',
): Promise<Response> {
  const visit = await openVisit(c, deps).catch(() => anonymousVisit(c, deps));
  return refused(visit, refuse(code));
}

const isSignedIn = (visit: Visit): visit is SignedIn => visit.who !== undefined;

/** A browser says where a form came from: in a header that no page can set. */
function isFromHere({ c, console }: Visit): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  return c.req.header('origin') === originOf(c, console);
}

/** A fault as a page in the person's language, and as a line of the log. */
function sayNo(visit: Visit, error: unknown): Response {
  const { log } = visit.deps;
  const requestId = visit.c.get('requestId');
  if (error instanceof StoreFault) {
    logFault(visit, error);
    return refused(visit, refuse(error.kind));
  }
  if (error instanceof IdentityUnavailable) {
    log('warn', 'the issuer did not answer', { requestId, cause: error.message });
    return refused(visit, refuse('unavailable'));
  }
  if (error instanceof UndecodableEntry) {
    log('error', 'an entry cannot be read', { requestId, where: error.where, why: error.message });
    return refused(visit, refuse('stream-unreadable'));
  }
  log('error', 'unexpected', { requestId, stack: error instanceof Error ? error.stack : String(error) });
  return refused(visit, refuse('internal'));
}

function logFault({ c, deps }: Visit, { kind, cause }: StoreFault): void {
  const requestId = c.get('requestId');
  deps.log('warn', 'the store did not answer', { requestId, kind, cause: String(cause) });
}

/** Kept for good where the address names this very version. */
const asset: Handler = (c) => {
  const found = assetOf(c.req.param('file') ?? '');
  if (!found) return c.notFound();
  const kept = c.req.query('v') === found.version ? 'public, max-age=31536000, immutable' : 'no-cache';
  return c.body(found.text, 200, { 'Content-Type': found.mediaType, 'Cache-Control': kept });
};
