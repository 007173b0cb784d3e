import { DescribeExportCommand, DynamoDBClient, ListExportsCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, expect, test } from 'vitest';
import { checkExport } from '../../../functions/cloud/check-export.ts';

// Exports are the cloud's own: no engine on one machine has them.
const exports = mockClient(DynamoDBClient);
afterEach(() => exports.reset());

const NOW = Date.UTC(2026, 10, 23, 22, 30);
const TABLE = 'arn:aws:dynamodb:eu-central-1:111122223333:table/taizhang-prod-events';
const hoursAgo = (hours: number): Date => new Date(NOW - hours * 3_600_000);
const look = () => checkExport(new DynamoDBClient({ region: 'eu-central-1' }), TABLE, NOW);

type Known = { status: 'COMPLETED' | 'FAILED' | 'IN_PROGRESS'; hours: number; why?: string };

/** Two pages, as a list of exports comes. */
function there(...known: readonly Known[]): void {
  const arns = known.map((_, at) => ({ ExportArn: `${TABLE}/export/${at}` }));
  exports
    .on(ListExportsCommand, { TableArn: TABLE })
    .resolves({ ExportSummaries: arns.slice(0, 1), NextToken: 'more' });
  exports
    .on(ListExportsCommand, { TableArn: TABLE, NextToken: 'more' })
    .resolves({ ExportSummaries: arns.slice(1) });
  for (const [at, { status, hours, why }] of known.entries()) {
    exports.on(DescribeExportCommand, { ExportArn: `${TABLE}/export/${at}` }).resolves({
      ExportDescription: {
        ExportStatus: status,
        StartTime: hoursAgo(hours),
        ItemCount: 372,
        ...(why === undefined ? {} : { FailureMessage: why }),
      },
    });
  }
}

test('the export of the night is found, on whatever page it stands', async () => {
  there({ status: 'COMPLETED', hours: 50 }, { status: 'COMPLETED', hours: 3 });
  expect(await look()).toEqual({ export: `${TABLE}/export/1`, items: 372 });
});

test('one that failed is told with DynamoDB’s reason', async () => {
  there({ status: 'COMPLETED', hours: 27 }, { status: 'FAILED', hours: 3, why: 'the bucket is locked' });
  await expect(look()).rejects.toThrow(`${TABLE}/export/1 is FAILED: the bucket is locked`);
});

test('one that goes on is not there yet', async () => {
  there({ status: 'IN_PROGRESS', hours: 3 });
  await expect(look()).rejects.toThrow(`${TABLE}/export/0 is IN_PROGRESS`);
});

test('an old one is none', async () => {
  there({ status: 'COMPLETED', hours: 27 });
  await expect(look()).rejects.toThrow(`nothing was exported of ${TABLE} in 26 hours`);
});

test('a fault of DynamoDB’s is no answer', async () => {
  exports.on(ListExportsCommand).rejects(new Error('denied'));
  await expect(look()).rejects.toThrow('denied');
});
