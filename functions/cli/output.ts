import { styleText } from 'node:util';
import type { Output } from './context.ts';
import { isCode } from './problems.ts';

/** Whoever read our output has closed it (`… | head`): the rest is not wanted, and that is no failure. */
export class PipeClosed extends Error {
  override readonly name = 'PipeClosed';
}

export function outputTo(stream: NodeJS.WriteStream): Output {
  let closed = false;
  // The write that failed reports it; without a listener the event would end the process.
  stream.on('error', () => {
    closed = true;
  });
  return {
    write: (text) =>
      new Promise((done, fail) => {
        if (closed) return fail(new PipeClosed());
        stream.write(text, (error) => {
          if (!error) done();
          else fail(isCode(error, 'EPIPE', 'ERR_STREAM_DESTROYED') ? new PipeClosed() : error);
        });
      }),
    isTTY: stream.isTTY === true,
    get columns() {
      return stream.isTTY ? stream.columns : undefined;
    },
  };
}

/** The same, for remarks: nobody listening is no reason to stop. */
export function remarksTo(stream: NodeJS.WriteStream): Output {
  const output = outputTo(stream);
  return {
    isTTY: output.isTTY,
    get columns() {
      return output.columns;
    },
    write: (text) =>
      output.write(text).catch((error: unknown) => {
        if (!(error instanceof PipeClosed)) throw error;
      }),
  };
}

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow';

export const styled = (output: Output, style: Style, text: string): string =>
  output.isTTY ? styleText(style, text) : text;

/**
 * Words of a user on a terminal: no escape sequence, no line break, no character that turns the direction of
 * writing (which could show another text than is there).
 */
export function inert(text: string): string {
  return text
    .replace(/\s*\n\s*/g, ' ')
    .replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}
