import { NotModelled, type Patterns } from './policy.ts';

/** `*` stands for any text, `?` for one character. */
export function wildcard(pattern: string, text: string): boolean {
  refuseVariable(pattern);
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
}

/** Policy variables such as `${aws:username}` are not modelled. @throws NotModelled */
export function refuseVariable(text: string): void {
  if (text.includes('${')) throw new NotModelled(`a policy variable: ${text}`);
}

/** Names of actions know no case. */
export const coversAction = ({ not, patterns }: Patterns, action: string): boolean =>
  patterns.some((pattern) => wildcard(pattern.toLowerCase(), action.toLowerCase())) !== not;

/** `*` as the resource of a request stands for an action that knows no resource. */
export const coversResource = ({ not, patterns }: Patterns, resource: string): boolean =>
  patterns.some((pattern) => pattern === '*' || (resource !== '*' && coversArn(pattern, resource))) !== not;

/**
 * ARNs match part by part, so that a wildcard does not reach across a colon of the first five.
 * @see docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function coversArn(pattern: string, arn: string): boolean {
  const wanted = partsOf(pattern);
  const given = partsOf(arn);
  return wanted.every((part, at) => wildcard(part, given[at] ?? ''));
}

function partsOf(arn: string): readonly string[] {
  const parts = arn.split(':');
  const [prefix, , service] = parts;
  if (prefix !== 'arn' || parts.length < 6) throw new NotModelled(`not an ARN: ${arn}`);
  if (/[*?]/.test(service ?? '')) throw new NotModelled(`a wildcard for the service: ${arn}`);
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}
