import type * as z from 'zod/mini';
import { type FieldError, type FieldFault, isRecord, step } from '../../domain/fields.ts';

const FAULTS: { readonly [code: string]: FieldFault } = {
  invalid_type: 'wrong-type',
  invalid_value: 'invalid-value',
  invalid_format: 'invalid-value',
  too_big: 'out-of-range',
  too_small: 'out-of-range',
};

/** What zod found wrong with an input, in the ledger's own words and codes. */
export function fieldErrors(error: z.core.$ZodError, input: unknown): FieldError[] {
  return error.issues.flatMap((issue): FieldError[] => {
    const at = issue.path.map((name) => step(String(name))).join('');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((name) => ({
        pointer: at + step(name),
        code: 'unknown-field',
        message: 'is not known here',
      }));
    }
    if (issue.path.length > 0 && valueAt(input, issue.path) === undefined) {
      return [{ pointer: at, code: 'required', message: 'is required' }];
    }
    const said: unknown = issue.code === 'custom' ? issue.params?.fault : undefined;
    const code = (said as FieldFault | undefined) ?? FAULTS[issue.code] ?? 'invalid-value';
    return [{ pointer: at, code, message: issue.message }];
  });
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const name of path) {
    value = isRecord(value) && Object.hasOwn(value, name) ? value[String(name)] : undefined;
  }
  return value;
}
