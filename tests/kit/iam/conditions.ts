import { coversArn, refuseVariable, wildcard } from './patterns.ts';
import { type Condition, NotModelled } from './policy.ts';

/** What a request brings with it: a value, or several for a key that has a set of them. */
export interface Context {
  readonly [key: string]: string | readonly string[];
}

/** Keys that may stand in a policy or a request, in small letters, and whether they hold a set. */
const KEYS: { readonly [key: string]: 'one' | 'set' } = {
  'aws:principalarn': 'one',
  'aws:principalaccount': 'one',
  'aws:sourceaccount': 'one',
  'aws:sourcearn': 'one',
  'aws:securetransport': 'one',
  'dynamodb:attributes': 'set',
  'dynamodb:leadingkeys': 'set',
  'dynamodb:returnvalues': 'one',
  'dynamodb:select': 'one',
  'dynamodb:enclosingoperation': 'one',
  'kms:viaservice': 'one',
  'kms:encryptioncontext:aws:logs:arn': 'one',
};

type Compare = (wanted: string, given: string) => boolean;

const same: Compare = (wanted, given) => wanted === given;
/** ArnEquals compares as ArnLike does. */
const COMPARISONS: { readonly [operator: string]: { readonly negated: boolean; readonly compare: Compare } } =
  {
    StringEquals: { negated: false, compare: same },
    StringNotEquals: { negated: true, compare: same },
    StringLike: { negated: false, compare: wildcard },
    StringNotLike: { negated: true, compare: wildcard },
    ArnEquals: { negated: false, compare: coversArn },
    ArnLike: { negated: false, compare: coversArn },
    ArnNotEquals: { negated: true, compare: coversArn },
    ArnNotLike: { negated: true, compare: coversArn },
    Bool: { negated: false, compare: (wanted, given) => wanted.toLowerCase() === given.toLowerCase() },
  };

/**
 * Whether a condition holds. Several values are alternatives, and of a negated operator none may match. Without its
 * key a condition fails, but for negated operators, `…IfExists` and `ForAllValues:`, which hold.
 * @see docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 * @throws NotModelled
 */
export function holds({ operator, key, values }: Condition, context: Context): boolean {
  const kind = KEYS[key.toLowerCase()];
  if (kind === undefined) throw new NotModelled(`the condition key ${key}`);
  for (const value of values) refuseVariable(value);
  const given = valuesOf(context, key);
  if (operator === 'Null') {
    if (!values.every((value) => value === 'true' || value === 'false')) {
      throw new NotModelled(`Null as ${values.join(', ')}`);
    }
    return values.some((value) => (value === 'true') === (given.length === 0));
  }
  const { quantifier, name, ifExists } = partsOf(operator);
  const comparison = COMPARISONS[name];
  if (comparison === undefined) throw new NotModelled(`the operator ${operator}`);
  const { negated, compare } = comparison;
  const one = (value: string): boolean => values.some((wanted) => compare(wanted, value)) !== negated;
  if (ifExists && given.length === 0) return true;
  if (quantifier === 'ForAllValues') return given.every(one);
  if (quantifier === 'ForAnyValue') return given.some(one);
  if (kind === 'set') throw new NotModelled(`${operator} without ForAllValues or ForAnyValue for ${key}`);
  return given.length === 0 ? negated : one(given[0] as string);
}

function partsOf(operator: string): {
  readonly quantifier: string | undefined;
  readonly name: string;
  readonly ifExists: boolean;
} {
  const [, quantifier, name = '', ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  return { quantifier, name, ifExists: ifExists !== undefined };
}

/** Names of keys know no case; a key with an empty set counts as absent. */
function valuesOf(context: Context, key: string): readonly string[] {
  for (const [name, value] of Object.entries(context)) {
    if (name.toLowerCase() !== key.toLowerCase()) continue;
    const kind = KEYS[name.toLowerCase()];
    if ((kind === 'set') !== Array.isArray(value)) throw new NotModelled(`${name} as ${String(value)}`);
    return typeof value === 'string' ? [value] : value;
  }
  return [];
}
