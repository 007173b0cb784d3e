import type { Stack } from 'aws-cdk-lib';
import { AttributeType, BillingMode, StreamViewType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { type TableDefinition, tables, viewsOf } from '../functions/store/tables.ts';
import { accept } from './accept.ts';
import { kept } from './kept.ts';
import type { Colour, Settings } from './settings.ts';

export interface StorageProps {
  readonly settings: Settings;
  readonly key: IKey;
  readonly eventsPolicy: PolicyDocument;
}

/** The facts, and the views in two colours: one serves, the other may be built anew beside it. */
export class Storage extends Construct {
  readonly events: Table;
  /** ARN of the events' stream. */
  readonly stream: string;
  readonly views: { readonly [colour in Colour]: Table };

  constructor(scope: Construct, id: string, { settings, key, eventsPolicy }: StorageProps) {
    super(scope, id);
    const prefix = tablePrefix(settings);
    const removal = kept(settings);
    const make = (name: string, definition: TableDefinition, resourcePolicy?: PolicyDocument): Table =>
      new Table(this, name, {
        tableName: definition.name,
        partitionKey: { name: definition.partitionKey, type: AttributeType.STRING },
        sortKey: { name: definition.sortKey, type: AttributeType.STRING },
        billingMode: BILLING[definition.billing],
        ...(definition.stream && { stream: STREAMS[definition.stream] }),
        encryption: TableEncryption.CUSTOMER_MANAGED,
        encryptionKey: key,
        pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
        deletionProtection: settings.keepsData,
        removalPolicy: removal,
        ...(resourcePolicy && { resourcePolicy }),
      });
    this.events = make('Events', tables(prefix).events, eventsPolicy);
    if (this.events.tableStreamArn === undefined) throw new Error('the events table has no stream');
    this.stream = this.events.tableStreamArn;
    this.views = {
      blue: make('ViewsBlue', viewsOf(prefix, 'blue')),
      green: make('ViewsGreen', viewsOf(prefix, 'green')),
    };
    for (const views of Object.values(this.views)) {
      accept(
        views,
        'Views are disposable: they are rebuilt from the events, and point-in-time recovery covers a mistake.',
        'NIST.800.53.R5-DynamoDBInBackupPlan',
      );
    }
  }
}

const BILLING = { PAY_PER_REQUEST: BillingMode.PAY_PER_REQUEST } as const;
const STREAMS = { NEW_AND_OLD_IMAGES: StreamViewType.NEW_AND_OLD_IMAGES } as const;

/** Keeps the stages apart in one account. */
const tablePrefix = ({ stage }: Settings): string => `taizhang-${stage}-`;

/** The events table's ARN, known before the table is: its own policy names it. */
export const eventsArn = (stack: Stack, settings: Settings): string =>
  stack.formatArn({
    service: 'dynamodb',
    resource: 'table',
    resourceName: tables(tablePrefix(settings)).events.name,
  });
