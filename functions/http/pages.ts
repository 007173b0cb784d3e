// All that is shown to people rather than to programs, so that a request of a program need not load it.
export { consoleHandlers, refusedPage } from '../console/handlers.ts';
export { rendered } from '../console/page.tsx';
export { docsFile, docsPage } from './docs.tsx';
export { ProblemsPage, problemTypes } from './problems-page.tsx';
