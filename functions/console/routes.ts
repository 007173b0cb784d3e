/** Every address of the console: `GET` shows, `POST` is a form. */
export const CONSOLE_ROUTES = {
  home: ['GET', '/'],
  signIn: ['GET', '/sign-in'],
  signInHere: ['POST', '/sign-in'],
  signInReturn: ['GET', '/sign-in/callback'],
  signOut: ['POST', '/sign-out'],
  signedOut: ['GET', '/signed-out'],
  register: ['GET', '/cases/:caseId'],
  compare: ['GET', '/cases/:caseId/compare'],
  item: ['GET', '/cases/:caseId/items/:itemId'],
  recordOnItem: ['POST', '/cases/:caseId/items/:itemId'],
  supervision: ['GET', '/supervision'],
  supervisionFile: ['GET', '/supervision.csv'],
  importPage: ['GET', '/import'],
  importNotice: ['POST', '/import'],
  openCase: ['POST', '/cases'],
  cases: ['GET', '/cases'],
  facts: ['GET', '/cases/:caseId/facts'],
  recordOnCase: ['POST', '/cases/:caseId/facts'],
  raiseIssue: ['POST', '/cases/:caseId/items'],
  items: ['GET', '/cases/:caseId/items'],
  asset: ['GET', '/assets/:file'],
} as const satisfies { readonly [name: string]: readonly ['GET' | 'POST', string] };

export type ConsoleRoute = keyof typeof CONSOLE_ROUTES;
