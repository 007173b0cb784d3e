import { attributeOf, PLACE, type Resource as Written } from '../kit/cloud/attributes.ts';
import type { Template } from '../kit/cloud/read-template.ts';
import { rolesOf, type StackRole } from '../kit/cloud/roles.ts';
import type { Caller, Resource } from '../kit/iam/evaluate.ts';
import { identityPolicy, type Policy, resourcePolicy } from '../kit/iam/policy.ts';
import type { PrincipalName, ResourceName } from './permissions-table.ts';

/** What the policy of a role that may do anything says, whether by office or by mistake. */
const ANYTHING: Policy = identityPolicy({
  Version: '2012-10-17',
  Statement: { Sid: 'Anything', Effect: 'Allow', Action: '*', Resource: '*' },
});

/**
 * What AWS’s policy for its backup service says of DynamoDB.
 * @see docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSBackupServiceRolePolicyForBackup.html
 */
const BACKUP_SERVICE: Policy = identityPolicy({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'DynamoDBPermissions',
      Effect: 'Allow',
      Action: ['dynamodb:DescribeTable', 'dynamodb:CreateBackup'],
      Resource: 'arn:aws:dynamodb:*:*:table/*',
    },
    {
      Sid: 'DynamoDBBackupResourcePermissions',
      Effect: 'Allow',
      Action: ['dynamodb:DescribeBackup', 'dynamodb:DeleteBackup'],
      Resource: 'arn:aws:dynamodb:*:*:table/*/backup/*',
    },
    {
      Sid: 'DynamodbBackupPermissions',
      Effect: 'Allow',
      Action: ['dynamodb:StartAwsBackupJob', 'dynamodb:ListTagsOfResource'],
      Resource: 'arn:aws:dynamodb:*:*:table/*',
    },
  ],
});
const BACKUP_POLICY = 'arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup';

/** The stack's roles, by the names that the table of permissions gives them. */
const ROLES = {
  ApiRole: 'api',
  ProjectorRole: 'projector',
  SentinelRole: 'sentinel',
  MaintenanceRole: 'maintenance',
  EraserRole: 'eraser',
  DigestRole: 'digest',
  DailyDigestMessenger: 'messenger',
  ArchiveExporter: 'exporter',
  ArchiveChecker: 'checker',
  BackupsRole: 'backup role',
} as const satisfies { readonly [id: string]: PrincipalName };

export const FUNCTION_ROLES = ['api', 'projector', 'sentinel', 'maintenance', 'eraser', 'digest'] as const;

export type RoleName = (typeof ROLES)[keyof typeof ROLES];

/** One of them. @throws when it is not there */
export function roleIn(roles: ReadonlyMap<RoleName, StackRole>, name: RoleName): StackRole {
  const role = roles.get(name);
  if (role === undefined) throw new Error(`the stack has no ${name}`);
  return role;
}

/** All roles of the stack. @throws on one that has no name in the table */
export function stackRoles(template: Template): ReadonlyMap<RoleName, StackRole> {
  return new Map(
    [...rolesOf(template, { [BACKUP_POLICY]: BACKUP_SERVICE })].map(([id, role]) => {
      const known = Object.entries(ROLES).find(([prefix]) => id.startsWith(prefix));
      if (known === undefined) throw new Error(`the role ${id} has no row in the table of permissions`);
      return [known[1], role];
    }),
  );
}

export const asCaller = ({ arn, identity, boundary }: StackRole): Caller => ({
  kind: 'role',
  arn,
  identity,
  boundary,
});

/** A role of the stack to which somebody gave everything; its boundary stays. */
export const givenAnything = ({ arn, boundary }: StackRole): Caller => ({
  kind: 'role',
  arn,
  identity: ANYTHING,
  boundary,
});

const elsewhere = (name: string, account: string = PLACE.account): Caller => ({
  kind: 'role',
  arn: `arn:aws:iam::${account}:role/${name}`,
  identity: ANYTHING,
});

/** Who is there beside the stack's roles. */
export const OTHERS = {
  'deploy role': elsewhere(`cdk-hnb659fds-cfn-exec-role-${PLACE.account}-${PLACE.region}`),
  administrator: elsewhere('administrator'),
  root: { kind: 'root', account: PLACE.account },
  stranger: elsewhere('administrator', '444455556666'),
  anonymous: { kind: 'anonymous' },
} as const satisfies { readonly [name in Exclude<PrincipalName, RoleName>]: Caller };

/** Everybody, each role of the stack as it is and once more as if it had been given everything. */
export const everybody = (roles: ReadonlyMap<RoleName, StackRole>): ReadonlyMap<string, Caller> =>
  new Map<string, Caller>([
    ...[...roles].map(([name, role]) => [name, asCaller(role)] as const),
    ...[...roles].map(([name, role]) => [`${name}, given anything`, givenAnything(role)] as const),
    ...Object.entries(OTHERS),
    ['a service as itself', { kind: 'service', service: 'dynamodb.amazonaws.com' }],
  ]);

export interface Target extends Resource {
  /** The kind of resource, as the service's reference calls it; undefined for the account as a whole. */
  readonly kind: string | undefined;
}

const tablePolicyOf = ({ properties }: Written): unknown =>
  (properties.ResourcePolicy as { readonly PolicyDocument: unknown } | undefined)?.PolicyDocument;

/** The policy that lies on the events table, as a document. */
export const eventsPolicyOf = (template: Template): unknown =>
  tablePolicyOf(template.resource('AWS::DynamoDB::Table', 'StorageEvents'));

/** What the table of permissions speaks of. A table's policy counts for its indexes too, and not for the rest. */
export function targets(template: Template): { readonly [name in ResourceName]: Target } {
  const table = (id: string) => {
    const found = template.resource('AWS::DynamoDB::Table', id);
    const written = tablePolicyOf(found);
    return target('table', attributeOf(found, 'Arn'), written === undefined ? [] : resourcePolicy(written));
  };
  const events = table('StorageEvents');
  const beside = (kind: string, rest: string): Target => target(kind, `${events.arn}/${rest}`, []);
  return {
    events,
    'events’ stream': beside('stream', 'stream/2026-01-01T00:00:00.000'),
    'an index of events': { ...beside('index', 'index/by-office'), policy: events.policy },
    'a backup of events': beside('backup', 'backup/01489602797149-73d8d5bc'),
    'an export of events': beside('export', 'export/01489602797149-73d8d5bc'),
    'an import into events': beside('import', 'import/01489602797149-73d8d5bc'),
    'events as a global table': target(
      'global-table',
      `arn:aws:dynamodb::${PLACE.account}:global-table/${events.arn.split('/').at(-1)}`,
      [],
    ),
    'serving views': table('StorageViewsBlue'),
    'other views': table('StorageViewsGreen'),
    'the account': target(undefined, '*', []),
  };
}

const target = (kind: string | undefined, arn: string, policy: Policy): Target => ({
  ...{ kind, arn, policy },
  account: PLACE.account,
  leavesToAccount: 'always',
});

/** The stack's one key, which leaves its use to the account's policies only because its own says so. */
export function ledgerKeyOf(template: Template): Resource {
  const key = template.resource('AWS::KMS::Key', 'Key');
  return {
    arn: attributeOf(key, 'Arn'),
    account: PLACE.account,
    policy: resourcePolicy(key.properties.KeyPolicy),
    leavesToAccount: 'where its policy says so',
  };
}
