// What word processors and web pages leave between the words: soft hyphens, zero-width and direction marks, BOM.
const invisible = /[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
const control = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f]/g;
const blank = /[\s\u0085]+/g;
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
// Composing a run of n combining marks takes n² steps in ICU, so a run is cut where Unicode's stream-safe form cuts it.
const endlessMarks = /(\p{M}{30})\p{M}+/gu;

/** One line of the source as the ledger keeps text: NFC, trimmed, one blank at a time, nothing invisible. */
export function cleanLine(raw: string): string {
  return raw
    .replace(loneSurrogate, '\ufffd')
    .replace(invisible, '')
    .replace(control, '')
    .replace(endlessMarks, '$1')
    .normalize('NFC')
    .replace(blank, ' ')
    .trim();
}

const fullWidth = /[！-～]/g;
const lookalike = /[｡﹑､﹐﹒﹕﹔﹖﹙﹚〔〕［］﹝﹞]/g;
const lookalikes = new Map(
  Object.entries({
    '｡': '。',
    '﹑': '、',
    '､': '、',
    '﹐': ',',
    '﹒': '.',
    '﹕': ':',
    '﹔': ';',
    '﹖': '?',
    '﹙': '(',
    '﹚': ')',
    '〔': '[',
    '〕': ']',
    '［': '[',
    '］': ']',
    '﹝': '[',
    '﹞': ']',
  }),
);

/** The same text with half-width letters, digits and punctuation. As long as the original: offsets fit both. */
export function fold(text: string): string {
  return text
    .replace(lookalike, (character) => lookalikes.get(character) ?? character)
    .replace(fullWidth, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0));
}

const sentenceEnd = /[。!?;:…！？；：][”"’'」』)）\]】]*$/;

/** Whether a line ends as a sentence, a clause before a list, or a label does. */
export function endsSentence(line: string): boolean {
  return sentenceEnd.test(line.slice(-8));
}

/** Without the punctuation and blanks at its end. A loop: `[,.]+$` tries anew at every comma of a long run. */
export function withoutEndMarks(folded: string): string {
  let end = folded.length;
  while (end > 0 && '。:;,!? '.includes(folded.charAt(end - 1))) end -= 1;
  return folded.slice(0, end);
}
