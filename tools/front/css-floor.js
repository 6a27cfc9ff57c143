// A rule for stylelint: every property, keyword, function, selector and at-rule of a style sheet is in the oldest browser.
import stylelint from 'stylelint';
import selectorParser from 'postcss-selector-parser';
import valueParser from 'postcss-value-parser';

import { data, FLOOR, named, since, tooNew } from './floor.js';

const NAME = 'jixiao/css-floor';
const { properties, selectors, types, 'at-rules': atRules } = data.css;
const PREFIX = /^-(webkit|moz|ms|o)-/;

/** Functions by name: the data files them under the type they yield. */
const functions = new Map();
(function collect(folder) {
  for (const [name, feature] of Object.entries(folder)) {
    if (name === '__compat') continue;
    if (feature.__compat && !functions.has(name)) functions.set(name, feature);
    if (typeof feature === 'object') collect(feature);
  }
})(types);

/** Properties by the other names that browsers know them by. */
const aliases = new Map(Object.values(properties).flatMap((feature) => [feature.__compat?.support.chrome].flat()
  .filter((one) => one?.alternative_name && !one.flags && parseInt(one.version_added, 10) <= FLOOR)
  .map((one) => [one.alternative_name, feature])));

function* ofDeclaration({ prop, value, parent }) {
  const name = prop.toLowerCase();
  if (name.startsWith('--')) return;
  const descriptor = parent.type === 'atrule' && atRules[parent.name]?.[name]; // as size in @page, src in @font-face
  if (descriptor) {
    if (tooNew(descriptor)) yield `@${parent.name} ${name}: ${named(since(descriptor.__compat))}`;
    return;
  }
  const prefix = PREFIX.exec(name)?.[0];
  if (prefix && prefix !== '-webkit-') return; // of other browsers: passed over
  const plain = prefix ? name.slice(prefix.length) : name;
  const feature = properties[name] ?? properties[plain] ?? aliases.get(name);
  if (!feature) {
    yield `property ${name}: unknown`;
    return;
  }
  // With a prefix it only repeats what the plain name says, unless the prefix is all that the browser knows.
  if (name in properties || !prefix ? tooNew(feature) && !aliases.has(name) : tooNew(feature) && tooNew(feature, prefix)) {
    yield `property ${name}: ${named(since(feature.__compat))}`;
  }
  const parsed = valueParser(value);
  const found = [];
  parsed.walk((node) => {
    if (node.type === 'word' && tooNew(feature[node.value.toLowerCase()])) {
      found.push(`value ${name}: ${node.value}: ${named(since(feature[node.value.toLowerCase()].__compat))}`);
    }
    if (node.type === 'function') {
      if (node.value === 'url') return false;
      if (name === 'clip') return undefined; // its rect() is older than the shape of that name
      const known = functions.get(node.value.toLowerCase());
      if (tooNew(known)) found.push(`function ${node.value}(): ${named(since(known.__compat))}`);
    }
    return undefined;
  });
  yield* found;
}

/** What of a selector is too new, or lost. */
export function ofSelector(text) {
  const found = [];
  selectorParser((root) => root.walk((node) => {
    if (node.type === 'nesting') found.push('selector &: nesting, Chrome 112');
    if (node.type !== 'pseudo') return;
    const name = node.value.replace(/^::?/, '').toLowerCase();
    if (/^-(moz|ms|o)-/.test(name)) {
      if (root.nodes.length > 1) found.push(`selector ${node.value}: of another browser, the others in its list are lost`);
      return;
    }
    const feature = selectors[name];
    if (!feature) {
      if (!name.startsWith('-webkit-')) found.push(`selector ${node.value}: unknown, the whole rule is lost`);
      return;
    }
    if (tooNew(feature)) found.push(`selector ${node.value}: ${named(since(feature.__compat))}`);
    if (name === 'not' && node.nodes.length > 1) found.push('selector :not() with a list: Chrome 88');
    if (name.startsWith('nth-') && / of /.test(String(node))) found.push(`selector ${node.value}(… of …): Chrome 111`);
  })).processSync(text);
  return found;
}

function* ofAtRule({ name, params }) {
  const feature = atRules[name.toLowerCase()];
  if (!feature && !PREFIX.test(name)) yield `@${name}: unknown`;
  if (tooNew(feature)) yield `@${name}: ${named(since(feature.__compat))}`;
  if (name !== 'media') return;
  if (/[<>]/.test(params)) yield '@media with < or >: Chrome 104';
  for (const [, word] of params.matchAll(/\(\s*([a-z-]+)/g)) {
    const asked = atRules.media[word.replace(/^(min|max)-/, '')];
    if (tooNew(asked)) yield `@media (${word}): ${named(since(asked.__compat))}`;
  }
}

function rule(enabled) {
  return (root, result) => {
    if (!stylelint.utils.validateOptions(result, NAME, { actual: enabled, possible: [true] })) return;
    const report = (node, problems) => {
      for (const message of new Set(problems)) {
        stylelint.utils.report({ ruleName: NAME, result, node, message: `${message} (floor: Chrome ${FLOOR})` });
      }
    };
    root.walkDecls((node) => report(node, ofDeclaration(node)));
    root.walkAtRules((node) => report(node, ofAtRule(node)));
    root.walkRules((node) => {
      if (node.parent.type === 'atrule' && /keyframes$/.test(node.parent.name)) return;
      report(node, ofSelector(node.selector));
      if (node.parent.type === 'rule') report(node, ['a rule within a rule: nesting, Chrome 112']);
    });
  };
}
rule.ruleName = NAME;
rule.messages = {};
rule.meta = { url: 'docs/decisions' };

export default stylelint.createPlugin(NAME, rule);
