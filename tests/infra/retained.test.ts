import { readFileSync } from 'node:fs';
import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import { describe, expect, test } from 'vitest';
import type { WrittenTemplate } from '../kit/cloud/read-template.ts';
import { synthesised } from '../kit/cloud/template.ts';

/**
 * What holds data or is known by its id outside, as the last release deployed it. A release adds to this file what is new in it, and changes
 * nothing that stands: CloudFormation would carry the change out on a table full of facts.
 */
const released = JSON.parse(
  readFileSync(new URL('../fixtures/infra/retained.json', import.meta.url), 'utf8'),
) as WrittenTemplate;

const HOLDS_DATA = [
  'AWS::DynamoDB::Table',
  'AWS::KMS::Key',
  'AWS::S3::Bucket',
  'AWS::Cognito::UserPool',
  'AWS::Backup::BackupVault',
  'AWS::Logs::LogGroup',
];
/** Another address would be another origin of sessions, another client another audience of tokens. */
const KNOWN_OUTSIDE = ['AWS::ApiGatewayV2::Api', 'AWS::Cognito::UserPoolClient'];
const SAFE: readonly ResourceImpact[] = [
  ResourceImpact.NO_CHANGE,
  ResourceImpact.WILL_UPDATE,
  ResourceImpact.WILL_CREATE,
];

/** Resources of the last release that the next deployment would replace, orphan or destroy. */
function lost(next: WrittenTemplate): string[] {
  const found: string[] = [];
  fullDiff(structuredClone(released), structuredClone(next)).resources.forEachDifference((id, change) => {
    if (Object.hasOwn(released.Resources, id) && !SAFE.includes(change.changeImpact))
      found.push(`${id}: ${change.changeImpact}`);
  });
  return found;
}

describe('a deployment over the last release', () => {
  const next = synthesised('prod').written;

  test.each([
    ['as it is', {}],
    ['while words are erased', { erasure: 'on' }],
    ['with a digest', { digest: 'zh', digestEmail: 'office@example.cn' }],
    ['while other views are built', { building: 'green', pinApi: '3', pinProjector: '4' }],
    ['with the other views serving', { views: 'green' }],
    [
      'with an issuer of the operator’s, the pool apart, which is retained, and its client',
      { issuer: 'https://id.example.cn', audience: 'taizhang' },
    ],
  ])('replaces and deletes nothing that holds data: %s', (_, context) => {
    const gone = lost(synthesised('prod', context).written);
    expect(
      gone.filter(
        (one) =>
          !('issuer' in context && /^IdentityUsers(\w+: WILL_ORPHAN|Client\w+: WILL_DESTROY)$/.test(one)),
      ),
    ).toEqual([]);
  });

  test('all of them stand in the file, and what holds data is kept when its resource goes', () => {
    const of = (types: readonly string[]) =>
      Object.entries(next.Resources).filter(([, { Type }]) => types.includes(Type));
    const holding = of(HOLDS_DATA);
    const known = [...holding, ...of(KNOWN_OUTSIDE)].map(([id]) => id);
    expect(Object.keys(released.Resources).sort()).toEqual(known.sort());
    for (const [id, resource] of holding) {
      expect([id, resource]).toEqual([
        id,
        expect.objectContaining({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' }),
      ]);
    }
  });

  const changed = (
    id: string,
    change: (properties: { [name: string]: unknown }) => void,
  ): WrittenTemplate => {
    const copy = structuredClone(next) as unknown as {
      Resources: { [id: string]: { Properties: { [name: string]: unknown } } };
    };
    const key = Object.keys(copy.Resources).find((one) => one.startsWith(id)) ?? '';
    change(copy.Resources[key]?.Properties ?? {});
    return copy as unknown as WrittenTemplate;
  };
  const without = (id: string): WrittenTemplate => {
    const kept = Object.entries(next.Resources).filter(([one]) => !one.startsWith(id));
    return { ...next, Resources: Object.fromEntries(kept) };
  };

  test.each([
    [
      'another name of the table',
      changed('StorageEvents', (events) => {
        events.TableName = 'other';
      }),
    ],
    [
      'another key of the table',
      changed('StorageEvents', (events) => {
        events.KeySchema = [{ AttributeName: 'entry', KeyType: 'HASH' }];
      }),
    ],
    ['no table', without('StorageEvents')],
    ['no key', without('Key')],
    [
      'a client that has a secret',
      changed('IdentityUsersClient', (client) => {
        client.GenerateSecret = true;
      }),
    ],
    [
      'another name of the bucket',
      changed('ArchiveExports', (bucket) => {
        bucket.BucketName = 'other';
      }),
    ],
  ])('is refused here: %s', (_, template) => {
    expect(lost(template)).not.toEqual([]);
  });
});
