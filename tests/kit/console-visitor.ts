import type { Principal } from '../../domain/actor.ts';
import type { ApiBench } from './api-bench.ts';

/** Fields and files of a form, in order. */
export type FormFields = readonly (readonly [name: string, value: string | File])[];

export interface Shown {
  readonly status: number;
  readonly location: string | null;
  readonly html: string;
}

/** Somebody in front of the console, signed in with a token of their own. */
export interface Visitor {
  show(path: string): Promise<Shown>;
  /** With the token that a form of this person carries, unless the fields bring one. */
  send(path: string, fields: FormFields): Promise<Shown>;
}

const ORIGIN = 'http://localhost';

export async function visitor({ request, tokenOf }: ApiBench, who: Principal): Promise<Visitor> {
  const posted = (path: string, fields: FormFields, cookie?: string) => {
    const body = new FormData();
    for (const [name, value] of fields) body.append(name, value);
    return request(path, {
      method: 'POST',
      body,
      headers: { origin: ORIGIN, ...(cookie === undefined ? {} : { cookie }) },
    });
  };
  const signedIn = await posted('/sign-in', [['token', await tokenOf(who)]]);
  const [cookie = ''] = (signedIn.headers.get('set-cookie') ?? '').split(';');
  const shown = async (answer: Response | Promise<Response>): Promise<Shown> => {
    const { status, headers, text } = await Promise.resolve(answer).then(async (response) => ({
      status: response.status,
      headers: response.headers,
      text: await response.text(),
    }));
    return { status, location: headers.get('location'), html: text };
  };
  const show = (path: string) => shown(request(path, { headers: { cookie } }));
  const formToken = fieldValue((await show('/')).html, 'form-token');
  return {
    show,
    send: (path, fields) => {
      const brought = fields.some(([name]) => name === 'form-token');
      return shown(posted(path, brought ? fields : [['form-token', formToken], ...fields], cookie));
    },
  };
}

/** What the first field of that name holds in a page; for hidden ones. */
export function fieldValue(html: string, name: string): string {
  const found = new RegExp(`name="${name.replace('.', '\\.')}" value="([^"]*)"`).exec(html)?.[1];
  if (found === undefined) throw new Error(`no field ${name} in the page`);
  return found;
}
