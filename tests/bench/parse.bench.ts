import { parseNotice } from '../../domain/notice/parse.ts';
import { figure, heading } from './figures.ts';
import { noticeText } from './notice-file.ts';

const BYTES = 10_000_000;
const LINES = 1_000_000;

const SHAPES: { readonly [name: string]: (line: number) => string } = {
  'short paragraphs': () => '已整改。',
  'numbered paragraphs': (line) => `${line % 97}.整改`,
  'headings of items': (line) => `（${'一二三四五六七八九十'.charAt(line % 10)}）关`,
  'blank lines between marks': (line) => (line % 2 === 0 ? '' : '一是已整改到位了。'),
};

/** (e) A text of a million lines that looks like a notice is refused or parsed; nothing in it is quadratic. */
export async function parsing(): Promise<void> {
  heading('A notice-like text of 10 MB and a million lines');
  const { text } = await noticeText();
  const head = text.split('\n').slice(0, 12).join('\n');
  for (const [name, line] of Object.entries(SHAPES)) {
    const lines = Array.from({ length: LINES }, (_, index) => line(index));
    time(name, `${head}\n${lines.join('\n')}`);
  }
  time('the notice again and again', `${text}\n`.repeat(Math.ceil(BYTES / Buffer.byteLength(text))));
}

function time(name: string, text: string): void {
  const split = performance.now();
  const lines = text.split('\n').map((line) => line.trim()).length;
  const floor = performance.now() - split;
  const began = performance.now();
  const { kind } = parseNotice(text);
  const seconds = (performance.now() - began) / 1_000;
  const size = `${(Buffer.byteLength(text) / 1e6).toFixed(0)} MB, ${lines} lines: ${kind}`;
  figure(
    name,
    seconds,
    's',
    { atMost: 5 },
    `${size}; ${((seconds * 1_000) / floor).toFixed(0)} times splitting it`,
  );
}
