import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** What pages bring along, as files of their own: the policy of their content allows nothing inline. */
const FILES = {
  'taizhang.css': {
    mediaType: 'text/css; charset=utf-8',
    parts: [
      'taizhang.css',
      'register.css',
      'item.css',
      'compare.css',
      'supervision.css',
      'deadlines.css',
      'import.css',
      'facts.css',
      'flags.css',
      'hindsight.css',
      'figures.css',
      'look-back.css',
    ],
  },
  'taizhang.js': { mediaType: 'text/javascript; charset=utf-8', parts: ['taizhang.js'] },
} as const;
type AssetName = keyof typeof FILES;

export interface Asset {
  readonly text: string;
  readonly mediaType: string;
  /** Changes with the content. */
  readonly version: string;
}

function read(name: AssetName): Asset {
  const { mediaType, parts } = FILES[name];
  const text = parts
    .map((part) => readFileSync(new URL(`./browser/${part}`, import.meta.url), 'utf8'))
    .join('\n');
  const version = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return { text, mediaType, version };
}

const assets: { readonly [N in AssetName]: Asset } = {
  'taizhang.css': read('taizhang.css'),
  'taizhang.js': read('taizhang.js'),
};

/** Undefined when there is none of that name. */
export const assetOf = (name: string): Asset | undefined =>
  Object.hasOwn(assets, name) ? assets[name as AssetName] : undefined;

/** Its address holds its version, so that a browser may keep it for good. */
export const assetPath = (name: AssetName): string => `/assets/${name}?v=${assets[name].version}`;
