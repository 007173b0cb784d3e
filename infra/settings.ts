/** A setting cannot be; the message is one line for whoever deploys. */
export class BadSetting extends Error {
  override readonly name = 'BadSetting';
}

/** In which of the two views tables something happens. Both are always there. */
export type Colour = 'blue' | 'green';

/** In what one stage differs from another: data only, the stack is the same. */
interface StageData {
  /** What holds facts outlives the stack, and nobody deletes it in passing. */
  readonly keepsData: boolean;
  /** Days of logs. */
  readonly logDays: 30 | 400;
  /** Days during which nobody can delete an export of the events. */
  readonly lockDays: number;
  /** In compliance mode not even the account's root can. */
  readonly lockMode: 'GOVERNANCE' | 'COMPLIANCE';
  /** Days for which daily backups are kept. */
  readonly backupDays: number;
  /** Requests a second, and at once. */
  readonly throttle: { readonly rate: number; readonly burst: number };
  /** Of the public notice alone: without a token, and dear to render. */
  readonly noticeThrottle: { readonly rate: number; readonly burst: number };
  /** Copies of the API that may run at once: as many as the table and the bill shall bear. */
  readonly apiConcurrency: number | undefined;
  /** Cognito asks for a second factor. */
  readonly secondFactor: 'OPTIONAL' | 'ON';
}

const STAGES = {
  dev: {
    keepsData: false,
    logDays: 30,
    lockDays: 1,
    lockMode: 'GOVERNANCE',
    backupDays: 7,
    throttle: { rate: 50, burst: 100 },
    noticeThrottle: { rate: 10, burst: 20 },
    apiConcurrency: undefined,
    secondFactor: 'OPTIONAL',
  },
  prod: {
    keepsData: true,
    logDays: 400,
    lockDays: 365,
    lockMode: 'COMPLIANCE',
    backupDays: 35,
    throttle: { rate: 500, burst: 1_000 },
    noticeThrottle: { rate: 20, burst: 40 },
    apiConcurrency: 200,
    secondFactor: 'ON',
  },
} as const satisfies { readonly [stage: string]: StageData };

type Stage = keyof typeof STAGES;

export interface Settings extends StageData {
  readonly stage: Stage;
  /** An issuer of tokens instead of a Cognito user pool, and the client of people who sign in there. */
  readonly oidc:
    | { readonly issuer: string; readonly audience: string; readonly clientId: string }
    | undefined;
  /** Where Cognito asks people for their password: the first part of an address that is one stack's in the region. */
  readonly signInDomain: string | undefined;
  /** Counted up, it ends all sessions. */
  readonly sessions: number;
  readonly alarmEmail: string | undefined;
  readonly monthlyBudgetUsd: number | undefined;
  /** The id of the ledger whose tables this stack takes over; a new ledger has the stack's own. */
  readonly ledger: string | undefined;
  /** The digest of every morning, in this language, and to whom it is mailed. */
  readonly digest: { readonly language: 'zh' | 'en'; readonly email: string | undefined } | undefined;
  /** The break-glass function and role are there. */
  readonly erasure: boolean;
  readonly views: {
    /** Which the API reads. */
    readonly serving: Colour;
    /** Which is being made anew beside it. */
    readonly building: Colour | undefined;
  };
  /** Versions of functions that go on as they are, whatever is deployed: for a rebuild or a roll-back. */
  readonly pinned: { readonly api: string | undefined; readonly projector: string | undefined };
}

/** The names of context, each set with `-c name=value` or kept in cdk.json. */
export const CONTEXT = [
  'stage',
  'issuer',
  'audience',
  'clientId',
  'signInDomain',
  'sessions',
  'alarmEmail',
  'monthlyBudgetUsd',
  'ledger',
  'erasure',
  'digest',
  'digestEmail',
  'views',
  'building',
  'pinApi',
  'pinProjector',
] as const;

/** What CDK's command line keeps in the context; all else of its own has a colon or a slash. */
const CDKS_OWN = ['cli-telemetry', 'acknowledged-issue-numbers'];

/**
 * A setting that is misspelt would be left at its default without a word.
 * @throws BadSetting
 */
export function refuseUnknown(names: readonly string[]): void {
  const known: readonly string[] = [...CONTEXT, ...CDKS_OWN];
  const unknown = names.find((name) => !/[:/]/.test(name) && !known.includes(name));
  if (unknown === undefined) return;
  throw new BadSetting(`there is no setting ${JSON.stringify(unknown)}; there are ${CONTEXT.join(', ')}.`);
}

/** @throws BadSetting */
export function readSettings(context: (name: (typeof CONTEXT)[number]) => unknown): Settings {
  const text = (name: (typeof CONTEXT)[number]): string | undefined => {
    const value = context(name);
    return value === undefined || value === null || value === '' ? undefined : String(value);
  };
  const stage = readStage(text('stage'));
  const views = readViews(text('views'), text('building'));
  const pinned = {
    api: readVersion('pinApi', text('pinApi')),
    projector: readVersion('pinProjector', text('pinProjector')),
  };
  if (views.building !== undefined && (pinned.api === undefined || pinned.projector === undefined)) {
    throw new BadSetting(
      'building needs pinApi and pinProjector: what serves must not change while the other views are built.',
    );
  }
  return {
    ...STAGES[stage],
    stage,
    views,
    pinned,
    oidc: readOidc(text('issuer'), text('audience'), text('clientId')),
    signInDomain: readSignInDomain(text('signInDomain'), text('issuer')),
    sessions: readSessions(text('sessions')),
    alarmEmail: readEmail('alarmEmail', text('alarmEmail')),
    monthlyBudgetUsd: readBudget(text('monthlyBudgetUsd'), text('alarmEmail')),
    ledger: readLedger(text('ledger')),
    digest: readDigest(text('digest'), text('digestEmail')),
    erasure: readSwitch('erasure', text('erasure')),
  };
}

const shown = (value: string | undefined): string =>
  value === undefined ? 'nothing' : JSON.stringify(value);

function readStage(value: string | undefined): Stage {
  if (value !== undefined && Object.hasOwn(STAGES, value)) return value as Stage;
  throw new BadSetting(
    `stage must be ${Object.keys(STAGES).join(' or ')}, not ${shown(value)}: npm run deploy -- -c stage=dev`,
  );
}

/** Tokens are only as good as the way to the issuer's keys, so in the cloud that is TLS. */
function readOidc(
  issuer: string | undefined,
  audience: string | undefined,
  clientId: string | undefined,
): Settings['oidc'] {
  if (issuer === undefined && audience === undefined) {
    if (clientId === undefined) return undefined;
    throw new BadSetting('clientId needs issuer: of Cognito the stack makes the client.');
  }
  if (issuer === undefined || audience === undefined) {
    throw new BadSetting(
      'issuer and audience go together; without both the stack makes a Cognito user pool.',
    );
  }
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined;
  if (
    url === undefined ||
    !issuer.startsWith('https://') ||
    /[?#]/.test(issuer) ||
    url.username !== '' ||
    /\s/.test(issuer)
  ) {
    throw new BadSetting(
      `issuer must be an https URL without query or fragment, as its tokens name it, not ${shown(issuer)}.`,
    );
  }
  return { issuer, audience, clientId: clientId ?? audience };
}

/** @see docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain-prefix.html */
function readSignInDomain(value: string | undefined, issuer: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (issuer !== undefined) throw new BadSetting('signInDomain is of Cognito, and issuer names another.');
  if (/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(value) && !/aws|amazon|cognito/.test(value)) return value;
  throw new BadSetting(
    `signInDomain must be 1 to 63 small letters, digits and hyphens without "aws", "amazon" or "cognito", not ${shown(value)}.`,
  );
}

function readSessions(value: string | undefined): number {
  if (value === undefined) return 1;
  if (/^[1-9][0-9]{0,5}$/.test(value)) return Number(value);
  throw new BadSetting(`sessions must be a number from 1 on, not ${shown(value)}.`);
}

function readDigest(value: string | undefined, to: string | undefined): Settings['digest'] {
  const email = readEmail('digestEmail', to);
  if (value === 'zh' || value === 'en') return { language: value, email };
  if (value !== undefined && value !== 'off')
    throw new BadSetting(`digest must be zh, en or off, not ${shown(value)}.`);
  if (email !== undefined) throw new BadSetting('digestEmail needs digest: zh or en.');
  return undefined;
}

function readEmail(name: string, value: string | undefined): string | undefined {
  if (value === undefined || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)) return value;
  throw new BadSetting(`${name} must be an address, not ${shown(value)}.`);
}

function readBudget(value: string | undefined, email: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const amount = Number(value);
  if (!Number.isFinite(amount) || amount <= 0) {
    throw new BadSetting(`monthlyBudgetUsd must be an amount of dollars, not ${shown(value)}.`);
  }
  if (email === undefined) throw new BadSetting('monthlyBudgetUsd needs alarmEmail: somebody must be told.');
  return amount;
}

function readLedger(value: string | undefined): string | undefined {
  const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
  if (value === undefined || /^[A-Za-z0-9_-]{22}$/.test(value) || uuid.test(value)) return value;
  throw new BadSetting(
    `ledger must be the 22 characters that stand in the headers, or the UUID of the output Ledger, not ${shown(value)}.`,
  );
}

function readSwitch(name: string, value: string | undefined): boolean {
  if (value === undefined || value === 'off' || value === 'false') return false;
  if (value === 'on' || value === 'true') return true;
  throw new BadSetting(`${name} must be on or off, not ${shown(value)}.`);
}

const isColour = (value: string): value is Colour => value === 'blue' || value === 'green';

function readViews(serving: string | undefined, building: string | undefined): Settings['views'] {
  for (const [name, value] of [
    ['views', serving],
    ['building', building],
  ] as const) {
    if (value !== undefined && !isColour(value))
      throw new BadSetting(`${name} must be blue or green, not ${shown(value)}.`);
  }
  const views = { serving: (serving ?? 'blue') as Colour, building: building as Colour | undefined };
  if (views.serving === views.building)
    throw new BadSetting(`building must be the colour that does not serve, not ${views.building}.`);
  return views;
}

function readVersion(name: string, value: string | undefined): string | undefined {
  if (value === undefined || /^[1-9][0-9]*$/.test(value)) return value;
  throw new BadSetting(`${name} must be the number of a published version, not ${shown(value)}.`);
}
