// The oldest browser runs what is served: our styles, scripts and templates, and those of others as far as vendor.json accounts for them.
// node check.js [FILE…]: these files as ours, else everything in static/. Prints each problem; ends with 1 where there is one.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { ESLint } from 'eslint';
import stylelint from 'stylelint';

import { cssOfOthers, cssOfOurs, scriptsOfOthers, scriptsOfOurs } from './configs.js';
import { problemsOf } from './html-floor.js';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../..');
const served = path.join(root, 'src/jixiao/web/static');

function files(folder) {
  return readdirSync(folder).sort().flatMap((name) => {
    const file = path.join(folder, name);
    return statSync(file).isDirectory() ? files(file) : [file];
  });
}

/** Every problem of a file: where, and what. */
async function problems(file, css, scripts) {
  const code = readFileSync(file, 'utf8');
  if (file.endsWith('.html')) return problemsOf(code);
  if (file.endsWith('.css')) {
    const { results } = await stylelint.lint({ code, codeFilename: file, config: css });
    return results.flatMap((result) => [
      ...result.warnings.filter((one) => one.severity === 'error'),
      ...result.parseErrors,
      ...result.invalidOptionWarnings,
    ]).map((one) => ({ line: one.line ?? 0, text: one.text }));
  }
  const eslint = new ESLint({ cwd: path.parse(file).root, overrideConfigFile: true, overrideConfig: scripts });
  const results = await eslint.lintText(code, { filePath: file });
  return results.flatMap((result) => result.messages).map((one) => ({ line: one.line ?? 0, text: one.message }));
}

const asked = process.argv.slice(2).map((file) => path.resolve(file));
const web = path.join(root, 'src/jixiao/web');
const ours = asked.length ? asked : [...files(path.join(served, 'jixiao')), ...files(web).filter((name) => name.endsWith('.html'))];
let bad = 0;
const tell = (text) => { bad += 1; console.log(text); };

for (const file of ours.filter((name) => /\.(css|js|html)$/.test(name))) {
  for (const { line, text } of await problems(file, cssOfOurs, scriptsOfOurs)) {
    tell(`${path.relative(root, file)}:${line}: ${text}`);
  }
}

if (!asked.length) {
  const accounted = JSON.parse(readFileSync(path.join(here, 'vendor.json'), 'utf8'));
  const met = new Set();
  for (const file of files(path.join(served, 'vendor')).filter((name) => /\.(css|js)$/.test(name))) {
    const name = path.relative(path.join(served, 'vendor'), file).replaceAll('\\', '/');
    for (const { text } of await problems(file, cssOfOthers, scriptsOfOthers)) {
      const finding = `${name}: ${text.replace(/ \(floor: .*/, '')}`;
      if (!(finding in accounted)) tell(`${finding}: override it and say so in tools/front/vendor.json`);
      met.add(finding);
    }
  }
  for (const finding of Object.keys(accounted)) {
    if (!met.has(finding)) tell(`tools/front/vendor.json: no longer found, take it off: ${finding}`);
  }
}
process.exitCode = bad ? 1 : 0;
