/** The values of one metric in a function's log, in order. @see the embedded metric format of CloudWatch */
export function metricsOf(log: readonly string[], name: string): number[] {
  return log
    .filter((line) => line.startsWith('{') && line.includes('"_aws"'))
    .map((line) => JSON.parse(line) as { readonly [name: string]: unknown } & { readonly _aws: object })
    .filter((line) => JSON.stringify(line._aws).includes('"Namespace":"Taizhang"'))
    .flatMap((line) => (typeof line[name] === 'number' ? [line[name]] : []));
}
