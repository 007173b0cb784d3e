/** A policy as it is written in a template, its lists made lists. */
export interface PolicyDocument {
  readonly Statement: readonly { readonly Action?: readonly string[] }[];
}

/** Every policy document in a template, whatever it lies on. */
export function documentsIn(value: unknown): readonly PolicyDocument[] {
  if (typeof value !== 'object' || value === null) return [];
  const { Statement } = value as { readonly Statement?: unknown };
  if (!Array.isArray(Statement)) return Object.values(value).flatMap(documentsIn);
  const statements = Statement as readonly { readonly Action?: string | readonly string[] }[];
  return [
    { Statement: statements.map(({ Action }) => (Action === undefined ? {} : { Action: [Action].flat() })) },
  ];
}
