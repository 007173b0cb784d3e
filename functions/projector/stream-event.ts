import type { AttributeValue, _Record as StreamRecord } from '@aws-sdk/client-dynamodb-streams';

/** An attribute as Lambda's JSON carries it: one of these, as the API's, with binary as base64 text. */
interface EventAttribute {
  S?: string;
  N?: string;
  B?: string;
  BOOL?: boolean;
  NULL?: boolean;
  SS?: string[];
  NS?: string[];
  BS?: string[];
  L?: EventAttribute[];
  M?: Record<string, EventAttribute>;
}

/** One record of Lambda's DynamoDBStreamEvent. @see docs.aws.amazon.com/lambda/latest/dg/with-ddb.html */
interface EventRecord {
  eventID: string;
  eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  eventVersion: string;
  eventSource: 'aws:dynamodb';
  awsRegion: string;
  dynamodb: {
    /** Seconds since 1970. */
    ApproximateCreationDateTime: number;
    Keys: Record<string, EventAttribute>;
    NewImage?: Record<string, EventAttribute>;
    OldImage?: Record<string, EventAttribute>;
    SequenceNumber: string;
    SizeBytes: number;
    StreamViewType: 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';
  };
  eventSourceARN: string;
  /** Only where time to live deleted the row. */
  userIdentity?: { type: string; principalId: string };
}

export interface StreamEvent {
  Records: EventRecord[];
}

/** What a handler answers under ReportBatchItemFailures: sequence numbers that did not succeed. */
export interface StreamResponse {
  batchItemFailures: { itemIdentifier: string }[];
}

export type StreamHandler = (event: StreamEvent) => Promise<StreamResponse>;

/** A record of the Streams API in the shape in which Lambda hands it to a function. */
export function eventRecord(record: StreamRecord, streamArn: string): EventRecord {
  const { dynamodb, userIdentity } = record;
  if (dynamodb?.SequenceNumber === undefined) throw new TypeError('A stream record has no sequence number.');
  return {
    eventID: record.eventID ?? '',
    eventName: record.eventName as EventRecord['eventName'],
    eventVersion: record.eventVersion ?? '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: record.awsRegion ?? '',
    dynamodb: {
      ApproximateCreationDateTime: (dynamodb.ApproximateCreationDateTime?.getTime() ?? 0) / 1_000,
      Keys: attributes(dynamodb.Keys ?? {}),
      ...(dynamodb.NewImage && { NewImage: attributes(dynamodb.NewImage) }),
      ...(dynamodb.OldImage && { OldImage: attributes(dynamodb.OldImage) }),
      SequenceNumber: dynamodb.SequenceNumber,
      SizeBytes: dynamodb.SizeBytes ?? 0,
      StreamViewType: dynamodb.StreamViewType as EventRecord['dynamodb']['StreamViewType'],
    },
    eventSourceARN: streamArn,
    ...(userIdentity && {
      userIdentity: { type: userIdentity.Type ?? '', principalId: userIdentity.PrincipalId ?? '' },
    }),
  };
}

function attributes(image: Record<string, AttributeValue>): Record<string, EventAttribute> {
  return Object.fromEntries(Object.entries(image).map(([name, value]) => [name, attribute(value)]));
}

function attribute(value: AttributeValue): EventAttribute {
  if (value.B !== undefined) return { B: base64(value.B) };
  if (value.BS !== undefined) return { BS: value.BS.map(base64) };
  if (value.L !== undefined) return { L: value.L.map(attribute) };
  if (value.M !== undefined) return { M: attributes(value.M) };
  if (value.$unknown !== undefined) throw new TypeError(`Unknown attribute type ${value.$unknown[0]}.`);
  return value;
}

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
