// All that reads and writes notices: large, and asked for seldom.
export { importNotice } from './import-notice.ts';
export { readNotice } from './read-notice.ts';
