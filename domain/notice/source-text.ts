import type { Marker } from './markers.ts';

export interface SourceLine {
  /** Counted from 1. */
  number: number;
  text: string;
  folded: string;
  /** A blank line or other page chrome than a page number stands before it. */
  parted: boolean;
  /** A row of cells, told by tabs or bars. */
  table: boolean;
  /** The page was too narrow: the paragraph goes on in the next line. */
  wrapped: boolean;
}

/** Words that stand together, with where each source line begins in them. */
export interface Paragraph {
  marker?: Marker;
  /** Without the marker. */
  text: string;
  folded: string;
  table: boolean;
  pieces: Array<{ line: number; at: number }>;
}
