// What the oldest browser we promise knows, by MDN's browser-compat-data. Nothing here names a file of ours.
import { createRequire } from 'node:module';

export const FLOOR = 86; // Chrome; 360, 搜狗 and 奇安信 on Windows 7 are built on it
export const BROWSERS = [`chrome ${FLOOR}`];
export const data = createRequire(import.meta.url)('@mdn/browser-compat-data');

/** First Chrome that has it without a prefix or a flag, and still at the floor; Infinity where none, undefined where nothing is said. */
export function since(compat, prefix = '') {
  const told = compat?.support?.chrome;
  if (!told) return undefined;
  const version = (text) => (typeof text === 'string' ? parseInt(text.replace('≤', ''), 10) : NaN);
  const versions = [told].flat()
    .filter((one) => !one.flags && (one.prefix ?? '') === prefix && !one.alternative_name)
    .filter((one) => !one.version_removed || version(one.version_removed) > FLOOR)
    .map((one) => version(one.version_added));
  return Math.min(Infinity, ...versions.filter((number) => number > 0));
}

/** Whether a feature of the data is too new; false where the data says nothing. */
export function tooNew(feature, prefix) {
  const version = since(feature?.__compat, prefix);
  return version !== undefined && version > FLOOR;
}

export const named = (version) => (version === Infinity ? 'no Chrome has it' : `Chrome ${version}`);
