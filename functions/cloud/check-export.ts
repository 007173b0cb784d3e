import { DescribeExportCommand, type DynamoDBClient, ListExportsCommand } from '@aws-sdk/client-dynamodb';

/** The daily export is not there; the message says what is instead. */
class NoExport extends Error {
  override readonly name = 'NoExport';
}

export interface ExportFound {
  readonly export: string;
  readonly items: number;
}

/** An export is asked for every 24 hours and takes minutes; two more hours are for a large table. */
const OLDEST_MS = 26 * 3_600_000;

/**
 * Finds the newest finished export of a table. DynamoDB takes an order for one and says nothing when it fails
 * later, so this looks.
 * @throws NoExport when none of the last 26 hours is complete: the alarm of this function then rises
 */
export async function checkExport(client: DynamoDBClient, table: string, now: number): Promise<ExportFound> {
  const said: string[] = [];
  let next: string | undefined;
  do {
    const page = await client.send(new ListExportsCommand({ TableArn: table, NextToken: next }));
    for (const { ExportArn } of page.ExportSummaries ?? []) {
      const { ExportDescription } = await client.send(new DescribeExportCommand({ ExportArn }));
      const { ExportStatus, StartTime, ItemCount, FailureMessage } = ExportDescription ?? {};
      if (!StartTime || now - StartTime.getTime() > OLDEST_MS) continue;
      if (ExportStatus === 'COMPLETED') return { export: ExportArn ?? '', items: ItemCount ?? 0 };
      said.push(`${ExportArn} is ${ExportStatus}${FailureMessage ? `: ${FailureMessage}` : ''}`);
    }
    next = page.NextToken;
  } while (next !== undefined);
  throw new NoExport(said.length > 0 ? said.join('; ') : `nothing was exported of ${table} in 26 hours`);
}
