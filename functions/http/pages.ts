// All that is shown to people rather than to programs, so that a request of a program need not load it.
export { Landing } from '../console/landing.tsx';
export { rendered } from '../console/page.tsx';
export { stylesheet } from '../console/stylesheet.ts';
export { textsFor } from '../console/texts.ts';
export { docsFile, docsPage } from './docs.tsx';
export { ProblemsPage, problemTypes } from './problems-page.tsx';
