/** As much of a browser as signing in at `startOidcProvider` takes: cookies and redirects, one person's. */
export class OidcBrowser {
  readonly #cookies = new Map<string, string>();

  /** Follows the way from the ledger to the issuer, and gives the address at which it ends back at the ledger. */
  async signIn(url: string, form: { readonly name: string } | { readonly cancel: '1' }): Promise<URL> {
    const { origin } = new URL(url);
    let next = new URL(url);
    for (let step = 0; step < 10; step += 1) {
      if (next.origin !== origin) return next;
      const answer = await this.#ask(next, next.pathname.startsWith('/interaction/') ? form : undefined);
      const location = answer.headers.get('location');
      if (location === null)
        throw new Error(`${next.pathname} answers ${answer.status}: ${await answer.text()}`);
      next = new URL(location, next);
    }
    throw new Error('the issuer sends the browser round and round');
  }

  async #ask(url: URL, form: { readonly [name: string]: string } | undefined): Promise<Response> {
    const answer = await fetch(url, {
      method: form ? 'POST' : 'GET',
      body: form ? new URLSearchParams(form) : null,
      headers: { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      redirect: 'manual',
    });
    for (const set of answer.headers.getSetCookie()) {
      const [pair = ''] = set.split(';');
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return answer;
  }
}
