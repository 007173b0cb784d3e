/** The issuer's keys cannot be had just now, so that nothing can be said of a token: 503, not 401. */
export class IdentityUnavailable extends Error {
  override readonly name = 'IdentityUnavailable';
  constructor(why: string, cause?: unknown) {
    super(`the keys of the issuer cannot be had: ${why}`, { cause });
  }
}
