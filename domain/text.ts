export type TextFault = 'empty' | 'too-long' | 'control-character' | 'lone-surrogate' | 'combining-marks';

/** Everything in Unicode's Cc but the line feed. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing control characters is this expression's purpose.
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Composing a run of marks takes time quadratic in its length; no script stacks so many on one letter. */
const MARKS = /\p{M}{31}/u;

/** NFC, LF line ends, trimmed; the only form in which words enter the ledger. */
export function normaliseText(input: string, maxLength: number): { value: string } | { fault: TextFault } {
  if (input.length > maxLength * 4) return { fault: 'too-long' };
  if (MARKS.test(input)) return { fault: 'combining-marks' };
  const value = input.replace(/\r\n?/g, '\n').trim().normalize('NFC');
  if (value.length === 0) return { fault: 'empty' };
  if (value.length > maxLength) return { fault: 'too-long' };
  if (CONTROL.test(value)) return { fault: 'control-character' };
  if (LONE_SURROGATE.test(value)) return { fault: 'lone-surrogate' };
  return { value };
}
