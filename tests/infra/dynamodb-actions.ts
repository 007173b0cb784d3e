/** All that DynamoDB lets one do, each action in one place: a new one fails the test until it stands here. */

export const READ_ROWS = [
  'GetItem',
  'BatchGetItem',
  'Query',
  'Scan',
  'ConditionCheckItem',
  'PartiQLSelect',
  'SearchVectors',
] as const;

/** Everything that changes or removes rows, other than by putting one or by updating one. */
export const CHANGE_ROWS = [
  'DeleteItem',
  'BatchWriteItem',
  'PartiQLInsert',
  'PartiQLUpdate',
  'PartiQLDelete',
] as const;

/** The table, its stream, its time to live, its backups, its copies elsewhere and who may do what to it. */
export const CONFIGURE = [
  'DeleteTable',
  'UpdateTable',
  'UpdateTimeToLive',
  'UpdateContinuousBackups',
  'UpdateContributorInsights',
  'EnableKinesisStreamingDestination',
  'DisableKinesisStreamingDestination',
  'UpdateKinesisStreamingDestination',
  'UpdateTableReplicaAutoScaling',
  'PutResourcePolicy',
  'DeleteResourcePolicy',
  'TagResource',
  'UntagResource',
] as const;

export const LOOK_AT_SETTINGS = [
  'DescribeTable',
  'DescribeContinuousBackups',
  'DescribeContributorInsights',
  'DescribeKinesisStreamingDestination',
  'DescribeTableReplicaAutoScaling',
  'DescribeTimeToLive',
  'GetResourcePolicy',
  'ListTagsOfResource',
] as const;

/** Copies that leave the table as it is. */
export const COPY = [
  'CreateBackup',
  'ExportTableToPointInTime',
  'ReadDataForReplication',
  'RestoreTableToPointInTime',
  'StartAwsBackupJob',
] as const;

export const READ_STREAM = ['DescribeStream', 'GetRecords', 'GetShardIterator'] as const;

/**
 * What names a table and what its policy cannot speak of. Of these the table that is there already can only be
 * touched through a replica, and to make one takes UpdateTable as well.
 */
export const BEYOND_A_TABLES_POLICY = [
  'AssociateTableReplica',
  'CreateGlobalTable',
  'CreateGlobalTableWitness',
  'CreateTable',
  'CreateTableReplica',
  'DeleteGlobalTableWitness',
  'DeleteTableReplica',
  'ImportTable',
  'ListExports',
  'ListImports',
  'ReplicateSettings',
  'RestoreTableFromAwsBackup',
  'RestoreTableFromBackup',
  'UpdateGlobalTable',
  'UpdateGlobalTableSettings',
  'UpdateGlobalTableVersion',
  'WriteDataForReplication',
] as const;

/** What names a backup, an export or an import, or the account as a whole. */
const BESIDE_TABLES = [
  'DeleteBackup',
  'DescribeBackup',
  'DescribeEndpoints',
  'DescribeExport',
  'DescribeGlobalTable',
  'DescribeGlobalTableSettings',
  'DescribeImport',
  'DescribeLimits',
  'DescribeReservedCapacity',
  'DescribeReservedCapacityOfferings',
  'GetAbacStatus',
  'InjectError',
  'ListBackups',
  'ListContributorInsights',
  'ListGlobalTables',
  'ListStreams',
  'ListTables',
  'PurchaseReservedCapacityOfferings',
  'UpdateAbacStatus',
] as const;

export const PLACED: readonly string[] = [
  ...READ_ROWS,
  'PutItem',
  'UpdateItem',
  ...CHANGE_ROWS,
  ...CONFIGURE,
  ...LOOK_AT_SETTINGS,
  ...COPY,
  ...READ_STREAM,
  ...BEYOND_A_TABLES_POLICY,
  ...BESIDE_TABLES,
];

/**
 * The actions that a policy on a table can speak of; DynamoDB refuses a policy with others.
 * @see docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-iam-actions.html
 */
export const IN_A_TABLES_POLICY: readonly string[] = [
  'GetItem',
  'BatchGetItem',
  'Query',
  'Scan',
  'ConditionCheckItem',
  'PutItem',
  'UpdateItem',
  ...CHANGE_ROWS,
  'PartiQLSelect',
  ...CONFIGURE,
  ...LOOK_AT_SETTINGS,
  'CreateBackup',
  'ExportTableToPointInTime',
  'RestoreTableToPointInTime',
];
