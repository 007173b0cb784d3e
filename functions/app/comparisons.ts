// What compares beyond one case's two dates: asked for seldom, so that no other reader loads it.
export { diffAcross } from './diff-across.ts';
export { readHindsight } from './read-hindsight.ts';
