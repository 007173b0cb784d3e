import { type Context, Hono } from 'hono';
import { isRefusal, type Refusal, refuse } from '../../domain/refusals.ts';
import type { AllFigures, CaseFigures } from '../app/figures.ts';
import type { Ledger } from '../app/ledger.ts';
import { signedIn } from './authentication.ts';
import type { ApiEnv } from './context.ts';
import { negotiate } from './negotiation.ts';
import { problem } from './problems.ts';
import { clocksOf, query } from './query.ts';
import { figuresParameters } from './requests.ts';
import { caseTarget } from './targets.ts';

const CSV = 'text/csv';

/** Numbers over time: of one case, and across all that the token reaches. */
export function figuresRoutes(ledger: Ledger): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();

  routes.get('/cases/:caseId/figures', signedIn, caseTarget, query(figuresParameters), async (c) => {
    const { who, caseId, query } = c.var;
    const { from, to } = query;
    return answered(c, () => ledger.figures(who, caseId, { from, to }, clocksOf(query)));
  });

  routes.get('/figures', signedIn, query(figuresParameters), async (c) => {
    const { who, query } = c.var;
    const { from, to } = query;
    return answered(c, () => ledger.allFigures(who, { from, to }, clocksOf(query)));
  });

  return routes;
}

/** A table has no room for the cut's echo, so it stands in a header, as JSON. */
async function answered(
  c: Context,
  read: () => Promise<CaseFigures | AllFigures | Refusal>,
): Promise<Response> {
  c.header('Vary', 'Accept', { append: true });
  const type = negotiate(c.req.header('accept'), ['application/json', CSV]);
  if (type === undefined)
    return problem(c, refuse('not-acceptable', `figures are application/json or ${CSV}`));
  const figures = await read();
  if (isRefusal(figures)) return problem(c, figures);
  if (type !== CSV) return c.json(figures);
  if (figures.cut) c.header('Cut', JSON.stringify(figures.cut));
  // What writes tables is loaded by whoever wants one.
  const { CODES, figuresCsv } = await import('../documents/figures-csv.ts');
  return c.body(figuresCsv(figures, CODES), 200, { 'Content-Type': `${CSV}; charset=utf-8` });
}
