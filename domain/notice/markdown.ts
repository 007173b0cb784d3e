/** A line without the marks of Markdown before its words: `## `, `> `, `- ` and `**…**` at its beginning. */
export function withoutMarkdown(line: string): string {
  const words = line
    .replace(/^\s{0,8}(?:#{1,6}\s+|>\s+)*/, '')
    .replace(/^[-*+•·●■◆▪◼➢]\s+(?=\S)/, '')
    .replace(/^(\d{1,3})\\(?=[.)])/, '$1');
  // Bold words at the beginning, behind a marker too; 张** elsewhere hides a name.
  return words.replace(/^([^*]{0,8})\*\*([^*]{1,400})\*\*/, '$1$2');
}
