import { sha256Hex } from '../../../domain/hashing.ts';
import { measureId } from '../../../domain/ids.ts';
import type { Sub } from './people.ts';

/** One line of the script. */
export interface Step {
  /** The day on which it is recorded, YYYY-MM-DD in +08:00; the load gives each step of a day its minute. */
  readonly on: string;
  readonly who: Sub;
  /** Number of the item, from 1; 0 is the case itself. */
  readonly item: number;
  /** A type of entry, or `import`: the notice. */
  readonly type: string;
  /** The fields. `#name` stands for the seq of the step so named, `#version` for the stream's own. */
  readonly data: { readonly [name: string]: unknown };
  readonly occurredOn?: string | undefined;
  readonly name?: string | undefined;
}

export const CASE = 0;

export function step(
  on: string,
  who: Sub,
  item: number,
  type: string,
  data: Step['data'],
  occurredOn?: string,
  name?: string,
): Step {
  return { on, who, item, type, data, occurredOn, name };
}

/** The nth measure of an imported item: its first entry raised the issue, so that measure n is entry n + 1. */
const imported = (nth: number): string => measureId(nth + 1);

export const assigned = (
  on: string,
  item: number,
  lead: string,
  supporting: readonly string[],
  term: string,
  deadline?: string,
): Step => step(on, 'chen', item, 'OfficeAssigned', { lead, supporting, term, deadline }, '2024-07-17');

export const told = (
  on: string,
  who: Sub,
  item: number,
  nth: number | undefined,
  text: string,
  occurredOn?: string,
  name?: string,
): Step => {
  const measureId = nth === undefined ? undefined : imported(nth);
  return step(on, who, item, 'ProgressReported', { text, measureId }, occurredOn, name);
};

export const done = (
  on: string,
  who: Sub,
  item: number,
  nth: number,
  summary: string,
  occurredOn?: string,
  name?: string,
): Step => step(on, who, item, 'MeasureCompleted', { measureId: imported(nth), summary }, occurredOn, name);

const MEDIA_TYPES: { readonly [extension: string]: string } = {
  pdf: 'application/pdf',
  jpg: 'image/jpeg',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** Evidence that names measures. The file is invented: its bytes are the words that are hashed here. */
export function proved(
  on: string,
  who: Sub,
  item: number,
  measures: readonly (number | string)[],
  name: string,
  documentDate?: string,
  label?: string,
): Step {
  const bytes = `Taizhang example, item ${item}: ${name}`;
  const data = {
    name,
    mediaType: MEDIA_TYPES[name.slice(name.lastIndexOf('.') + 1)],
    bytes: Buffer.byteLength(bytes),
    sha256: sha256Hex(bytes),
    measureIds: measures.map((one) => (typeof one === 'number' ? imported(one) : one)),
    documentDate,
  };
  return step(on, who, item, 'EvidenceAttached', data, undefined, label);
}

export const asked = (on: string, who: Sub, item: number, statement: string): Step =>
  step(on, who, item, 'ClosureRequested', { statement });

export const closed = (on: string, who: Sub, item: number, opinion: string): Step =>
  step(on, who, item, 'ItemClosed', { opinion, reviewedSeq: '#version' });
