/**
 * List prices of us-east-1 in US dollars. They change, and other regions differ, those in China included: check
 * them against AWS's pages before you rely on a sum, change them here, then rewrite the page.
 */
export const prices = {
  writeUnits: { value: 0.625, per: 'million write request units' },
  readUnits: { value: 0.125, per: 'million read request units, 4 KB strongly consistent or 8 KB not' },
  storage: { value: 0.25, per: 'GB-month of a table' },
  recovery: { value: 0.2, per: 'GB-month of point-in-time recovery' },
  exported: { value: 0.1, per: 'GB exported to S3, whole or as increment' },
  kept: { value: 0.023, per: 'GB-month in S3 standard' },
  backup: { value: 0.1, per: 'GB-month of warm backup' },
  computing: { value: 0.0000133334, per: 'GB-second of Lambda on arm64' },
  calls: { value: 0.2, per: 'million calls of Lambda; reading a DynamoDB stream is free' },
  http: { value: 1, per: 'million requests of an HTTP API, of the first 300 million a month' },
  logs: { value: 0.5, per: 'GB of logs taken in by CloudWatch' },
  key: { value: 1, per: 'KMS key a month, and for each of its first two rotations' },
  keyRequests: { value: 0.03, per: '10,000 requests of KMS' },
  alarm: { value: 0.1, per: 'alarm a month' },
} as const;
