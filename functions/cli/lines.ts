/** Of one line, in bytes: twice what an entry of 32 KiB takes when every byte of it is escaped. */
export const LONGEST_LINE = 1024 * 1024;

/** Cuts bytes into lines, however they come in pieces. */
export interface LineCutter {
  /** The lines that end within the next piece, without their ends. */
  cut(piece: Buffer): readonly Buffer[];
  /** What has come since the last line end. */
  readonly rest: Buffer;
}

export function lineCutter(): LineCutter {
  let rest: Buffer = Buffer.alloc(0);
  return {
    cut(piece) {
      const lines: Buffer[] = [];
      let from = 0;
      for (let feed = piece.indexOf(0x0a); feed >= 0; feed = piece.indexOf(0x0a, from)) {
        const end = piece.subarray(from, feed);
        lines.push(rest.length > 0 ? Buffer.concat([rest, end]) : end);
        rest = Buffer.alloc(0);
        from = feed + 1;
      }
      const begun = piece.subarray(from);
      rest = rest.length > 0 ? Buffer.concat([rest, begun]) : begun;
      return lines;
    },
    get rest() {
      return rest;
    },
  };
}
