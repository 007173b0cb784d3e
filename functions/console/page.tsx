import type { Child } from 'hono/jsx';

const STYLESHEET_PATH = '/assets/taizhang.css';

/** The frame of every page. All text is escaped by the renderer; nothing is inline and nothing comes from elsewhere. */
export const Page = ({
  language,
  title,
  children,
}: {
  readonly language: string;
  readonly title: string;
  readonly children?: Child;
}) => (
  <html lang={language}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="renderer" content="webkit" />
      <title>{title}</title>
      <link rel="icon" href="data:," />
      <link rel="stylesheet" href={STYLESHEET_PATH} />
    </head>
    <body>{children}</body>
  </html>
);

/** A page as the text of an answer. */
export const rendered = (page: { toString(): string | Promise<string> }): string =>
  `<!DOCTYPE html>${page.toString()}`;
