/** The issuer cannot be asked just now, so that nothing can be said of a person: 503, not 401. */
export class IdentityUnavailable extends Error {
  override readonly name = 'IdentityUnavailable';
  constructor(why: string, cause?: unknown) {
    super(`the issuer cannot be relied on just now: ${why}`, { cause });
  }
}
