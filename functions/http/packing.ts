/** A smaller body is not worth the time, in bytes. */
export const WORTH_PACKING = 4_096;

/** @see RFC 9110 section 12.5.3 */
export function takesGzip(accepted: string | null | undefined): boolean {
  return (accepted ?? '').split(',').some((coding) => {
    const [name = '', ...parameters] = coding.split(';').map((part) => part.trim().toLowerCase());
    return (name === 'gzip' || name === '*') && !parameters.some((one) => /^q=0(?:\.0*)?$/.test(one));
  });
}
