import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Document, rendered } from '../console/page.tsx';

const JAVASCRIPT = 'text/javascript; charset=utf-8';

/** What the page needs of swagger-ui-dist, and nothing else of it. */
const shipped: { readonly [file: string]: string } = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': JAVASCRIPT,
};

const initializer = `window.ui = SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  validatorUrl: null,
  persistAuthorization: false,
  presets: [SwaggerUIBundle.presets.apis],
  layout: 'BaseLayout',
});
`;

export const docsPage = (): string =>
  rendered(
    <Document language="en" title="Taizhang API">
      <link rel="stylesheet" href="/docs/swagger-ui.css" />
      <main id="swagger-ui">
        <p>
          <a href="/openapi.json">/openapi.json</a>
        </p>
      </main>
      <script src="/docs/swagger-ui-bundle.js"></script>
      <script src="/docs/initializer.js"></script>
    </Document>,
  );

export interface DocsFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly mediaType: string;
}

/** A file of the documentation page, or undefined when there is none of that name. */
export async function docsFile(name: string): Promise<DocsFile | undefined> {
  if (name === 'initializer.js') {
    return { bytes: new TextEncoder().encode(initializer), mediaType: JAVASCRIPT };
  }
  const mediaType = Object.hasOwn(shipped, name) ? shipped[name] : undefined;
  if (mediaType === undefined) return undefined;
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  return { bytes: new Uint8Array(await readFile(join(folder, name))), mediaType };
}
