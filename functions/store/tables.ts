/**
 * What a table is, as data: the embedded engine and the cloud stack both make their tables from this. Keys are
 * strings; nothing else is declared, for DynamoDB knows no other columns.
 */
export interface TableDefinition {
  readonly name: string;
  readonly partitionKey: string;
  readonly sortKey: string;
  /** Both images, or the stream could not tell an announced erasure from a forgery. */
  readonly stream: 'NEW_AND_OLD_IMAGES' | undefined;
  readonly billing: 'PAY_PER_REQUEST';
}

export interface Tables {
  /** The facts: one row an entry, never updated but by erasure. */
  readonly events: TableDefinition;
  /** Projections: disposable, rebuilt from the facts at any time. */
  readonly views: TableDefinition;
}

/** The two tables of one deployment. The prefix keeps deployments apart in one account: `taizhang-` is usual. */
export const tables = (prefix: string): Tables => ({
  events: {
    name: `${prefix}events`,
    partitionKey: 'caseId',
    sortKey: 'entry',
    stream: 'NEW_AND_OLD_IMAGES',
    billing: 'PAY_PER_REQUEST',
  },
  views: views(`${prefix}views`),
});

/** One of several tables of views: in the cloud one serves while another is made anew. */
export const viewsOf = (prefix: string, name: string): TableDefinition => views(`${prefix}views-${name}`);

const views = (name: string): TableDefinition => ({
  name,
  partitionKey: 'partition',
  sortKey: 'sort',
  stream: undefined,
  billing: 'PAY_PER_REQUEST',
});
