export interface Literal {
  /** As written; whatever a template takes in stands as `{}`. */
  readonly text: string;
  readonly line: number;
}

/**
 * The string and template literals of a module that holds texts and little else: it knows comments and nested
 * templates, but neither regular expressions nor JSX.
 */
export function literalsOf(source: string): readonly Literal[] {
  const found: Literal[] = [];
  let at = 0;

  const keep = (start: number, text: string) =>
    found.push({ text, line: source.slice(0, start).split('\n').length });

  const readQuoted = (quote: string) => {
    const start = at;
    let text = '';
    at += 1;
    while (source[at] !== quote) {
      if (at >= source.length) throw new Error(`a literal does not end: ${source.slice(start, start + 40)}`);
      if (quote === '`' && source.startsWith('${', at)) {
        at += 2;
        readCode('}');
        text += '{}';
      } else {
        if (source[at] === '\\') at += 1;
        text += source[at];
      }
      at += 1;
    }
    at += 1;
    keep(start, text);
  };

  /** Up to the brace that ends a part of a template, or to the end of the module. */
  const readCode = (end: string | undefined) => {
    let depth = 0;
    while (at < source.length) {
      const character = source[at] ?? '';
      if (character === end && depth === 0) return;
      if (source.startsWith('//', at)) at = source.indexOf('\n', at);
      else if (source.startsWith('/*', at)) at = source.indexOf('*/', at) + 2;
      else if (/['"`]/.test(character)) readQuoted(character);
      else {
        if (character === '{') depth += 1;
        if (character === '}') depth -= 1;
        at += 1;
      }
    }
  };

  readCode(undefined);
  return found;
}
