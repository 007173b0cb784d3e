/** What AWS allows, as it documents it. Those of a partition are DynamoDB's own; the others it raises on request. */
export const limits = {
  partitionWrites: { value: 1_000, what: 'write units a second of one partition key' },
  partitionReads: { value: 3_000, what: 'read units a second of one partition key' },
  tableWrites: { value: 40_000, what: 'write units a second of one table on demand' },
  tableReads: { value: 40_000, what: 'read units a second of one table on demand' },
  row: { value: 409_600, what: 'bytes of one row' },
  apiRequests: { value: 10_000, what: 'requests a second of all HTTP APIs of an account' },
  functions: { value: 1_000, what: 'functions running at once in an account' },
  newTable: { value: 4, what: 'partitions, and so shards of the stream, of a new table on demand' },
} as const;

/** What the stack sets, in production; a test of the stack holds these to its template. */
export const stack = {
  throttle: { value: 500, what: 'requests a second that the API lets in' },
  noticeThrottle: { value: 20, what: 'readings a second of published notices that it lets in' },
  apiFunctions: { value: 200, what: 'functions of the API at once' },
  answer: { value: 29, what: 'seconds within which the API must answer' },
  memory: { value: 1, what: 'GB of memory of a function of the API and of the projector' },
  sideBySide: { value: 10, what: 'batches of one shard at a time, each of other cases' },
  rebuildWorkers: { value: 20, what: 'cases rebuilt at a time' },
  exportsADay: { value: 1, what: 'exports of the whole table of events a day' },
  exportsKept: { value: 366, what: 'exports kept' },
  backupsKept: { value: 35, what: 'daily backups of the table of events kept, each charged whole' },
  alarms: { value: 17, what: 'alarms' },
  keys: { value: 1, what: 'key, for which DynamoDB asks every five minutes, table by table' },
} as const;
