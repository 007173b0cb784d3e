import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { CONSOLE_ROUTES } from '../../../functions/console/routes.ts';
import { openApiDocument } from '../../../functions/http/openapi.ts';

interface Response200 {
  readonly content?: { readonly [mediaType: string]: { readonly schema: object } };
  readonly headers?: object;
}
interface Operation {
  readonly parameters: readonly { readonly name?: string; readonly in?: string }[];
  readonly requestBody?: { readonly content: { readonly [mediaType: string]: { readonly schema: object } } };
  readonly responses: { readonly [status: string]: Response200 };
}

export const document = openApiDocument('1.2.3') as {
  readonly openapi: string;
  readonly paths: { readonly [path: string]: { readonly [method: string]: Operation } };
  readonly components: {
    readonly schemas: { readonly [name: string]: object };
    readonly responses: { readonly [name: string]: Response200 };
  };
};

/** A validator that shares no code with the one that wrote the schemas. */
const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: true, formats: { date: true } });
ajv.addVocabulary(['openapi', 'info', 'servers', 'tags', 'paths', 'components']);
ajv.addSchema(document, 'openapi');

const compiled = new Map<string, ValidateFunction>();

export function validator(pointer: string): ValidateFunction {
  const known = compiled.get(pointer) ?? ajv.compile({ $ref: `openapi#${pointer}` });
  compiled.set(pointer, known);
  return known;
}

const escaped = (name: string) => encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));

/** The described path that an address belongs to; a literal one comes before one with a name in it. */
function describedPath(address: string): string | undefined {
  const { pathname } = new URL(address, 'http://localhost');
  return Object.keys(document.paths)
    .filter((path) => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(pathname))
    .sort((one, other) => one.split('{').length - other.split('{').length)[0];
}

/** Pages are described in README, for people. */
const pages = Object.values(CONSOLE_ROUTES).map(
  ([, path]) => new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`),
);
const isPage = (address: string): boolean => {
  const { pathname } = new URL(address, 'http://localhost');
  return pages.some((page) => page.test(pathname));
};

/** What an answer says beyond the document, as sentences; none when it is described in full. */
export async function undescribed(method: string, address: string, answer: Response): Promise<string[]> {
  if (isPage(address)) return [];
  const path = describedPath(address);
  const verb = method.toLowerCase() === 'head' ? 'get' : method.toLowerCase();
  const operation = path === undefined ? undefined : document.paths[path]?.[verb];
  const { status } = answer;
  const common = status === 405 || path === undefined;
  const response = common
    ? document.components.responses.MethodNotAllowed
    : operation?.responses[String(status)];
  if (!response) return [`${method} ${path} answers ${status}, which is not described`];
  const mediaType = (answer.headers.get('content-type') ?? '').split(';')[0] ?? '';
  const text = await answer.clone().text();
  if (status === 304 || method === 'HEAD') return text === '' ? [] : ['a body where none may be'];
  const content = response.content?.[mediaType];
  if (!content) return [`${method} ${path} answers ${status} as ${mediaType}, which is not described`];
  const faults = Object.keys(document.paths).length === 0 ? ['the document is empty'] : [];
  for (const name of ['location', 'etag', 'retry-after', 'www-authenticate', 'allow', 'cut']) {
    const described = Object.keys(response.headers ?? {}).some((one) => one.toLowerCase() === name);
    if (answer.headers.has(name) && !described) faults.push(`the header ${name} is not described`);
  }
  if (!mediaType.endsWith('json')) return faults;
  const pointer = common
    ? '/components/schemas/Problem'
    : `/paths/${escaped(path ?? '')}/${verb}/responses/${status}/content/${escaped(mediaType)}/schema`;
  const lined = mediaType === 'application/x-ndjson';
  const validate = validator(lined ? '/components/schemas/Envelope' : pointer);
  for (const part of lined ? text.trimEnd().split('\n') : [text]) {
    if (validate(JSON.parse(part))) continue;
    faults.push(...(validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}: ${part}`));
  }
  return faults;
}
