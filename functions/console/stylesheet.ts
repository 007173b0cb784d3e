/** Served as a file. Plain enough for browsers of 2021; a narrow screen scrolls the table, never the page. */
export const stylesheet = `:root {
  --ink: #1c2126;
  --muted: #5b6570;
  --line: #d5dbe1;
  --link: #0b57a4;
  --alert: #a61b1b;
}
* { box-sizing: border-box; }
body {
  margin: 0 auto;
  max-width: 72rem;
  padding: 1rem;
  color: var(--ink);
  background: #fff;
  font: 16px/1.6 "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "Source Han Sans SC", sans-serif;
  overflow-wrap: anywhere;
}
header { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; }
header p { flex-basis: 100%; margin: 0; color: var(--muted); }
h1 { margin: 0; font-size: 1.6rem; }
h2 { margin: 1.5rem 0 0.5rem; font-size: 1.2rem; }
a { color: var(--link); }
nav { margin: 0.75rem 0; }
nav a { display: inline-block; margin-right: 1rem; padding: 0.35rem 0; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 0.9rem; }
th, td { padding: 0.4rem 0.6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { white-space: nowrap; background: #f3f5f7; }
tbody th { min-width: 12rem; font-weight: 600; }
small { display: block; color: var(--muted); font-weight: 400; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.overdue, [role="alert"] { color: var(--alert); font-weight: 600; }
code { font: 0.9em ui-monospace, Consolas, monospace; }
:target { background: #fff6d6; }
`;
