import type { Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { FunctionName } from './bundle.ts';
import { allow, allowKeyThrough, viaService } from './ledger-function.ts';
import type { Queues } from './queues.ts';
import { ERASABLE } from './write-protection.ts';

export interface Reach {
  readonly events: Table;
  /** ARN of the events' stream. */
  readonly stream: string;
  /** Both colours: a version that is pinned, or gone back to, works on the one that its environment names. */
  readonly views: readonly Table[];
  readonly key: IKey;
  readonly queues: Queues;
  /** Where the digest goes, if there is one. */
  readonly digest: { readonly topicArn: string } | undefined;
}

const dynamodb = (...actions: readonly string[]): string[] => actions.map((action) => `dynamodb:${action}`);

/** What each function may do to tables and queues: what its use cases call, and nothing else. */
export function statements(
  stack: Stack,
  { events, stream, views, key, queues, digest }: Reach,
): { readonly [name in FunctionName]: readonly PolicyStatement[] } {
  const viewArns = views.map(({ tableArn }) => tableArn);
  const readStream = allow('ReadTheStream', dynamodb('DescribeStream', 'GetRecords', 'GetShardIterator'), [
    stream,
  ]);
  const rereadStream = allow('RereadTheStream', dynamodb('GetRecords', 'GetShardIterator'), [stream]);
  const listStreams = allow('FindTheStream', dynamodb('ListStreams'), ['*']);
  const useKey = (...services: readonly string[]): PolicyStatement =>
    allowKeyThrough(
      key,
      services.map((service) => viaService(stack, service)),
      ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'],
    );
  const project = [
    allow('ReadEvents', dynamodb('Query'), [events.tableArn]),
    allow('MakeViews', dynamodb('GetItem', 'BatchGetItem', 'Query', 'PutItem', 'BatchWriteItem'), viewArns),
  ];
  return {
    api: [
      allow('ReadEvents', dynamodb('GetItem', 'BatchGetItem', 'Query'), [events.tableArn]),
      allow('AppendEvents', dynamodb('PutItem'), [events.tableArn]),
      allow('ReadViews', dynamodb('GetItem', 'BatchGetItem', 'Query'), viewArns),
      useKey('dynamodb'),
    ],
    projector: [
      ...project,
      readStream,
      listStreams,
      allow('SetAsideWhatFails', ['sqs:SendMessage'], [queues.batches.queueArn]),
      useKey('dynamodb', 'sqs'),
    ],
    sentinel: [
      readStream,
      listStreams,
      allow('SetAsideWhatFails', ['sqs:SendMessage'], [queues.unexamined.queueArn]),
      useKey('dynamodb', 'sqs'),
    ],
    maintenance: [
      ...project,
      allow('ListCases', dynamodb('Scan'), [events.tableArn]),
      allow('CheckExports', dynamodb('ListExports'), [events.tableArn]),
      allow('LookAtExports', dynamodb('DescribeExport'), [`${events.tableArn}/export/*`]),
      allow('EmptyViews', dynamodb('Scan'), viewArns),
      rereadStream,
      allow(
        'TakeAndPutSteps',
        ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
        [queues.rebuild.queueArn],
      ),
      allow(
        'TakeDeadLetters',
        ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'],
        [queues.batches.queueArn],
      ),
      useKey('dynamodb', 'sqs'),
    ],
    eraser: [
      allow('FindWhatIsAnnounced', dynamodb('Query', 'Scan'), [events.tableArn]),
      new PolicyStatement({
        sid: 'RemoveWords',
        actions: dynamodb('UpdateItem'),
        resources: [events.tableArn],
        conditions: {
          'ForAllValues:StringEquals': { 'dynamodb:Attributes': ERASABLE },
          // Of a request that named no attribute the condition above would hold.
          Null: { 'dynamodb:Attributes': 'false' },
          StringEqualsIfExists: { 'dynamodb:ReturnValues': 'NONE' },
        },
      }),
      useKey('dynamodb'),
    ],
    digest:
      digest === undefined
        ? []
        : [
            allow('ReadViews', dynamodb('Query'), viewArns),
            allow('PublishTheDigest', ['sns:Publish'], [digest.topicArn]),
            useKey('dynamodb', 'sns'),
          ],
  };
}
