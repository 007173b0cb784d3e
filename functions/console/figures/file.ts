import { caseId as readCaseId } from '../../../domain/ids.ts';
import { isRefusal, type Refusal, refuse } from '../../../domain/refusals.ts';
import type { AllFigures, CaseFigures } from '../../app/figures.ts';
import { type FiguresLabels, figuresCsv } from '../../documents/figures-csv.ts';
import { refused } from '../problem-page.tsx';
import { fieldNames } from '../texts/fields.ts';
import { figuresWords } from '../texts/figures.ts';
import { frame } from '../texts/frame.ts';
import type { Language } from '../texts/language.ts';
import { supervisionWords } from '../texts/supervision.ts';
import { words } from '../texts/words.ts';
import { askedClocks } from '../time/clocks.tsx';
import type { SignedIn } from '../visit.ts';
import { askedWeeks } from './asked.ts';
import { refusedFigures } from './show.tsx';

function labelsOf(language: Language): FiguresLabels {
  const t = figuresWords[language];
  const names = fieldNames[language];
  const columns = {
    scope: names.scope,
    caseId: names.caseId,
    title: names['CaseOpened.title'],
    office: names.lead,
    term: names.term,
    measure: t.file.column.measure,
    week: t.week,
    weekFrom: t.monday,
    value: t.file.column.value,
  };
  return {
    column: (name) => columns[name],
    scope: (name) => t.file.scope[name],
    measure: (name) => t.file.measure[name],
    office: (code) => code ?? supervisionWords[language].nobody,
    term: (code) => (code === null ? t.noTerm : words[language].term[code]),
    title: (said) => said ?? frame[language].erased,
  };
}

/** The figures of one case as a file. */
export async function sendCaseFigures(visit: SignedIn): Promise<Response> {
  const caseId = readCaseId(visit.c.req.param('caseId') ?? '');
  if (!caseId) return refused(visit, refuse('case-not-found'));
  const figures = await visit.ledger.figures(visit.who, caseId, askedWeeks(visit), askedClocks(visit));
  return sent(visit, figures, `taizhang-${caseId}-figures`);
}

/** Those of all cases. */
export async function sendAllFigures(visit: SignedIn): Promise<Response> {
  const figures = await visit.ledger.allFigures(visit.who, askedWeeks(visit), askedClocks(visit));
  return sent(visit, figures, 'taizhang-figures');
}

/** The name of the file says of which day it is. */
function sent(visit: SignedIn, figures: CaseFigures | AllFigures | Refusal, name: string): Response {
  if (isRefusal(figures)) return refusedFigures(visit, figures);
  return visit.c.body(figuresCsv(figures, labelsOf(visit.language)), 200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="${name}-${figures.on}.csv"`,
    'Cache-Control': 'no-store',
    Vary: 'Cookie',
  });
}
