import {
  BEYOND_A_TABLES_POLICY,
  CHANGE_ROWS,
  CONFIGURE,
  COPY,
  LOOK_AT_SETTINGS,
  READ_ROWS,
  READ_STREAM,
} from './dynamodb-actions.ts';

export const RESOURCES = [
  'events',
  'events’ stream',
  'an index of events',
  'a backup of events',
  'an export of events',
  'an import into events',
  'events as a global table',
  'serving views',
  'other views',
  'the account',
] as const;

export type ResourceName = (typeof RESOURCES)[number];
type Actions = readonly string[] | 'everything';

/** Principals of the stack and around it. */
export type PrincipalName = keyof typeof ALLOWED;

const EVERYTHING = Object.fromEntries(RESOURCES.map((name) => [name, 'everything'])) as {
  [name in ResourceName]: 'everything';
};

/** Who may do what: exactly this, and nothing else. `everything` is all actions that know the kind of resource. */
export const ALLOWED = {
  api: {
    events: ['GetItem', 'BatchGetItem', 'Query', 'PutItem'],
    'serving views': ['GetItem', 'BatchGetItem', 'Query'],
    'other views': ['GetItem', 'BatchGetItem', 'Query'],
  },
  projector: {
    events: ['Query'],
    'events’ stream': READ_STREAM,
    'serving views': ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'BatchWriteItem'],
    'other views': ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'BatchWriteItem'],
    'the account': ['ListStreams'],
  },
  sentinel: {
    'events’ stream': READ_STREAM,
    'the account': ['ListStreams'],
  },
  maintenance: {
    events: ['Query', 'Scan', 'ListExports'],
    'an export of events': ['DescribeExport'],
    'events’ stream': ['GetRecords', 'GetShardIterator'],
    'serving views': ['GetItem', 'BatchGetItem', 'Query', 'Scan', 'PutItem', 'BatchWriteItem'],
    'other views': ['GetItem', 'BatchGetItem', 'Query', 'Scan', 'PutItem', 'BatchWriteItem'],
  },
  /** There only with erasure=on. */
  eraser: {
    events: ['Query', 'Scan', 'UpdateItem'],
  },
  /** There only with digest=zh or en, as its messenger: it reads views and nothing else. */
  digest: {
    'serving views': ['Query'],
    'other views': ['Query'],
  },
  /** Asks the digest, and DynamoDB nothing. */
  messenger: {},
  exporter: {
    events: ['ExportTableToPointInTime'],
  },
  /** Asks maintenance, and DynamoDB nothing. */
  checker: {},
  /** AWS keeps its policy, which speaks of all tables. */
  'backup role': {
    events: ['DescribeTable', 'ListTagsOfResource', 'CreateBackup', 'StartAwsBackupJob'],
    'events’ stream': ['ListTagsOfResource'],
    // The vault's lock is what keeps a copy for its time.
    'a backup of events': ['DescribeBackup', 'DeleteBackup'],
    'serving views': ['DescribeTable', 'ListTagsOfResource', 'CreateBackup', 'StartAwsBackupJob'],
    'other views': ['DescribeTable', 'ListTagsOfResource', 'CreateBackup', 'StartAwsBackupJob'],
  },
  /** Allowed everything by its own policy, as the next two. */
  'deploy role': {
    ...EVERYTHING,
    events: [...READ_ROWS, ...CONFIGURE, ...LOOK_AT_SETTINGS, ...COPY, ...BEYOND_A_TABLES_POLICY],
  },
  administrator: {
    ...EVERYTHING,
    events: [...READ_ROWS, ...LOOK_AT_SETTINGS, ...COPY, ...BEYOND_A_TABLES_POLICY],
  },
  /** Named as trusted. */
  root: {
    ...EVERYTHING,
    events: [
      ...READ_ROWS,
      'PutItem',
      'UpdateItem',
      ...CHANGE_ROWS,
      ...CONFIGURE,
      ...LOOK_AT_SETTINGS,
      ...COPY,
      ...BEYOND_A_TABLES_POLICY,
    ],
  },
  stranger: {},
  anonymous: {},
} as const satisfies { readonly [name: string]: { readonly [name in ResourceName]?: Actions } };
