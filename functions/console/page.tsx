import type { Child } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { assetPath } from './assets.ts';
import { figuresWords } from './texts/figures.ts';
import { flagWords } from './texts/flags.ts';
import { frame } from './texts/frame.ts';
import { LANGUAGE_TAGS, type Language } from './texts/language.ts';
import { words } from './texts/words.ts';
import { pathOf, type Visit } from './visit.ts';

/** The head of every page. All text is escaped by the renderer; nothing is inline and nothing comes from elsewhere. */
export const Document = ({
  language,
  title,
  bodyClass,
  children,
}: {
  readonly language: Language;
  readonly title: string;
  readonly bodyClass?: string | undefined;
  readonly children?: Child;
}) => (
  <html lang={LANGUAGE_TAGS[language]}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="renderer" content="webkit" />
      <title>{title}</title>
      <link rel="icon" href="data:," />
      <link rel="stylesheet" href={assetPath('taizhang.css')} />
      <script src={assetPath('taizhang.js')} defer></script>
    </head>
    <body class={bodyClass}>{children}</body>
  </html>
);

/** A step of the way to a page; the last one is the page itself and leads nowhere. */
export interface Crumb {
  readonly text: string;
  readonly href?: string;
}

interface PageProps {
  readonly visit: Visit;
  /** Of the window; the name of the software follows it. */
  readonly title: string;
  readonly crumbs?: readonly Crumb[];
  /** Wide pages use the whole screen: tables. */
  readonly wide?: boolean;
  /** On paper it lies on its side: dense tables. */
  readonly landscape?: boolean;
  readonly children?: Child;
}

/** The same address in the other language; what a form was sent to can be looked at as well. */
function otherLanguage({ c, language }: Visit): string {
  const address = new URL(c.req.url);
  address.searchParams.set('lang', language === 'zh' ? 'en' : 'zh');
  return address.pathname + address.search;
}

const Account = ({ visit }: { readonly visit: Visit }) => {
  const t = frame[visit.language];
  const { who } = visit;
  if (!who) return <a href={`/sign-in?to=${encodeURIComponent(pathOf(visit))}`}>{t.signIn}</a>;
  return (
    <form method="post" action="/sign-out" class="account">
      <FormToken visit={visit} />
      <span>
        {t.signedInAs(
          who.actorName ?? who.sub,
          who.officeName ?? who.office,
          words[visit.language].role[who.role],
        )}
      </span>
      <button type="submit" class="link">
        {t.signOut}
      </button>
    </form>
  );
};

/** Proves that a form was made here for this person. */
export const FormToken = ({ visit }: { readonly visit: Visit }) =>
  visit.who ? <input type="hidden" name="form-token" value={visit.sessions.formToken(visit.who)} /> : null;

/** The frame of every page of the console. */
export const Page = ({ visit, title, crumbs = [], wide = false, landscape = false, children }: PageProps) => {
  const t = frame[visit.language];
  const { who } = visit;
  return (
    <Document
      language={visit.language}
      title={`${title} · ${t.name}`}
      bodyClass={[...(wide ? ['wide'] : []), ...(landscape ? ['landscape'] : [])].join(' ') || undefined}
    >
      <a class="skip" href="#main">
        {t.skip}
      </a>
      <header class="top">
        <a class="brand" href="/">
          {t.name}
        </a>
        <nav aria-label={t.navigation}>
          {who ? <a href="/">{t.cases}</a> : null}
          {who ? <a href="/supervision">{t.supervision}</a> : null}
          {who && who.role !== 'office' ? <a href="/flags">{flagWords[visit.language].title}</a> : null}
          {who ? <a href="/figures">{figuresWords[visit.language].title}</a> : null}
          {who?.role === 'committee' ? <a href="/import">{t.import}</a> : null}
          <a href="/docs">{t.documentation}</a>
          <a href="/problems">{t.problems}</a>
        </nav>
        <div class="aside">
          <Account visit={visit} />
          <a href={otherLanguage(visit)} lang={visit.language === 'zh' ? 'en' : 'zh-CN'}>
            {t.otherLanguage}
          </a>
        </div>
      </header>
      {crumbs.length > 0 ? (
        <nav class="crumbs" aria-label={t.breadcrumbs}>
          <ol>
            {crumbs.map(({ text, href }) => (
              <li>
                {href === undefined ? <span aria-current="page">{text}</span> : <a href={href}>{text}</a>}
              </li>
            ))}
          </ol>
        </nav>
      ) : null}
      <main id="main" tabindex={-1}>
        {children}
      </main>
    </Document>
  );
};

/** A page as an answer. What a person sees is theirs alone: no cache keeps it. */
export function answer(
  { c }: Pick<Visit, 'c'>,
  page: { toString(): string | Promise<string> },
  status: ContentfulStatusCode = 200,
): Response {
  c.header('Cache-Control', 'no-store');
  c.header('Vary', 'Cookie', { append: true });
  return c.html(rendered(page), status);
}

/** A page as text. */
export const rendered = (page: { toString(): string | Promise<string> }): string =>
  `<!DOCTYPE html>${page.toString()}`;
